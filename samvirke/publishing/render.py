"""From a page to its bytes. Nothing here looks at the clock, the database or chance."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import cast

from django.utils import translation

from samvirke.kit.page import Page
from samvirke.publishing import weaving
from samvirke.publishing.search import SearchEntry, build_index, dump


def digest(body: bytes) -> str:
    """Return a short fingerprint of some bytes."""
    return blake2b(body, digest_size=12).hexdigest()


def body_of(page: Page) -> bytes:
    """Return the bytes of a page: ready-made, the search index, or its template in its language."""
    if page.body is not None:
        return page.body
    if page.template is not None:
        return _rendered(page.template, page.language, page.data)
    if "search_entries" in page.data:
        return dump(build_index(cast(Sequence[SearchEntry], page.data["search_entries"]), page.language))
    raise ValueError(f"{page.path}: har verken body, template eller søkeoppføringer")


def _rendered(template: str, language: str, data: Mapping[str, object]) -> bytes:
    with translation.override(language):
        return weaving.render(template, language, data).encode()


def is_lazy(page: Page) -> bool:
    """Say whether a page is a document that is made apart: data {"lazy": "module:function", "arguments": […]}."""
    return "lazy" in page.data


def lazy_digest(page: Page) -> str:
    """Return the fingerprint of a document not yet made: who makes it, of what, and the maker's own files."""
    name = str(page.data["lazy"])
    told = f"{name}|{page.language}|{_maker(name)}|{page.data.get('arguments', ())!r}"
    return digest(told.encode())


def lazy_body(page: Page) -> bytes:
    """Make the document. The function gets `arguments` one by one, in the page's language, and returns bytes."""
    module, _, function = str(page.data["lazy"]).partition(":")
    make = cast(Callable[..., bytes], getattr(import_module(module), function))
    with translation.override(page.language):
        return make(*cast(Sequence[object], page.data.get("arguments", ())))


@lru_cache
def _maker(name: str) -> str:
    """Return a fingerprint of the files beside the function's module: a new drawing gives new documents."""
    place = Path(str(import_module(name.partition(":")[0]).__file__)).parent
    files = sorted(path for path in place.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".po"})
    return digest(b"".join(path.read_bytes() for path in files if "tests" not in path.parts))

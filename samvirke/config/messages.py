"""Texts in several languages: extracts msgids from templates and code, compiles the catalogues (Babel, no GNU tools).

Each room has its own locale/<nn|en>/LC_MESSAGES/django.po; the msgids are the bokmål texts.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template as django_template

LANGUAGES = ("nn", "en")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
Found = tuple[str | tuple[str, ...], str | None, str]  # msgid(s), context, where


def rooms(package: Path) -> list[Path]:
    """Return the rooms that may hold texts."""
    return sorted(path for path in package.iterdir() if (path / "__init__.py").exists())


def texts(room: Path) -> Iterator[Found]:
    """Yield every text of a room that a person sees, from its Python and its templates."""
    for path in sorted([*room.rglob("*.py"), *(room / "templates").rglob("*.*")]):
        if {"tests", "migrations"} & set(path.parts):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = django_template.templatize(source, origin=str(path))
        for line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            yield message, context, f"{path.relative_to(room.parent)}:{line}"


def update(room: Path, language: str) -> Catalog:
    """Return the room's catalogue with today's msgids: new ones empty, gone ones dropped."""
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    template = Catalog(locale=language)
    for message, context, _where in texts(room):
        template.add(message, context=context)
    old = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as handle:
            old = read_po(handle, locale=language)
    old.update(template, no_fuzzy_matching=True)
    old.obsolete.clear()
    if len(old):
        path.parent.mkdir(parents=True, exist_ok=True)
        out = BytesIO()
        write_po(out, old, width=110, sort_output=True, omit_header=False)
        kept = [
            line for line in out.getvalue().decode().splitlines() if not line.startswith('"POT-Creation-Date')
        ]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return old


def missing(catalogue: Catalog) -> list[str]:
    """Return the msgids without a translation."""
    return [str(message.id) for message in catalogue if message.id and not all(_strings(message.string))]


def _strings(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def compile_all(package: Path) -> int:
    """Write every django.mo beside its django.po when it is older; return how many were written."""
    written = 0
    for path in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, target.open("wb") as out:
            write_mo(out, read_po(source))
        written += 1
    return written

"""The poster: an accessible PDF, the same bytes for the same words."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from samvirke.catalogue.finnhjelp import build, poster
from samvirke.catalogue.tests import sites
from samvirke.catalogue.tests.test_pages import MONDAY


def posters(site):
    return {page.path: page for page in build.pages(site, MONDAY) if "lazy" in page.data}


def drawn(page):
    return poster.draw(*page.data["arguments"])


def test_a_poster_for_each_language():
    assert sorted(posters(sites.JOINED)) == ["en/plakat.pdf", "nn/plakat.pdf", "plakat.pdf"]


def test_it_is_tagged_and_says_what_it_is():
    body = drawn(posters(sites.JOINED)["plakat.pdf"])
    assert body.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in body
    assert re.search(rb"/Lang ?\(nb\)", body)
    assert b"pdfuaid" in body
    assert b"/CreationDate" not in body


def test_the_same_words_give_the_same_bytes():
    page = posters(sites.OSLO)["nn/plakat.pdf"]
    assert drawn(page) == drawn(page)
    assert page.data == posters(sites.OSLO)["nn/plakat.pdf"].data


def test_the_code_leads_to_the_page():
    assert "<svg" in poster.code("https://finnhjelp.example.no/oslo/")
    (page,) = [p for path, p in posters(sites.OSLO).items() if path == "plakat.pdf"]
    assert page.data["arguments"][-1] == "https://finnhjelp.example.no/oslo/"


LANGUAGES = {"plakat.pdf": "nb", "nn/plakat.pdf": "nn", "en/plakat.pdf": "en"}


def read(path):
    return PdfReader(io.BytesIO(drawn(posters(sites.JOINED)[path])))


def elements(node: Any) -> Iterator[Any]:
    """Yield the elements of the structure tree below a node, in the order they are read."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from elements(found)


@pytest.mark.parametrize("path", LANGUAGES)
def test_a_screen_reader_is_told_language_title_and_structure(path):
    reader = read(path)
    root = reader.trailer["/Root"]
    page = posters(sites.JOINED)[path]
    assert root["/Lang"] == LANGUAGES[path]
    assert reader.metadata.title == page.data["arguments"][1][0]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert re.search(rb'pdfuaid:part(>|=")1', root["/Metadata"].get_data())
    assert len(reader.pages) == 1
    assert reader.pages[0]["/Tabs"] == "/S"
    kinds = [element["/S"] for element in elements(root["/StructTreeRoot"])]
    assert [kind for kind in kinds if re.fullmatch(r"/H\d", kind)] == ["/H1", "/H2"]
    assert kinds.count("/Figure") == kinds.count("/Link") == 1


def test_the_code_has_words_and_the_link_says_where_it_leads():
    reader = read("plakat.pdf")
    tree = {element["/S"]: element for element in elements(reader.trailer["/Root"]["/StructTreeRoot"])}
    assert tree["/Figure"]["/Alt"] == "QR-kode til nettsiden"
    (link,) = reader.pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == "https://finnhjelp.example.no/eksempel/"
    assert link.get_object()["/Contents"]


@pytest.mark.parametrize("path", LANGUAGES)
def test_all_that_is_written_is_tagged_or_decoration_and_can_be_copied(path):
    reader = read(path)
    page = reader.pages[0]
    inside, shown = [], 0
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            inside.append(operands[0])
        elif operator == b"EMC":
            inside.pop()
        elif operator in (b"Tj", b"TJ", b"'", b'"'):
            assert inside, "text outside the structure"
            shown += 1
    assert shown > 10
    assert not inside
    for font in page["/Resources"]["/Font"].values():
        assert "/ToUnicode" in font.get_object()
        (below,) = font.get_object()["/DescendantFonts"]
        described = below.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described), "a font is not embedded"
    text = " ".join(page.extract_text().split())
    numbers = [row[0] for row in posters(sites.JOINED)[path].data["arguments"][2]]
    places = [text.index(number) for number in numbers]
    assert places == sorted(places), "the numbers are read in another order than they stand"

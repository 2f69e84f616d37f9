"""The poster: an accessible PDF, the same bytes for the same words."""

import re

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

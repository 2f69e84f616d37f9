"""Finding a municipality: the cases every implementation must agree on, on the published index."""

import json
from pathlib import Path

import pytest

from samvirke.reference.places import PlaceIndex, find_place, fold, sure_place
from samvirke.reference.queries import place_index, places_index

CASES = json.loads((Path(__file__).parent / "place_cases.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> PlaceIndex:
    return PlaceIndex.from_published(json.loads(json.dumps(places_index())))


def test_all_cases_are_answered_from_the_published_index(published: PlaceIndex) -> None:
    for case in CASES:
        hits = find_place(published, case["text"])
        slugs = [hit.slug for hit in hits]
        assert slugs[: len(case["slugs"])] == case["slugs"], case
        assert case["slugs"] or not slugs, case
        sure = sure_place(hits)
        assert (sure.slug if sure else None) == case["sure"], case


def test_the_published_index_says_the_same_as_the_tables(published: PlaceIndex) -> None:
    assert published == place_index()
    assert len(published.postal) == 5122


def test_every_postal_code_and_every_name_is_found(published: PlaceIndex) -> None:
    for code in published.postal:
        assert len(find_place(published, code)) == 1
    for municipality in published.municipalities:
        for name in (municipality.name, *municipality.more_names):
            assert municipality.slug in [hit.slug for hit in find_place(published, name) if hit.exact], name


def test_every_municipality_has_a_postal_code(published: PlaceIndex) -> None:
    with_codes = {position for _name, position in published.postal.values()}
    assert with_codes == {-1, *range(len(published.municipalities))}


def test_the_index_is_small(published: PlaceIndex) -> None:
    assert len(json.dumps(published.published(), ensure_ascii=False, separators=(",", ":")).encode()) < 80_000


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        PlaceIndex.from_published({"format": 2})


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ålesund", "alesund"),
        ("aalesund", "alesund"),
        ("Gáivuotna", "gaivuotna"),
        ("Nord-Aurdal", "nord aurdal"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded

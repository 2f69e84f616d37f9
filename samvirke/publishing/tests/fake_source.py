"""A small page source for the tests: facts in a dictionary, changed by the test as an editor would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samvirke.kit.page import Page
from samvirke.publishing.search import SearchEntry

FACTS: dict[str, str] = {}
LOADED: list[tuple[str, ...]] = []
DRAWN: list[str] = []


@dataclass(frozen=True)
class FakeSite:
    key: str
    slug: str
    phone: str


def reset() -> None:
    """Three municipalities and the national pages."""
    FACTS.clear()
    FACTS.update({"national": "116117", "0301": "+4700000001", "4601": "+4700000002", "5001": "+4700000003"})
    LOADED.clear()
    DRAWN.clear()


SLUGS = {"national": "_national", "0301": "oslo", "4601": "bergen", "5001": "trondheim", "9999": "eksempel"}


def load(codes: Sequence[str] | None = None) -> list[FakeSite]:
    LOADED.append(tuple(codes or ()))
    return [FakeSite(key, SLUGS[key], phone) for key, phone in FACTS.items() if codes is None or key in codes]


def entries(site: FakeSite) -> list[SearchEntry]:
    """The lines that must always be found, and a crisis team."""
    lines = {"113": "113", "112": "112", "110": "110", "116117": "116 117", "mental-helse-116123": "116 123"}
    found = [
        SearchEntry(key, f"Ring {shown}", "/", "emergency", key, phone=shown) for key, shown in lines.items()
    ]
    team = SearchEntry(
        "k1", "Kriseteamet", f"/{site.slug}/", "service", "kriseteam", "kriseteam", phone=site.phone
    )
    return [*found, team]


def pages(site: FakeSite, moment: datetime) -> Iterator[Page]:
    text = f"<!doctype html><html lang=nb><title>{site.slug}</title><p>Ring {site.phone} " + "hjelp " * 200
    yield Page("index.html", "nb", "publishing/fake.html", {"site": site, "day": moment.date()}, indexed=True)
    yield Page("en/index.html", "en", body=f"<p>Call {site.phone}".encode(), indexed=site.key == "national")
    yield Page("om-siden/index.html", "nb", body=(text.replace(site.phone, "") + "om siden").encode())
    if site.key == "national":
        yield Page("404.html", "nb", body=b"<p>Siden finnes ikke. Ring 113.")
        yield Page("steder.json", "nb", body=b'{"steder":[]}')
        return
    yield Page("innebygd.html", "nb", body=b"<div>Ring 113</div>")
    yield Page("sok.json", "nb", data={"search_entries": entries(site)})
    yield Page("plakat.pdf", "nb", data={"lazy": f"{__name__}:poster", "arguments": [site.phone]})


def poster(phone: str) -> bytes:
    DRAWN.append(phone)
    return b"%PDF-1.7 " + phone.encode()


def next_edge(site: FakeSite, moment: datetime) -> datetime | None:  # noqa: ARG001
    """Midnight, and 15.00 every day."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return min(edge for edge in (day + timedelta(hours=15), day + timedelta(days=1)) if edge > moment)


reset()

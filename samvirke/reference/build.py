"""From data files to unsaved rows: every field checked, every reference between files checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samvirke.reference import rules
from samvirke.reference.files import LANGUAGES, Row, actor_texts, rows
from samvirke.reference.models import (
    Actor,
    County,
    District,
    Governor,
    HealthRegion,
    HealthTrust,
    Helpline,
    Municipality,
    PostalCode,
    Rvts,
)

SAMI_NAMES = ("name_se", "name_sma", "name_smj", "name_fkv")
TEXT_FIELDS = ("name", "audience", "description", "anonymity", "hours_note", "language_note")
MUNICIPALITY_FIELDS = (
    "code", "name", "name_unique", "slug", "name_official", *SAMI_NAMES, "county", "language_form", "sami_area",
    "sami_category", "centre", "lat", "lon", "population", "population_date", "orgnr", "website", "website_status",
    "hex_q", "hex_r", "trust",
)  # fmt: skip
COUNTY_FIELDS = (
    "code", "iso", "name", "name_official", *SAMI_NAMES, "sami_area", "governor", "health_region", "rvts", "rvts_status",
)  # fmt: skip
HELPLINE_FIELDS = (
    "key", "rank", "operator", "confidence", "number", "from_abroad", "sms", "hours", "sms_hours", "chat_url",
    "chat_hours", "no_badge", "holidays", "groups", "age_min", "age_max", "topics", "for_youth", "for_relatives",
    "free", "url", "checked",
)  # fmt: skip
GROUPS = frozenset(
    [
        "everyone",
        "children",
        "youth",
        "adults",
        "elderly",
        "parents",
        "relatives",
        "bereaved",
        "victims",
        "visitors",
        "professionals",
    ]
)
OSLO = "0301"


@dataclass(frozen=True)
class Facts:
    """All files, read and checked, as unsaved rows."""

    governors: list[Governor]
    health_regions: list[HealthRegion]
    health_trusts: list[HealthTrust]
    rvts: list[Rvts]
    counties: list[County]
    municipalities: list[Municipality]
    districts: list[District]
    postal_codes: list[PostalCode]
    helplines: list[Helpline]
    actors: list[Actor]


def everything(folder: Path) -> Facts:
    """Read and check every file in `folder`. Raises BadInput naming file, row and field."""
    governors, regions, centres = _governors(folder), _regions(folder), _rvts(folder)
    trusts = _trusts(folder, {region.key for region in regions})
    trust_keys = {trust.key for trust in trusts}
    counties = _counties(
        folder, {one.key for one in governors}, {one.key for one in regions}, {one.key for one in centres}
    )
    municipalities = _municipalities(folder, {county.code for county in counties}, trust_keys)
    return Facts(
        governors=governors,
        health_regions=regions,
        health_trusts=trusts,
        rvts=centres,
        counties=counties,
        municipalities=municipalities,
        districts=_districts(folder, trust_keys),
        postal_codes=_postal_codes(folder, {one.code for one in municipalities}),
        helplines=_helplines(folder),
        actors=_actors(folder),
    )


def _unique(found: Iterator[Row], *fields: str) -> Iterator[Row]:
    """Pass the rows on; raise BadInput for the first value that stands twice in one of `fields`."""
    seen: dict[tuple[str, str], int] = {}
    for row in found:
        for field in fields:
            value = row.cells[field]
            if (before := seen.setdefault((field, value), row.number)) != row.number:
                raise row.wrong(field, f"«{value}» står også i rad {before}.")
        yield row


def _governors(folder: Path) -> list[Governor]:
    names = ("name_nb", "name_nn", "name_en")
    return [
        Governor(
            key=row.text("key"),
            orgnr=row.organisation("orgnr"),
            website=row.link("website"),
            **{name: row.text(name) for name in names},
        )
        for row in _unique(rows(folder, "governors.csv", ("key", *names, "orgnr", "website")), "key", "orgnr")
    ]


def _regions(folder: Path) -> list[HealthRegion]:
    return [
        HealthRegion(
            key=row.text("key"),
            name=row.text("name"),
            orgnr=row.organisation("orgnr"),
            website=row.link("website"),
        )
        for row in _unique(
            rows(folder, "health_regions.csv", ("key", "name", "orgnr", "website")), "key", "orgnr"
        )
    ]


def _trusts(folder: Path, regions: set[str]) -> list[HealthTrust]:
    fields = ("key", "name", "kind", "region", "orgnr", "website")
    return [
        HealthTrust(
            key=row.text("key"),
            name=row.text("name"),
            kind=row.one_of("kind", {"trust", "private"}),
            region_id=row.one_of("region", regions),
            orgnr=row.organisation("orgnr"),
            website=row.link("website"),
        )
        for row in _unique(rows(folder, "health_trusts.csv", fields), "key", "orgnr")
    ]


def _rvts(folder: Path) -> list[Rvts]:
    names = ("name_short", "name_nb", "name_nn", "name_en")
    return [
        Rvts(key=row.text("key"), website=row.link("website"), **{name: row.text(name) for name in names})
        for row in _unique(rows(folder, "rvts.csv", ("key", *names, "website")), "key")
    ]


def _counties(folder: Path, governors: set[str], regions: set[str], centres: set[str]) -> list[County]:
    return [
        County(
            code=row.code("code", 2),
            iso=row.text("iso"),
            name=row.text("name"),
            name_official=row.text("name_official"),
            sami_area=row.yes("sami_area"),
            governor_id=row.one_of("governor", governors),
            health_region_id=row.one_of("health_region", regions),
            rvts_id=row.one_of("rvts", centres),
            rvts_status=row.one_of("rvts_status", {"confirmed", "unconfirmed", "disputed"}),
            **{name: row.text(name, optional=True) for name in SAMI_NAMES},
        )
        for row in _unique(rows(folder, "counties.csv", COUNTY_FIELDS), "code", "iso", "name")
    ]


def _municipalities(folder: Path, counties: set[str], trusts: set[str]) -> list[Municipality]:
    found = rows(folder, "municipalities.csv", MUNICIPALITY_FIELDS)
    return [_municipality(row, counties, trusts) for row in _unique(found, "code", "name_unique", "slug")]


def _municipality(row: Row, counties: set[str], trusts: set[str]) -> Municipality:
    code, slug = row.code("code", 4), row.text("slug")
    if slug in rules.RESERVED_SLUGS or slug != rules.slugify(slug):
        raise row.wrong(
            "slug", f"«{slug}» kan ikke brukes som adresse. Bruk små bokstaver, tall og bindestrek."
        )
    if (county := row.one_of("county", counties)) != code[:2]:
        raise row.wrong("county", f"Kommune {code} kan ikke ligge i fylke {county}.")
    return Municipality(
        code=code,
        name=row.text("name"),
        name_unique=row.text("name_unique"),
        slug=slug,
        name_official=row.text("name_official"),
        county_id=county,
        language_form=row.one_of("language_form", {"bokmal", "nynorsk", "noytral"}),
        sami_area=row.yes("sami_area"),
        sami_category=row.one_of(
            "sami_category", {"development", "vitalisation", "stimulation"}, optional=True
        ),
        centre=row.text("centre"),
        lat=row.degrees("lat", 57, 72),
        lon=row.degrees("lon", 4, 32),
        population=row.whole("population"),
        population_date=row.day("population_date"),
        orgnr=row.organisation("orgnr", optional=True),
        website=row.link("website"),
        website_status=row.one_of("website_status", {"two-sources", "one-source", "decided"}),
        hex_q=row.whole("hex_q"),
        hex_r=row.whole("hex_r"),
        trust_id=row.one_of("trust", trusts, optional=code == OSLO) or None,
        **{name: row.text(name, optional=True) for name in SAMI_NAMES},
    )


def _districts(folder: Path, trusts: set[str]) -> list[District]:
    return [
        District(code=row.code("code", 2), name=row.text("name"), trust_id=row.one_of("trust", trusts))
        for row in _unique(rows(folder, "oslo_districts.csv", ("code", "name", "trust")), "code", "name")
    ]


def _postal_codes(folder: Path, municipalities: set[str]) -> list[PostalCode]:
    found = rows(folder, "postal_codes.csv", ("code", "place", "municipality", "territory", "kind"))
    return [_postal_code(row, municipalities) for row in _unique(found, "code")]


def _postal_code(row: Row, municipalities: set[str]) -> PostalCode:
    territory = row.one_of("territory", {"svalbard", "jan-mayen"}, optional=True)
    municipality = row.text("municipality", optional=True)
    if bool(municipality) == bool(territory) or (municipality and municipality not in municipalities):
        raise row.wrong(
            "municipality", f"«{municipality}» er ikke en kommune. Svalbard og Jan Mayen står tomt."
        )
    return PostalCode(
        code=row.code("code", 4),
        place=row.text("place"),
        municipality_id=municipality or None,
        territory=territory,
        kind=row.one_of("kind", {"street", "box", "both", "service"}),
    )


def _helplines(folder: Path) -> list[Helpline]:
    texts = _helpline_texts(folder)
    return [
        _helpline(row, texts)
        for row in _unique(rows(folder, "helplines.csv", HELPLINE_FIELDS), "key", "rank")
    ]


def _helpline_texts(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    texts: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows(folder, "helpline_texts.csv", ("key", "language", *TEXT_FIELDS)):
        language = row.one_of("language", LANGUAGES)
        required = {"name", "audience", "description"}
        texts.setdefault(row.text("key"), {})[language] = {
            field: row.text(field, optional=field not in required) for field in TEXT_FIELDS
        }
    return texts


def _helpline(row: Row, texts: dict[str, dict[str, dict[str, str]]]) -> Helpline:
    key = row.text("key")
    if set(texts.get(key, {})) != set(LANGUAGES):
        raise row.wrong(
            "key", f"Tekstene til «{key}» mangler i helpline_texts.csv. De må finnes på nb, nn og en."
        )
    _check_helpline(row)
    free = row.one_of("free", {"yes", "no"}, optional=True)
    return Helpline(
        key=key,
        rank=row.whole("rank"),
        operator=row.text("operator"),
        confidence=row.text("confidence"),
        number=row.phone("number"),
        from_abroad=row.phone("from_abroad"),
        sms=row.phone("sms"),
        chat_url=row.link("chat_url", optional=True),
        holidays=row.one_of("holidays", {"known", "unknown"}, optional=True),
        no_badge=row.text("no_badge", optional=True),
        groups=row.several("groups"),
        age_min=row.whole_or_none("age_min"),
        age_max=row.whole_or_none("age_max"),
        topics=row.several("topics"),
        for_youth=row.yes("for_youth"),
        for_relatives=row.yes("for_relatives"),
        free=free == "yes" if free else None,
        url=row.link("url"),
        checked=row.day_or_none("checked"),
        texts=texts[key],
        **{field: row.hours(field) for field in ("hours", "sms_hours", "chat_hours")},
    )


def _check_helpline(row: Row) -> None:
    """Refuse a number or hours that nobody has confirmed, unknown groups and unreadable periods."""
    confidence = row.one_of("confidence", {"A", "B", "C"})
    contact = ("number", "from_abroad", "sms", "hours", "sms_hours", "chat_url", "chat_hours", "checked")
    if confidence != "A" and (told := next((field for field in contact if row.cells[field]), "")):
        raise row.wrong(
            told, "Bare rader med tillit A kan ha nummer, tider og kontrolldato. La feltet stå tomt."
        )
    for group in row.several("groups"):
        if group not in GROUPS:
            raise row.wrong("groups", f"«{group}» finnes ikke. Lovlige verdier: {', '.join(sorted(GROUPS))}.")
    try:
        rules.day_ranges(row.cells["no_badge"])
    except ValueError:
        raise row.wrong("no_badge", "Skriv perioder slik: 12-20/01-03;06-15/08-20.") from None


def _actors(folder: Path) -> list[Actor]:
    fields = (
        "key", "level", "level_today", "level_note", "name", "guideline_name", "target", "tasks", "source", "change",
    )  # fmt: skip
    return [
        Actor(rank=number, **{field: actor.get(field) for field in fields})
        for number, actor in enumerate(actor_texts(folder), start=1)
    ]

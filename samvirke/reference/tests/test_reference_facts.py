"""The facts themselves: all 48 actors by name, every municipality in its place, helplines that keep quiet."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from samvirke.reference import queries
from samvirke.reference.models import Actor, County, HealthTrust, Helpline, Municipality, PostalCode, Rvts
from samvirke.reference.rules import RESERVED_SLUGS

pytestmark = pytest.mark.django_db

ACTORS = {
    "kommune": {
        "ambulanse": "Ambulansepersonell",
        "barnevern": "Barnevern",
        "barnehage": "Barnehage",
        "psykisk-helse-rus": "Enhet psykisk helse- og rusarbeid",
        "fastlege": "Fastlegen",
        "helsestasjon": "Helsestasjons- og skolehelsetjenesten",
        "legevakt": "Kommunal legevaktordning",
        "koordinerende-enhet": "Koordinerende enhet",
        "kriseteam": "Kommunalt psykososialt kriseteam",
        "krisesenter": "Krisesentertilbud",
        "nav": "NAV-kontor",
        "overgrepsmottak": "Overgrepsmottak",
        "ppt": "PPT",
        "kommunepsykolog": "Psykologer i kommunen",
        "rask-psykisk-helsehjelp": "Rask psykisk helsehjelp",
        "skole": "Skole",
    },
    "fylke": {"videregaende-skole": "Videregående skole"},
    "spesialist": {
        "amk": "AMK",
        "dps": "DPS",
        "nodmeldetjenesten": "Medisinsk nødmeldingstjeneste",
        "bup": "Psykisk helsevern for barn og unge",
    },
    "stat": {
        "brann": "Brann",
        "familievern": "Familievernkontor",
        "forsvaret": "Forsvaret",
        "forsvarets-sanitet": "Forsvarets sanitet",
        "hrs": "HRS",
        "tros-og-livssyn": "Kirken og andre tros- og livssynssamfunn",
        "lrs": "LRS",
        "redningstjenesten": "Norsk redningstjeneste",
        "politi": "Politiet",
        "sivilforsvaret": "Sivilforsvaret",
        "tolk": "Tolketjenesten",
    },
    "frivillig": {
        "bedriftshelsetjeneste": "BHT",
        "brukerorganisasjoner": "Bruker- og pårørendeorganisasjoner",
        "stottegruppenettverk": "Nasjonalt støttegruppenettverk",
        "rode-kors": "Norges Røde Kors",
        "sanitetskvinnene": "NKS Omsorgsberedskapsgruppene",
    },
    "kompetanse": {
        "ahus-sorgstotte": "Ahus sorgstøtte",
        "korus": "KORUS",
        "modum-bad": "Modum Bad",
        "nakmi": "NAKMI",
        "naku": "NAKU",
        "napha": "NAPHA",
        "nkvts": "NKVTS",
        "nssf": "NSSF",
        "rkbu-rbup": "RKBU/RBUP",
        "rvts": "RVTS",
        "sfk": "Senter for krisepsykologi",
    },
}


def test_all_48_actors_are_there_by_key_name_and_level() -> None:
    wanted = {(key, name, level) for level, actors in ACTORS.items() for key, name in actors.items()}
    assert len(wanted) == 48
    assert set(Actor.objects.values_list("key", "guideline_name", "level")) == wanted
    assert queries.actor_keys() == {key for key, _name, _level in wanted}


def test_every_actor_says_for_whom_and_what_in_three_languages() -> None:
    for actor in queries.actors():
        for language in ("nb", "nn", "en"):
            assert actor.name[language], actor
            assert actor.target[language], actor
            assert all(actor.tasks[language]), actor
        assert len({len(tasks) for tasks in actor.tasks.values()}) == 1, actor
        assert set(actor.source) == {"document", "section", "row"}
        assert actor.level == actor.level_today or actor.level_note, actor


def test_levels_that_have_changed_are_told() -> None:
    today = {actor.key: actor.level_today for actor in queries.actors() if actor.level != actor.level_today}
    assert (
        today.items()
        >= {"ambulanse": "spesialist", "overgrepsmottak": "spesialist", "brann": "kommune"}.items()
    )


def test_every_municipality_is_covered_by_someone() -> None:
    areas = queries.areas()
    assert len(areas) == 357
    for code, area in areas.items():
        assert area.trusts, code
        assert {cover.trust.region_id for cover in area.trusts} == {area.region.key}, code
    assert HealthTrust.objects.filter(municipalities=None, districts=None).count() == 0


def test_oslo_is_divided_by_district() -> None:
    area = queries.area_of("0301")
    assert area is not None
    covers = {cover.trust.key: cover.districts for cover in area.trusts}
    assert set(covers) == {"lovisenberg", "diakonhjemmet", "ous", "ahus"}
    assert "Alna" in covers["ous"]
    assert sum(len(names) for names in covers.values()) == 15
    assert Municipality.objects.get(pk="0301").trust is None


def test_rvts_counties() -> None:
    assert Rvts.objects.get(pk="rvts-nord").county_codes == ["18", "55", "56"]
    assert County.objects.get(pk="33").rvts_status == "disputed"
    assert County.objects.filter(rvts__isnull=False).count() == 15


def test_two_places_of_one_name_are_told_apart() -> None:
    found = {one.slug: one.name_unique for one in Municipality.objects.filter(name__in=["Herøy", "Våler"])}
    assert found == {
        "heroy-more-og-romsdal": "Herøy (Møre og Romsdal)",
        "heroy-nordland": "Herøy (Nordland)",
        "valer-ostfold": "Våler (Østfold)",
        "valer-innlandet": "Våler (Innlandet)",
    }


def test_slugs_are_plain_and_free() -> None:
    slugs = list(Municipality.objects.values_list("slug", flat=True))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)
    assert len(set(slugs)) == len(slugs)
    assert not set(slugs) & RESERVED_SLUGS


def test_names_languages_and_neighbours_of_the_tables() -> None:
    lyngen = queries.municipality_by_slug("lyngen")
    assert lyngen is not None
    assert lyngen.name_official == "Lyngen - Ivgu - Yykeä"
    assert lyngen.other_names == [("se", "Ivgu"), ("fkv", "Yykeä")]
    found = queries.municipalities(invented=False)
    assert sum(one.default_language == "nn" for one in found) == 88
    assert sum(one.sami_area for one in found) == 14
    assert len({(one.hex_q, one.hex_r) for one in found}) == 357
    assert queries.municipality_by_code("0302") is None


def test_municipalities_come_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert all(
            one.county and one.county.rvts.name_short for one in queries.municipalities(invented=False)
        )
    with django_assert_num_queries(2):
        queries.areas()


def test_svalbard_and_jan_mayen_have_no_municipality() -> None:
    found = dict(PostalCode.objects.filter(municipality=None).values_list("code", "territory"))
    assert found.pop("8099") == "jan-mayen"
    assert set(found) == {"9170", "9171", "9173", "9174", "9175", "9176", "9178"}
    assert set(found.values()) == {"svalbard"}


def test_places_are_written_in_ordinary_letters() -> None:
    assert PostalCode.objects.get(pk="8622").place == "Mo i Rana"
    assert PostalCode.objects.get(pk="9173").place == "Ny-Ålesund"
    assert not [
        place
        for place in PostalCode.objects.values_list("place", flat=True)
        if place.isupper() and place != "Å"
    ]


def test_only_confirmed_helplines_have_numbers_and_hours() -> None:
    for line in queries.helplines():
        assert line.url.startswith("https://")
        told = [
            line.number,
            line.from_abroad,
            line.sms,
            line.hours,
            line.sms_hours,
            line.chat_url,
            line.chat_hours,
        ]
        if line.confidence != "A":
            assert not any(told), line
            assert line.checked is None
        for field in ("name", "audience", "description"):
            assert set(line.text(field)) == {"nb", "nn", "en"}, line
    with_number = {line.key: line.number for line in queries.helplines() if line.number}
    assert with_number == {
        "mental-helse-116123": "116123",
        "kirkens-sos": "+4722400040",
        "alarmtelefonen-116111": "116111",
        "kors-pa-halsen": "+4780033321",
        "vo-linjen-116006": "116006",
        "rustelefonen": "+4791508588",
        "nav-gjeld": "+4755553339",
    }


def test_what_is_not_sure_of_a_confirmed_line_is_not_said() -> None:
    sos, kors = Helpline.objects.get(pk="kirkens-sos"), Helpline.objects.get(pk="kors-pa-halsen")
    assert sos.chat_hours == ""
    assert kors.no_badge == "12-20/01-03;06-15/08-20"
    assert set(kors.text("hours_note")) == {"nb", "nn", "en"}
    always = Helpline.objects.filter(hours="24/7").values_list("key", flat=True)
    assert set(always) == {"mental-helse-116123", "kirkens-sos", "alarmtelefonen-116111", "vo-linjen-116006"}
    unsure = Helpline.objects.filter(confidence="A", holidays="").exclude(hours="24/7")
    assert not unsure.exists()


def test_closed_and_unverified_lines_are_not_listed() -> None:
    keys = set(Helpline.objects.values_list("key", flat=True))
    assert not keys & {"dixi", "muslimsk-samtaletjeneste", "nod-113", "nod-1412", "nod-sms"}
    assert {"leve", "lub", "ungdomstelefonen"} <= keys

"""Sites for the page tests: a joined municipality with varied services, one that has not joined, Oslo, the nation."""

from dataclasses import replace
from datetime import date

from samvirke.catalogue.finnhjelp.site import (
    Access,
    AreaService,
    ChannelKind,
    ChannelView,
    Gap,
    Group,
    HelplineView,
    Level,
    Municipality,
    Notice,
    PhoneView,
    PlaceEntry,
    ServiceView,
    Site,
)
from samvirke.reference.places import PlaceIndex, PlaceMunicipality

CHECKED = date(2026, 11, 18)
SERVICES = (
    ServiceView(
        id="1",
        slug="kriseteam",
        actor="kriseteam",
        level=Level.MUNICIPALITY,
        name={"nb": "Kriseteamet", "nn": "Kriseteamet", "en": "The crisis team"},
        description={
            "nb": "Støtte og råd de første dagene og ukene etter noe alvorlig.",
            "nn": "Støtte og råd dei første dagane og vekene etter noko alvorleg.",
            "en": "Support and advice the first days and weeks after something serious.",
        },
        what_happens={"nb": "En i teamet hører på deg. Dere avtaler sammen hva som skal skje videre."},
        audience={"nb": "Alle som bor eller oppholder seg her"},
        groups=(Group.EVERYONE, Group.RELATIVES),
        owner="Eksempel kommune",
        phones=(PhoneView("+4700000001", verified_at=CHECKED, hours="Mo-Fr 08:30-15:00; PH off"),),
        opening_hours="Mo-Fr 08:00-15:30; PH off",
        address="Storgata 1, 0000 Eksempel",
        languages=("nb", "en"),
        interpreter=True,
        price={"nb": "Gratis", "en": "Free"},
        confidentiality={"nb": "De som jobber her, har taushetsplikt."},
        premises={"nb": "Inngang uten trapp. Teleslynge."},
        how_professionals_alert={
            "nb": "Ring vakttelefonen på dagtid. Kveld, natt og helg: gjennom legevakten."
        },
        checked=CHECKED,
        checked_by="leder av kriseteamet",
        states={"phone": "present"},
    ),
    ServiceView(
        id="2",
        slug="legevakt",
        actor="legevakt",
        level=Level.MUNICIPALITY,
        name={"nb": "Eksempel legevakt", "en": "Eksempel out-of-hours doctor"},
        groups=(Group.EVERYONE, Group.VISITORS),
        phones=(PhoneView("+4700000002", verified_at=CHECKED, hours="24/7"),),
        opening_hours="Mo-Fr 15:30-08:00; Sa,Su 00:00-24:00; PH 00:00-24:00",
        address="Sykehusveien 2, 0000 Eksempel",
        notice=Notice(
            {"nb": "Legevakten er flyttet til Sykehusveien 2 fra 1. november."}, until=date(2026, 12, 31)
        ),
        checked=CHECKED,
    ),
    ServiceView(
        id="3",
        slug="psykisk-helse-og-rus",
        actor="psykisk-helse-rus",
        level=Level.MUNICIPALITY,
        name={"nb": "Psykisk helse og rus", "en": "Mental health and addiction"},
        description={"nb": "Samtaler når livet er vanskelig over tid, alene eller i gruppe."},
        groups=(Group.ADULTS, Group.RELATIVES),
        age_min=18,
        phones=(PhoneView("+4700000003", verified_at=CHECKED, hours="Mo-Fr 09:00-11:00; PH off"),),
        opening_hours="Mo-We,Fr 08:00-15:00; Th 08:00-18:00; PH off; Dec 24 08:00-12:00; Dec 31 08:00-12:00",
        address="Kirkeveien 7, 0000 Eksempel",
        outdated_languages=("en",),
        checked=CHECKED,
        not_applicable={},
    ),
    ServiceView(
        id="4",
        slug="fastleger",
        actor="fastlege",
        level=Level.MUNICIPALITY,
        name={"nb": "Eksempel legesenter"},
        groups=(Group.EVERYONE,),
        phones=(PhoneView("+4700000004", verified_at=CHECKED, hours="Mo-Fr 08:00-15:00; PH off"),),
        checked=CHECKED,
    ),
    ServiceView(
        id="5",
        slug="helsestasjon-for-ungdom",
        actor="helsestasjon",
        level=Level.MUNICIPALITY,
        name={"nb": "Helsestasjon for ungdom", "nn": "Helsestasjon for ungdom", "en": "Youth health clinic"},
        description={"nb": "Snakk med helsesykepleier, lege eller psykolog. Du kan komme uten time."},
        groups=(Group.YOUTH,),
        age_min=13,
        age_max=24,
        channels=(ChannelView(ChannelKind.SMS, "+4700000005", hours="Mo-Fr 08:00-15:00"),),
        opening_hours="Mo 12:00-15:00",
        address="Helsehuset, Storgata 3, 0000 Eksempel",
        checked=CHECKED,
    ),
    ServiceView(
        id="6",
        slug="barnevernvakt",
        actor="barnevern",
        level=Level.MUNICIPALITY,
        name={"nb": "Barnevernvakten"},
        description={"nb": "Når et barn trenger hjelp utenom kontortiden."},
        groups=(Group.CHILDREN, Group.PARENTS),
        phones=(
            PhoneView(
                "+4700000006",
                verified_at=CHECKED,
                hours="Mo-Th 15:30-08:00; Fr 15:30-24:00; Sa,Su 00:00-24:00",
            ),
        ),
        checked=CHECKED,
    ),
    ServiceView(
        id="7",
        slug="omsorgsberedskap",
        actor="sanitetskvinnene",
        level=Level.VOLUNTARY,
        name={"nb": "Omsorgsberedskapsgruppa"},
        access=Access.THROUGH,
        access_text={"nb": "Kriseteamet kan sende bud på gruppa."},
        access_verified=True,
        phones=(PhoneView("+4700000007", for_residents=False, verified_at=CHECKED, hours="24/7"),),
        checked=CHECKED,
    ),
    ServiceView(
        id="8",
        slug="krisesenter",
        actor="krisesenter",
        level=Level.MUNICIPALITY,
        name={"nb": "Krisesenteret"},
        groups=(Group.VICTIMS,),
        phones=(PhoneView("+4700000008", verified_at=None, hours="24/7"),),
        channels=(ChannelView(ChannelKind.CHAT, "https://chat.example.no/", hours="Mo-Fr 10:00-14:00"),),
        checked=CHECKED,
        states={"phone": "missing", "address": "not-applicable", "opening-hours": "missing"},
        not_applicable={"address": {"nb": "Adressen er hemmelig av hensyn til sikkerheten."}},
    ),
    ServiceView(
        id="9",
        slug="ppt",
        actor="ppt",
        level=Level.MUNICIPALITY,
        name={"nb": "Pedagogisk-psykologisk tjeneste (PPT)"},
        access=Access.REFERRAL,
        groups=(Group.CHILDREN, Group.YOUTH),
        age_max=19,
        address="Skoleveien 4, 0000 Eksempel",
        checked=CHECKED,
    ),
    ServiceView(
        id="10",
        slug="ubekreftet",
        actor="nav",
        level=Level.MUNICIPALITY,
        name={"nb": "Ubekreftet tjeneste"},
        phones=(PhoneView("+4700000010", verified_at=CHECKED, hours="24/7"),),
        checked=None,
    ),
    ServiceView(
        id="11",
        slug="akuttmottak",
        actor="dps",
        level=Level.SPECIALIST,
        name={"nb": "Akuttmottaket ved Eksempel sykehus"},
        access=Access.REFERRAL,
        access_text={"nb": "Lege, legevakt eller 113 henviser."},
        access_verified=True,
        address="Sykehusveien 1, 0000 Eksempel",
        by_area=True,
        owner="Eksempel sykehus",
        checked=CHECKED,
    ),
)
HELPLINES = (
    HelplineView(
        "mental-helse-116123",
        {"nb": "Hjelpetelefonen til Mental Helse", "en": "Mental Helse Helpline"},
        "https://mentalhelse.no/",
        "116123",
        hours="24/7",
        audience={"nb": "Alle", "en": "Everyone"},
        for_relatives=True,
    ),
    HelplineView(
        "alarmtelefonen-116111",
        {"nb": "Alarmtelefonen for barn og unge"},
        "https://www.116111.no",
        "116111",
        hours="24/7",
        chat_url="https://www.116111.no",
        chat_hours="Mo-Fr,Su 16:15-22:45; Sa 16:15-23:45",
        sms="+4741716111",
        sms_hours="Mo-Fr,Su 16:15-22:45; Sa 16:15-23:45",
        for_youth=True,
        anonymity={"nb": "Du trenger ikke si hvem du er."},
    ),
    HelplineView(
        "kors-pa-halsen",
        {"nb": "Kors på halsen"},
        "https://www.korspahalsen.no",
        "+4780033321",
        hours="Mo-Su 14:00-22:00",
        chat_url="https://www.korspahalsen.no",
        chat_hours="Mo,We,Fr-Su 14:00-22:00; Tu,Th 14:00-24:00",
        age_max=17,
        for_youth=True,
        no_badge=(("12-20", "01-03"), ("06-15", "08-20")),
        hours_note={"nb": "Andre tider i jule- og sommerferien."},
    ),
    HelplineView(
        "leve", {"nb": "LEVE – selvmordsforebygging og sorgstøtte"}, "https://leve.no", for_relatives=True
    ),
)
AREA = (
    AreaService("trust", {"nb": "Eksempel sykehus HF"}, "https://sykehus.example.no"),
    AreaService("rvts", {"nb": "RVTS Øst"}, "https://www.rvtsost.no"),
    AreaService(
        "governor", {"nb": "Statsforvalteren i Innlandet"}, "https://www.statsforvalteren.no/innlandet/"
    ),
)
JOINED = Site(
    key="9999",
    slug="eksempel",
    municipality=Municipality("9999", "Eksempel", website="https://eksempel.example.no"),
    joined=True,
    invented=True,
    services=SERVICES,
    helplines=HELPLINES,
    area=AREA,
    notices=(Notice({"nb": "Rådhuset er stengt mandag 23. november."}, until=date(2026, 11, 23)),),
    gaps=(Gap("phone", {"nb": "Krisesenteret"}), Gap("gp-same-day", state="overdue")),
    error_email="finnhjelp@eksempel.example.no",
    base_url="https://finnhjelp.example.no",
)
UNJOINED = replace(
    JOINED,
    key="3116",
    slug="skiptvet",
    municipality=Municipality("3116", "Skiptvet", website="https://www.skiptvet.kommune.no"),
    joined=False,
    invented=False,
    notices=(),
    gaps=(),
    services=(*SERVICES[:3], SERVICES[-1]),
)
OSLO = replace(
    UNJOINED,
    key="0301",
    slug="oslo",
    municipality=Municipality("0301", "Oslo", website="https://www.oslo.kommune.no"),
    area=(
        AreaService(
            "trust",
            {"nb": "Lovisenberg Diakonale Sykehus"},
            "https://lds.no",
            "Gamle Oslo, Grünerløkka, Sagene",
        ),
        AreaService(
            "trust", {"nb": "Akershus universitetssykehus HF"}, "https://www.ahus.no", "Grorud, Stovner"
        ),
        *AREA[1:],
    ),
)
PLACES = (
    PlaceEntry("0301", "Oslo", "Oslo", "oslo", "03", "Oslo", other_names=("Oslove",)),
    PlaceEntry("3116", "Skiptvet", "Skiptvet", "skiptvet", "31", "Østfold"),
    PlaceEntry(
        "5612", "Kautokeino", "Kautokeino", "kautokeino", "56", "Finnmark", other_names=("Guovdageaidnu",)
    ),
    PlaceEntry("9999", "Eksempel", "Eksempel", "eksempel", "", "", joined=True, invented=True),
)
NATIONAL = Site(
    key="national",
    slug="_national",
    helplines=HELPLINES,
    base_url="https://finnhjelp.example.no",
    places=PLACES,
    finder=PlaceIndex(
        tuple(PlaceMunicipality(p.code, p.slug, p.unique_name, p.county, p.other_names) for p in PLACES),
        (("OSLO", 0, ("0150",)), ("SKIPTVET", 1, ("1816",)), ("LONGYEARBYEN", -1, ("9170",))),
    ).published(),
)
ALL = (JOINED, UNJOINED, OSLO, NATIONAL)

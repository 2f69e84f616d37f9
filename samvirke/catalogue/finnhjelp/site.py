"""What the pages of Finn hjelp are made from: plain, frozen, picklable facts and nothing else.

`catalogue.pages.load` fills these from the database, for many sites at a time. The builders read only
these. Whatever nobody has confirmed is left out by the loader (None or an empty tuple), and builders
check again where a life could hang on it: see `PhoneView.verified_at` and `ServiceView.checked`.

Opening hours are OSM `opening_hours` strings of the subset in `samvirke.kit.hours`, Europe/Oslo.
Texts are dictionaries from language code ("nb", "nn", "en") to text. A language that is missing falls
back to the municipality's default language, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

NATIONAL = "national"
LANGUAGES = ("nb", "nn", "en")

Text = Mapping[str, str]
"""One text in the languages it exists in: {"nb": "Kriseteamet", "en": "The crisis team"}."""


class Access(StrEnum):
    """The way in to a service."""

    SELF = "self"  # residents may make contact themselves
    THROUGH = "through"  # only through another service, e.g. the crisis team through legevakt
    REFERRAL = "referral"  # a referral is needed
    PROFESSIONALS = "professionals"  # for professionals only


class Level(StrEnum):
    """Where a service belongs: the six places of the guideline's chapter 6."""

    MUNICIPALITY = "kommune"
    COUNTY = "fylke"
    SPECIALIST = "spesialist"
    STATE = "stat"
    VOLUNTARY = "frivillig"
    COMPETENCE = "kompetanse"


class Group(StrEnum):
    """Who a service is for. Decides on which theme pages it stands and which chip shows it."""

    EVERYONE = "everyone"
    CHILDREN = "children"
    YOUTH = "youth"
    ADULTS = "adults"
    ELDERLY = "elderly"
    PARENTS = "parents"
    RELATIVES = "relatives"
    BEREAVED = "bereaved"
    VICTIMS = "victims"  # of violence, abuse, crime
    VISITORS = "visitors"  # those who stay here without living here
    PROFESSIONALS = "professionals"


@dataclass(frozen=True)
class PhoneView:
    """A number to ring.

    `e164`: "+4769000001", or a short number as it is dialled ("116117").
    `for_residents`: residents may ring it themselves (else it is for professionals).
    `verified_at`: the day a human last verified the number; None: not verified, never shown.
    `hours`: the phone hours; None: not known. "24/7" is a value like any other.
    """

    e164: str
    display: str = ""  # as it is written; "" : made from e164
    label: Text = field(default_factory=dict)  # "Vakttelefon"; empty when the service has one number
    for_residents: bool = True
    verified_at: date | None = None
    hours: str | None = None


class ChannelKind(StrEnum):
    CHAT = "chat"
    SMS = "sms"
    EMAIL = "email"
    WEB = "web"


@dataclass(frozen=True)
class ChannelView:
    """A digital way in, with hours of its own. `address`: URL, e-mail address or number in E.164."""

    kind: ChannelKind
    address: str
    label: Text = field(default_factory=dict)
    hours: str | None = None


@dataclass(frozen=True)
class Notice:
    """A temporary notice. Shown through `until` (the last day, inclusive); None: until it is taken away."""

    text: Text
    until: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class ServiceView:
    """One confirmed service as residents may see it."""

    id: str
    slug: str  # page address inside the site: tjeneste/<slug>/
    actor: str  # key of the actor kind: "kriseteam", "legevakt" …
    level: Level
    name: Text
    description: Text = field(default_factory=dict)  # what it does
    what_happens: Text = field(default_factory=dict)  # what happens when you get in touch
    audience: Text = field(default_factory=dict)  # for whom, in words
    groups: tuple[Group, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    owner: str = ""  # the organisation behind it
    access: Access = Access.SELF
    access_text: Text = field(default_factory=dict)  # who sends for it, how a referral is had
    access_verified: bool = False  # somebody has confirmed the way in; else it is not said
    phones: tuple[PhoneView, ...] = ()
    opening_hours: str | None = None
    address: str = ""
    channels: tuple[ChannelView, ...] = ()
    url: str = ""
    languages: tuple[str, ...] = ()  # languages staff speak, as codes ("nb", "en", "uk")
    interpreter: bool | None = None  # None: not told
    price: Text = field(default_factory=dict)  # "Gratis" stands here, never in general text
    confidentiality: Text = field(default_factory=dict)  # true for this service
    premises: Text = field(default_factory=dict)  # step-free entrance, hearing loop …
    how_professionals_alert: Text = field(default_factory=dict)  # day and night; shown to professionals
    notice: Notice | None = None
    checked: date | None = None  # the day the whole was last verified; None: the service is not shown
    checked_by: str = ""  # role or organisation, never a person
    not_applicable: Mapping[str, Text] = field(default_factory=dict)  # rule code → "because …"
    states: Mapping[str, str] = field(
        default_factory=dict
    )  # rule code → present|missing|overdue|not-applicable
    outdated_languages: tuple[str, ...] = ()  # translations older than their source
    by_area: bool = False  # national, county or specialist service attached by area


@dataclass(frozen=True)
class HelplineView:
    """A national helpline. `number` only for rows of confidence A; the others show name and link."""

    key: str
    name: Text
    url: str = ""
    e164: str = ""  # "116123" or "+4722400040"; "" : no confirmed number
    display: str = ""
    hours: str | None = None
    chat_url: str = ""
    chat_hours: str | None = None
    sms: str = ""  # number in E.164 or short, only when confirmed
    sms_hours: str | None = None
    audience: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    anonymity: Text = field(default_factory=dict)  # anonymity and confidentiality, true for this line
    hours_note: Text = field(default_factory=dict)  # "kl. 16–22 i jule- og sommerferien"
    age_min: int | None = None
    age_max: int | None = None
    topics: tuple[str, ...] = ()
    for_youth: bool = False  # stands on the page for children and young people
    for_relatives: bool = False
    no_badge: tuple[tuple[str, str], ...] = ()  # ("12-20", "01-03"): both days included, no badge then
    checked: date | None = None


@dataclass(frozen=True)
class AreaService:
    """Who covers this area: health trust, RVTS, county governor … A name and a website, no number."""

    kind: str  # "trust" | "rvts" | "governor" | "region" | "dps"
    name: Text
    url: str = ""
    district: str = ""  # Oslo: the district (bydel) it covers; "" : the whole municipality


@dataclass(frozen=True)
class Gap:
    """Something the municipality has not told: the letter's rule and the service it concerns ("" : none)."""

    rule: str
    service: Text = field(default_factory=dict)
    state: str = "missing"  # missing | overdue


@dataclass(frozen=True)
class Lacking:
    """A kind of service the municipality has answered that it does not have: why, and who helps instead."""

    name: Text
    reason: Text


@dataclass(frozen=True)
class Municipality:
    code: str
    name: str
    official_name: str = ""
    unique_name: str = ""  # "Våler (Østfold)" where two share a name
    county_code: str = ""
    county: str = ""
    language_form: str = "noytral"  # bokmal | nynorsk | noytral
    website: str = ""
    other_names: tuple[tuple[str, str], ...] = ()  # (language code, Sámi or Kven name)


@dataclass(frozen=True)
class PlaceEntry:
    """A municipality in the national list."""

    code: str
    name: str
    unique_name: str
    slug: str
    county_code: str
    county: str
    default_language: str = "nb"
    joined: bool = False
    invented: bool = False
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """Everything the pages of one municipality, or the national pages, are made from."""

    key: str  # municipality code or "national"
    slug: str
    default_language: str = "nb"
    languages: tuple[str, ...] = LANGUAGES
    municipality: Municipality | None = None
    joined: bool = False
    invented: bool = False
    services: tuple[ServiceView, ...] = ()
    helplines: tuple[HelplineView, ...] = ()
    area: tuple[AreaService, ...] = ()
    notices: tuple[Notice, ...] = ()
    gaps: tuple[Gap, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    checked: date | None = None
    error_email: str = ""
    statement_url: str = ""
    publisher: str = ""  # who runs this installation and answers for the page
    base_url: str = ""  # "https://finnhjelp.example.no", no slash at the end; "" : not known
    places: tuple[PlaceEntry, ...] = ()  # national only
    finder: Mapping[str, object] = field(default_factory=dict)  # national only: what steder.json holds
    right_to_left: bool = False  # a test setting: lay the page out from right to left

    @property
    def national(self) -> bool:
        return self.key == NATIONAL

    @property
    def root(self) -> str:
        """Address of the site's front page in its default language: "/oslo/" or "/"."""
        return "/" if self.national else f"/{self.slug}/"

"""The emergency numbers. Constants in code: no editor, import or database can change them.

Sources: 110, 112 and 113: the emergency services and nodsms.no; 116 117: helsenorge.no/legevakt; 116 123:
mentalhelse.no; 116 111: 116111.no. The number of the text telephone is not confirmed by two sources, so
only its name and a link are given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Text = Mapping[str, str]
"""One text in bokmål, nynorsk and English: keys "nb", "nn", "en"."""


@dataclass(frozen=True)
class EmergencyNumber:
    """A short number as it is dialled and as it is written, with its name and when to use it.

    Every one of them answers day and night, all year.
    """

    key: str
    number: str
    display: str
    name: Text
    about: Text


@dataclass(frozen=True)
class EmergencyChannel:
    """Another way to emergency help, with a page that explains it; no number of its own is shown."""

    key: str
    name: Text
    about: Text
    url: str


def _text(nb: str, nn: str, en: str) -> Text:
    return MappingProxyType({"nb": nb, "nn": nn, "en": en})


MEDICAL: Final = EmergencyNumber(
    "nod-113",
    "113",
    "113",
    _text("Medisinsk nødtelefon", "Medisinsk naudtelefon", "Medical emergency"),
    _text(
        "Når det står om livet, også ved fare for selvmord",
        "Når det står om livet, òg ved fare for sjølvmord",
        "When life is in danger, also when there is a risk of suicide",
    ),
)
POLICE: Final = EmergencyNumber(
    "nod-112",
    "112",
    "112",
    _text("Politi", "Politi", "Police"),
    _text("Når noen er i fare", "Når nokon er i fare", "When someone is in danger"),
)
FIRE: Final = EmergencyNumber(
    "nod-110",
    "110",
    "110",
    _text("Brann", "Brann", "Fire"),
    _text("Ved brann og ulykker", "Ved brann og ulykker", "Fire and accidents"),
)
OUT_OF_HOURS: Final = EmergencyNumber(
    "legevakt-116117",
    "116117",
    "116 117",
    _text("Legevakten", "Legevakta", "Emergency doctor (legevakt)"),
    _text(
        "Når det haster, men ikke står om livet",
        "Når det hastar, men ikkje står om livet",
        "When it is urgent, but not life-threatening",
    ),
)
MENTAL_HEALTH: Final = EmergencyNumber(
    "mental-helse-116123",
    "116123",
    "116 123",
    _text("Hjelpetelefonen til Mental Helse", "Hjelpetelefonen til Mental Helse", "Mental Helse Helpline"),
    _text(
        "Når du trenger noen å snakke med",
        "Når du treng nokon å snakke med",
        "When you need someone to talk to",
    ),
)
CHILDREN: Final = EmergencyNumber(
    "alarmtelefonen-116111",
    "116111",
    "116 111",
    _text(
        "Alarmtelefonen for barn og unge",
        "Alarmtelefonen for barn og unge",
        "Emergency line for children and young people",
    ),
    _text(
        "Når barn og unge ikke har det trygt",
        "Når barn og unge ikkje har det trygt",
        "When children and young people are not safe",
    ),
)

LIFE_IN_DANGER: Final = (MEDICAL, POLICE, FIRE)
"""The red bar, in the order it shows them."""

SOMEONE_TO_TALK_TO: Final = (MENTAL_HEALTH, CHILDREN)
"""Answered day and night; the second is for the young."""

ALL: Final = (*LIFE_IN_DANGER, OUT_OF_HOURS, *SOMEONE_TO_TALK_TO)

EMERGENCY_SMS: Final = EmergencyChannel(
    "nod-sms",
    _text("Nød-SMS", "Naud-SMS", "Emergency text message (Nød-SMS)"),
    _text(
        "Er du døv eller hørselshemmet, eller kan du ikke snakke? Da kan du sende SMS til 110, 112 eller 113. "
        "Telefonen må være registrert på forhånd.",
        "Er du døv eller høyrselshemma, eller kan du ikkje snakke? Då kan du sende SMS til 110, 112 eller 113. "
        "Telefonen må vere registrert på førehand.",
        "Are you deaf or hard of hearing, or unable to speak? Then you can text 110, 112 or 113. "
        "The phone must be registered beforehand.",
    ),
    "https://www.nodsms.no",
)
TEXT_TELEPHONE: Final = EmergencyChannel(
    "teksttelefon",
    _text("Teksttelefon", "Teksttelefon", "Text telephone"),
    _text(
        "Har du teksttelefon, finnes det et eget nødnummer for den. Se nodsms.no.",
        "Har du teksttelefon, finst det eit eige naudnummer for han. Sjå nodsms.no.",
        "If you have a text telephone, there is a separate emergency number for it. See nodsms.no.",
    ),
    "https://www.nodsms.no",
)
CHANNELS: Final = (EMERGENCY_SMS, TEXT_TELEPHONE)

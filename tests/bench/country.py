"""A country in which every municipality has joined, with services made by arithmetic: the bench's own data."""

import datetime as dt
import itertools
from typing import NamedTuple

from django.utils import timezone

from samvirke.access.scope import opened, system_scope
from samvirke.catalogue.models import Joined, Phone, Service, ServiceText, Verification
from samvirke.catalogue.rules import ACCESS, SERVICE_RULES
from samvirke.reference.models import Municipality

HOURS = [
    "Mo-Fr 08:00-15:30; PH off",
    "Mo-Fr 09:00-15:00; We 09:00-18:00; PH off",
    "24/7",
    "Tu,Th 12:00-15:00; PH off",
]
KINDS = [
    "kriseteam", "legevakt", "fastlege", "psykisk-helse-rus", "helsestasjon", "barnevern", "krisesenter",
    "overgrepsmottak", "nav", "ppt", "kommunepsykolog", "rask-psykisk-helsehjelp", "familievern", "koordinerende-enhet",
    "skole", "barnehage",
]  # fmt: skip
WORDS = {
    "nb": "Her møter du fagfolk som lytter, gir råd og hjelper deg videre når noe vondt har hendt".split(),
    "nn": "Her møter du fagfolk som lyttar, gir råd og hjelper deg vidare når noko vondt har hendt".split(),
    "en": "Here you meet professionals who listen, give advice and help you on when something bad has happened".split(),
}
Rows = tuple[Service, list[ServiceText], Phone, list[Verification]]


class Made(NamedTuple):
    municipalities: int
    services: int


def fill(per_municipality: int) -> Made:
    """Let all 357 join, each with `per_municipality` confirmed services; writes as the application does."""
    now = timezone.now()
    codes = list(Municipality.objects.filter(invented=False).order_by("code").values_list("code", flat=True))
    rows = [_service(code, number, now) for code, number in itertools.product(codes, range(per_municipality))]
    with opened(system_scope("bench")):
        Joined.objects.bulk_create(
            [Joined(municipality_id=code, joined_at=now, languages=["nb", "nn", "en"]) for code in codes]
        )
        Service.objects.bulk_create([row[0] for row in rows], batch_size=2000)
        ServiceText.objects.bulk_create([text for row in rows for text in row[1]], batch_size=2000)
        Phone.objects.bulk_create([row[2] for row in rows], batch_size=2000)
        Verification.objects.bulk_create([piece for row in rows for piece in row[3]], batch_size=2000)
    return Made(len(codes), len(rows))


def _service(code: str, number: int, now: dt.datetime) -> Rows:
    kind = KINDS[number % len(KINDS)]
    service = Service(
        municipality_id=code, external_id=f"bench-{number}", slug=f"{kind}-{number}", actor_id=kind, owner="Kommunen",
        level="kommune", state="confirmed", groups=["everyone"], street_address=f"Storgata {number + 1}",
        postal_code="0150", opening_hours=HOURS[number % 4], languages=["nb", "en"], changed_at=now,
    )  # fmt: skip
    texts = [
        ServiceText(
            service=service,
            language=language,
            name=f"{kind.capitalize()} {number}",
            description=_sentence(words, int(code) + number),
            what_happens=_sentence(words, int(code) * 3 + number),
            who=_sentence(words, number)[:60],
        )
        for language, words in WORDS.items()
    ]
    phone = Phone(
        service=service, number=f"+47{22000000 + int(code) * 50 + number}", phone_hours=HOURS[number % 4]
    )
    pieces = [
        Verification(
            service=service,
            piece=piece,
            verified_by="Kommunen",
            verified_at=now,
            due_at=now + dt.timedelta(90),
        )
        for piece in (*SERVICE_RULES, ACCESS)
    ]
    return service, texts, phone, pieces


def _sentence(words: list[str], seed: int) -> str:
    """Return a sentence of real length that differs from service to service."""
    turned = [words[(seed * 7 + place * 3) % len(words)] for place in range(18)]
    return " ".join(turned).capitalize() + "."

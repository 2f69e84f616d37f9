"""Recipients and letters of the tests: invented people, and words that would be seen if they leaked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from samvirke.access.scope import current
from samvirke.messaging.letters import Letter, Recipient, labelled

SECRET = "Hemmelig-ord-æøå"
PEOPLE = {
    "kari": Recipient(email="kari.nordmann@example.org", phone="+4741234567", language="nn"),
    "ola": Recipient(email="ola@blåbær.example.org", phone="+4799999999"),
    "uten": Recipient(),
    "fast": Recipient(email="ikke en adresse", phone="+4722334455"),
    "rammet": Recipient(email="rammet@example.org", phone="+4741234567", person=True),
    "oppdiktet": Recipient(email="oppdiktet@example.org", phone="+4700000001"),
    "innskutt": Recipient(email="a@example.org\r\nBcc: alle@example.org", phone="+4741234567\n"),
}
SAID: dict[str, Letter | Exception | None] = {}
ASKED: list[tuple[str, frozenset[str], str]] = []  # who, in which scope, in which language


@labelled("Medarbeider")
def worker(id_: str) -> Recipient | None:
    return PEOPLE.get(id_)


@labelled("Påminnelse")
def reminder(recipient: Recipient, about: Mapping[str, Any], now: datetime) -> Letter | None:
    scope = current()
    ASKED.append(
        (recipient.email, scope.municipalities if scope else frozenset(), translation.get_language())
    )
    said = SAID.get(
        "reminder", Letter("Blåbærsyltetøy på lørdag", f"Hei!\n\n{SECRET} {about.get('service', '')}\n")
    )
    if isinstance(said, Exception):
        raise said
    return said

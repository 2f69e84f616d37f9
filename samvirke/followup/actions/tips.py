"""What comes from the public page: kept sealed in the inbox until somebody has handled it. It registers nobody."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke import jobs
from samvirke.access import keys, sealed
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.followup.actions.registering import register
from samvirke.followup.identity import PHONE, Identity
from samvirke.followup.models import Intake, Tip
from samvirke.incidents.queries import incident
from samvirke.kit.errors import BadInput
from samvirke.messaging.numbers import e164

PER_MUNICIPALITY, AN_HOUR = 600, timedelta(hours=1)
COMPARED = 50
"""So many of one phone's messages are looked at for the same once more."""
KEPT_FOR = timedelta(days=30)
FORM = "oppfolging-"
"""What the public form's site is called for the publisher: this and the municipality's number."""


class Full(Exception):
    """So many have written that no more is taken in now."""


@dataclass(frozen=True)
class Sent:
    """What somebody wrote on the public page. There is no field for what has happened."""

    name: str
    phone: str
    best_time: str = ""
    about: str = ""  # whom they worry about
    language: str = "nb"


@action("followup.form.opened", needs=Need.INCIDENT_LEAD, says=_("åpnet siden der folk kan be om oppfølging"))
def open_form(scope: Scope, incident_id: UUID, municipality: str, *, now: datetime) -> Done:
    """Open the public page for an incident. Raises BadInput: only active incidents that are no exercise, one at a time."""
    scope.require_sight(municipality)
    event = incident(scope, incident_id)
    if event.exercise:
        raise BadInput(gettext("Hendelsen er en øvelse. Ingenting av den vises for folk."))
    if event.state != "active":
        raise BadInput(gettext("Hendelsen er ikke i gang."))
    if intake(scope, municipality):
        raise BadInput(gettext("Siden er åpen fra før. Steng den før du åpner den for en annen hendelse."))
    row = Intake(
        id=uuid4(),
        municipality_id=municipality,
        incident_id=incident_id,
        opened_at=now,
        opened_by=scope.account,
    )
    row.save(force_insert=True)
    jobs.later("publishing.build", municipality=FORM + municipality)
    return Done(municipality, row.id, about={"incident": incident_id})


@action(
    "followup.form.closed", needs=Need.INCIDENT_LEAD, says=_("stengte siden der folk kan be om oppfølging")
)
def close_form(scope: Scope, municipality: str, *, now: datetime) -> Done:
    """Close the public page. It then says where to turn instead."""
    row = intake(scope, municipality)
    if row is None:
        raise BadInput(gettext("Siden er ikke åpen."))
    row.closed_at, row.closed_by = now, scope.account
    row.save(update_fields=["closed_at", "closed_by"])
    jobs.later("publishing.build", municipality=FORM + municipality)
    return Done(municipality, row.id, about={"incident": row.incident_id})


@action("followup.tip.received", needs=Need.TIP_HANDLE, says=_("tok imot en henvendelse fra den åpne siden"))
def receive(scope: Scope, municipality: str, sent: Sent, *, now: datetime) -> Done:
    """Keep what somebody sent; the same once more, while it waits, is one message. Raises Full when too many have written.

    No limit to one phone: a stranger who types somebody's number would learn from it whether they have written.
    """
    row = intake(scope, municipality)
    if row is None or not is_open(scope, row):
        raise BadInput(gettext("Siden er stengt."))
    token = sealed.blind(PHONE, e164(sent.phone, "phone"))
    there = Tip.objects.visible_to(scope).filter(municipality=municipality)
    of_phone = list(there.filter(token=token, handled_at__isnull=True).order_by("-at")[:COMPARED])
    twice = next((id_ for id_, known in opened_tips(scope, of_phone, now).items() if known == sent), None)
    if twice:
        return Done(municipality, twice, nothing=True)
    if there.filter(at__gt=now - AN_HOUR).count() >= PER_MUNICIPALITY:
        raise Full
    id_ = uuid4()
    plain = json.dumps(asdict(sent), ensure_ascii=False).encode()
    tip = Tip(
        id=id_, municipality_id=municipality, incident_id=row.incident_id, about_self=not sent.about, token=token,
        sealed=sealed.seal_under(keys.municipality_key(scope, municipality, now), plain, _about(id_)), at=now,
    )  # fmt: skip
    tip.save(force_insert=True)
    return Done(municipality, id_, about={"incident": row.incident_id})


@action(
    "followup.tip.registered", needs=Need.TIP_HANDLE, says=_("registrerte en person etter en henvendelse")
)
def register_from_tip(
    scope: Scope, tip_id: UUID, given: Identity, facts: Mapping[str, Any], *, now: datetime
) -> Done:
    """Put whom a message is about on the list, or add to who stands there: `facts` as `register` has them."""
    tip = waiting_tip(scope, tip_id)
    done = register(
        scope,
        tip.incident_id,
        given,
        **{**facts, "municipality": tip.municipality_id, "known_at": tip.at, "now": now},
    )
    same = facts.get("ties") and facts["ties"].same_as
    tip.person_id = done.person
    return _handled(scope, tip, "known" if same else "registered", now)


@action("followup.tip.answered", needs=Need.TIP_HANDLE, says=_("behandlet en henvendelse"))
def answer_tip(scope: Scope, tip_id: UUID, reason: str, *, relevant: bool, now: datetime) -> Done:
    """Write that a message was answered, or is nothing for the team, with the reason. Nobody is registered."""
    tip = waiting_tip(scope, tip_id)
    if not reason.strip():
        raise BadInput(
            gettext("Skriv kort hva du gjorde, eller hvorfor den ikke gjelder oss."), field="reason"
        )
    key = keys.municipality_key(scope, tip.municipality_id, now)
    tip.reason = sealed.seal_under(key, reason.strip().encode(), f"{_about(tip.id)}:reason")
    return _handled(scope, tip, "answered" if relevant else "nothing", now)


def opened_tips(scope: Scope, tips: list[Tip], now: datetime) -> dict[UUID, Sent]:
    """Unseal messages of one municipality. Who shows them notes the reading."""
    found = {}
    for tip in tips:
        key = keys.municipality_key(scope, tip.municipality_id, now)
        found[tip.id] = Sent(**json.loads(sealed.unseal_under(key, bytes(tip.sealed), _about(tip.id))))
    return found


def waiting_tip(scope: Scope, tip_id: UUID) -> Tip:
    """Return a message that nobody has handled, locked. Raises NotYours, and BadInput when somebody was first."""
    tip = Tip.objects.visible_to(scope).select_for_update(of=("self",)).filter(id=tip_id).first()
    if tip is None:
        raise NotYours(tip_id)
    if tip.handled_at:
        raise BadInput(gettext("Noen andre har behandlet henvendelsen."))
    return tip


def intake(scope: Scope, municipality: str) -> Intake | None:
    """Return the page that is open in a municipality, if any."""
    return Intake.objects.visible_to(scope).filter(municipality=municipality, closed_at__isnull=True).first()


def is_open(scope: Scope, row: Intake) -> bool:
    """Say whether what stands open may be: the incident goes on, and is no exercise."""
    event = incident(scope, row.incident_id)
    return event.state == "active" and not event.exercise


def orphaned_forms(scope: Scope) -> list[str]:
    """Return the municipalities whose public page stands open for an incident that is over."""
    rows = Intake.objects.visible_to(scope).filter(closed_at__isnull=True)
    return [str(row.municipality_id) for row in rows if not is_open(scope, row)]


def erase_old(scope: Scope, now: datetime) -> int:
    """Empty what handled messages held, 30 days after; return how many."""
    rows = Tip.objects.visible_to(scope).filter(handled_at__lt=now - KEPT_FOR).exclude(sealed=b"")
    return rows.update(sealed=b"", reason=None, token=b"")


def _handled(scope: Scope, tip: Tip, became: str, now: datetime) -> Done:
    tip.handled_at, tip.handled_by, tip.became = now, scope.account, became
    tip.save(update_fields=["handled_at", "handled_by", "became", "reason", "person"])
    return Done(tip.municipality_id, tip.id, {"became": ("", became)}, {"incident": tip.incident_id})


def _about(tip: UUID) -> str:
    return f"followup.tip:{tip}"

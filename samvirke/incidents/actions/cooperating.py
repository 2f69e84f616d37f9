"""Other municipalities: taking part, guests by name, and handing over the lead."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.queries import account_by_email, held
from samvirke.incidents import queries
from samvirke.incidents.actions.logbook import add, own_municipality
from samvirke.incidents.models import Guest, Incident, Participation, Takeover
from samvirke.incidents.rules import State
from samvirke.kit.errors import BadInput
from samvirke.reference.queries import municipality_by_code


@action(
    "incidents.participation.began", needs=Need.INCIDENT_LEAD, says=_("lot en kommune delta i en hendelse")
)
def let_in(scope: Scope, incident_id: UUID, code: str, part: str, *, now: datetime) -> Done:
    """Let another municipality's team see the incident and work on it. Raises BadInput at its field."""
    event, name = queries.led(scope, incident_id), _other(queries.led(scope, incident_id), code)
    _participate(scope, event, code, part, now)
    text = gettext("{municipality} deltar fra nå.").format(municipality=name)
    add(scope, incident_id, event.municipality_id, "decision", text, now, now)
    return Done(event.municipality_id, incident_id, about={"municipality": code, "part": part})


@action("incidents.participation.ended", needs=Need.INCIDENT_LEAD, says=_("avsluttet en kommunes deltakelse"))
def let_out(scope: Scope, incident_id: UUID, code: str, *, now: datetime) -> Done:
    """End another municipality's part: from now on its people do not see the incident. The log keeps what they wrote."""
    event = queries.led(scope, incident_id)
    changed = _parts(scope, incident_id).get(code)
    if changed is None or changed.until is not None:
        raise BadInput(gettext("Kommunen deltar ikke."))
    changed.until = now
    changed.save(update_fields=["until"])
    text = gettext("{municipality} deltar ikke lenger.").format(municipality=changed.municipality.name)
    add(scope, incident_id, event.municipality_id, "decision", text, now, now)
    return Done(event.municipality_id, incident_id, about={"municipality": code})


@action("incidents.guest.let-in", needs=Need.INCIDENT_LEAD, says=_("lot en gjest arbeide med en hendelse"))
def invite_guest(
    scope: Scope, incident_id: UUID, email: str, home: str, until: datetime, *, now: datetime
) -> Done:
    """Let a named member of another municipality work on this incident, from their own, until a moment."""
    event = queries.led(scope, incident_id)
    _other(event, home)
    if until <= now:
        raise BadInput(gettext("Velg et tidspunkt i framtiden."), field="until")
    account = account_by_email(email)
    if account is None or not any(one.municipality == home for one in held(account.pk)):
        raise BadInput(
            gettext("Ingen med denne adressen har en rolle i kommunen. Sjekk adressen."), field="email"
        )
    Guest.objects.bulk_create(
        [Guest(incident_id=incident_id, municipality_id=event.municipality_id, home_id=home, account=account.pk,
               until=until, by=scope.account, at=now)],
        update_conflicts=True, update_fields=["until"], unique_fields=["incident", "account", "home"],
    )  # fmt: skip
    return Done(event.municipality_id, incident_id, about={"guest": account.pk, "home": home, "until": until})


@action(
    "incidents.guest.let-out", needs=Need.INCIDENT_LEAD, says=_("avsluttet en gjests arbeid med en hendelse")
)
def end_guest(scope: Scope, incident_id: UUID, guest_id: UUID, *, now: datetime) -> Done:
    """End a guest's part at once."""
    event = queries.led(scope, incident_id)
    one = next((row for row in queries.guests(scope, incident_id, now) if row.id == guest_id), None)
    if one is None:
        raise NotYours(guest_id)
    one.until = now
    one.save(update_fields=["until"])
    return Done(event.municipality_id, incident_id, about={"guest": one.account})


@action("incidents.takeover.offered", needs=Need.INCIDENT_LEAD, says=_("ba en annen kommune overta ledelsen"))
def offer_lead(scope: Scope, incident_id: UUID, code: str, reason: str, *, now: datetime) -> Done:
    """Ask another municipality's team to take over the lead. They see the incident from now on; you lead until they accept."""
    event = queries.led(scope, incident_id)
    name = _other(event, code)
    if event.state != State.ACTIVE:
        raise BadInput(gettext("Bare en aktiv hendelse kan overtas."))
    if queries.offer(scope, incident_id):
        raise BadInput(gettext("Dere har allerede spurt en kommune. Trekk det tilbake først."))
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor de bør overta."), field="reason")
    if (there := _parts(scope, incident_id).get(code)) is None or there.until is not None:
        _participate(scope, event, code, "takeover", now)
    Takeover(
        incident_id=incident_id, municipality_id=event.municipality_id, to_id=code, reason=reason.strip(),
        by=scope.account, at=now,
    ).save(force_insert=True)  # fmt: skip
    text = gettext("{municipality} er bedt om å overta ledelsen.").format(municipality=name)
    add(scope, incident_id, event.municipality_id, "decision", text, now, now)
    return Done(event.municipality_id, incident_id, about={"to": code})


@action(
    "incidents.takeover.ended", needs=Need.INCIDENT_LEAD, says=_("avsluttet et tilbud om å overta ledelsen")
)
def end_offer(scope: Scope, incident_id: UUID, *, now: datetime) -> Done:
    """Withdraw one's own offer, or say no to one that was made to us. The lead stays where it is."""
    event, here = queries.incident(scope, incident_id), own_municipality(scope)
    one = queries.offer(scope, incident_id)
    if one is None or here not in {one.to_id, one.municipality_id}:
        raise BadInput(gettext("Det er ikke noe tilbud å svare på."))
    one.accepted, one.answered_by, one.answered_at = False, scope.account, now
    one.save(update_fields=["accepted", "answered_by", "answered_at"])
    text = gettext("Ingen overtok ledelsen. Den blir der den er.")
    add(scope, event.id, here, "decision", text, now, now)
    return Done(here, incident_id, about={"offer": one.id, "accepted": False})


@action("incidents.takeover.accepted", needs=Need.INCIDENT_LEAD, says=_("overtok ledelsen av en hendelse"))
def accept_lead(scope: Scope, incident_id: UUID, *, now: datetime) -> Done:
    """Take over the lead that another municipality offered. It goes on taking part, and keeps its people."""
    here, one = own_municipality(scope), queries.offer(scope, incident_id)
    if one is None or one.to_id != here:
        raise BadInput(gettext("Det er ikke noe tilbud å svare på."))
    if not queries.take_over(one.id, scope.account, now):
        raise BadInput(gettext("Tilbudet gjelder ikke lenger. Last siden på nytt."))
    text = gettext("{municipality} leder fra nå.").format(municipality=one.to.name)
    add(scope, incident_id, here, "decision", text, now, now)
    return Done(here, incident_id, {"municipality": (one.municipality_id, here)})


def _other(event: Incident, code: str) -> str:
    """Return the name of another municipality than the one that leads."""
    town = municipality_by_code(code)
    if town is None:
        raise BadInput(gettext("Velg en kommune."), field="municipality")
    if code == event.municipality_id:
        raise BadInput(gettext("Kommunen leder allerede hendelsen."), field="municipality")
    return town.name


def _parts(scope: Scope, incident_id: UUID) -> dict[str, Participation]:
    return {row.municipality_id: row for row in queries.participants(scope, incident_id)}


def _participate(scope: Scope, event: Incident, code: str, part: str, now: datetime) -> None:
    there = _parts(scope, event.id).get(code)
    if there is None:
        Participation(incident_id=event.id, municipality_id=code, part=part, since=now).save(
            force_insert=True
        )
        return
    if there.until is None:
        raise BadInput(gettext("Kommunen deltar allerede."), field="municipality")
    there.part, there.until = part, None
    there.save(update_fields=["part", "until"])

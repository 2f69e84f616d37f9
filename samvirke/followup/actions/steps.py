"""Steps by hand: added, skipped with a reason, rested, and what the leader decides."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import queries
from samvirke.followup.actions import pointing
from samvirke.followup.models import Followup, Step
from samvirke.followup.models.contact import ACTIVE, OPEN
from samvirke.followup.rules.outcomes import Added
from samvirke.followup.rules.plan import DAY, Owner, Window
from samvirke.kit.errors import BadInput

LONGEST_PAUSE = timedelta(days=180)
ADDED = ("trial", "anniversary", "media", "report", "autopsy", "move", "other")
SIGNED_ELSEWHERE = {"confirm-stop", "death-message"}


@action("followup.step.added", needs=Need.ATTEMPT_WRITE, says=_("la til et steg i en kontaktplan"))
def add_step(
    scope: Scope, followup_id: UUID, code: str, aim: datetime, reason: str, *, now: datetime
) -> Done:
    """Plan one more contact: a trial, an anniversary, attention in the media. `aim` is aware and ahead."""
    one = _active(scope, followup_id)
    if code not in ADDED:
        raise BadInput(gettext("Velg hva kontakten gjelder."), field="code")
    if aim <= now:
        raise BadInput(gettext("Kontakten må ligge i framtiden."), field="aim")
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor."), field="reason")
    _wants_contact(one, "code")
    window = Window(max(now, aim - 2 * DAY), aim, aim + 2 * DAY)
    step = pointing.add(scope, one, Added(code, window, Owner.CONTACT, "own-words"), own=reason, now=now)
    pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, about={"step": step.id, "code": code})


@action("followup.step.skipped", needs=Need.FOLLOWUP_ASSIGN, says=_("hoppet over et steg i en kontaktplan"))
def skip(scope: Scope, step_id: UUID, reason: str, *, now: datetime) -> Done:
    """Leave out a planned contact, with the reason. The last one cannot be left out without something instead."""
    one, step = open_step(scope, step_id)
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor steget hoppes over."), field="reason")
    if step.owner == Owner.LEADER:
        raise BadInput(gettext("Dette må lederen avgjøre. Det kan ikke hoppes over."), field="step")
    pointing.skip_one(scope, one, now, step, "left-out", own=reason)
    pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, about={"step": step.id, "code": step.code})


@action("followup.plan.paused", needs=Need.FOLLOWUP_ASSIGN, says=_("lot en kontaktplan hvile"))
def pause(scope: Scope, followup_id: UUID, until: datetime, reason: str, *, now: datetime) -> Done:
    """Let somebody's plan rest until a day, with the reason. On that day there is a step, so nobody is forgotten."""
    one = _active(scope, followup_id)
    _wants_contact(one, "until")
    if not now < until <= now + LONGEST_PAUSE:
        raise BadInput(gettext("En pause kan vare i inntil 180 dager."), field="until")
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor planen skal hvile."), field="reason")
    pointing.rest(scope, one, "pause", template_only=False)
    window = Window(until, until + DAY, until + 3 * DAY)
    pointing.add(scope, one, Added("after-pause", window, Owner.CONTACT, "pause-over"), own=reason, now=now)
    pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, about={"until": until})


@action("followup.step.settled", needs=Need.FOLLOWUP_ASSIGN, says=_("avgjorde det som ventet på lederen"))
def settle(
    scope: Scope, step_id: UUID, decision: str, *, now: datetime, contact_again: datetime | None = None
) -> Done:
    """Write what the leader decided about a step of theirs; `contact_again` plans a contact.

    Raises BadInput when nothing else is planned and no contact either: somebody would be without a next step.
    """
    one, step = open_step(scope, step_id)
    if step.owner != Owner.LEADER or step.code in SIGNED_ELSEWHERE:
        raise BadInput(gettext("Dette steget avgjøres på en annen måte."), field="step")
    if not decision.strip():
        raise BadInput(gettext("Skriv hva du har bestemt."), field="decision")
    if contact_again is not None:
        _wants_contact(one, "contact_again")
        if contact_again <= now:
            raise BadInput(gettext("Neste kontakt må ligge i framtiden."), field="contact_again")
    pointing.finish(scope, one, now, [step], "decided", own=decision)
    if contact_again is not None:
        window = Window(max(now, contact_again - DAY), contact_again, contact_again + 2 * DAY)
        pointing.add(scope, one, Added("ask-again", window, Owner.CONTACT, "leader-decided"), now=now)
    if queries.next_of(scope, one) is None:
        raise BadInput(
            gettext("Velg når personen skal kontaktes igjen, eller avslutt oppfølgingen."),
            field="contact_again",
        )
    pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, about={"step": step.id, "code": step.code})


def _active(scope: Scope, followup_id: UUID) -> Followup:
    one = queries.followup(scope, followup_id, lock=True)
    if one.state != ACTIVE:
        raise BadInput(gettext("Oppfølgingen er avsluttet."))
    return one


def _wants_contact(one: Followup, field: str) -> None:
    if one.stopped:
        raise BadInput(gettext("Personen vil ikke kontaktes."), field=field)


def open_step(scope: Scope, step_id: UUID) -> tuple[Followup, Step]:
    """Return an open step with its follow-up, locked. Raises BadInput, NotYours."""
    found = Step.objects.visible_to(scope).filter(id=step_id).values_list("followup", flat=True).first()
    if found is None:
        raise BadInput(gettext("Steget finnes ikke."), field="step")
    one = _active(scope, found)
    step = Step.objects.visible_to(scope).filter(id=step_id, state=OPEN).first()
    if step is None:
        raise BadInput(gettext("Steget er gjort av noen andre. Last siden på nytt."), field="step")
    return one, step

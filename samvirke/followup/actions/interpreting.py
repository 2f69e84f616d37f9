"""Interpreters, booked for one contact at a time. Nobody's contact waits for one."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import identity, queries
from samvirke.followup.actions.steps import open_step
from samvirke.followup.models import Step
from samvirke.followup.rules.interpreting import Kind
from samvirke.followup.rules.plan import DAY, Owner
from samvirke.kit.errors import BadInput

LONGEST = 200


@action("followup.interpreter.booked", needs=Need.ATTEMPT_WRITE, says=_("bestilte tolk til en kontakt"))
def book_interpreter(
    scope: Scope, step_id: UUID, kind: Kind, at: datetime, agency: str, *, now: datetime
) -> Done:
    """Write that a qualified interpreter is booked for a contact, in the person's language. A new one replaces the last.

    `agency`: who was asked, or their reference; sealed. Raises BadInput naming the field; NotYours.
    """
    one, step = open_step(scope, step_id)
    person = queries.person(scope, one.person_id)
    if step.owner == Owner.LEADER:
        raise BadInput(gettext("Dette avgjør lederen. Bestill tolk til en kontakt."), field="step")
    if not person.interpreter:
        raise BadInput(
            gettext("Personen står ikke med behov for tolk. Endre opplysningene først."), field="step"
        )
    if at <= now - DAY:
        raise BadInput(gettext("Tidspunktet er passert."), field="at")
    if len(agency) > LONGEST:
        raise BadInput(gettext("Teksten er for lang. Det er plass til 200 tegn."), field="agency")
    key = queries.key_of(scope, one.person_id, one.municipality_id, now)
    step.interpreter, step.interpreter_language, step.interpreter_at = kind.value, person.language, at
    step.interpreter_gone = False
    step.own_interpreter = identity.close_text(agency.strip(), key, "interpreter", step.id)
    step.save(
        update_fields=[
            "interpreter",
            "interpreter_language",
            "interpreter_at",
            "interpreter_gone",
            "own_interpreter",
        ]
    )
    return Done(one.municipality_id, one.id, about={"step": step.id, "kind": kind.value, "at": at})


@action(
    "followup.interpreter.gone",
    needs=Need.ATTEMPT_WRITE,
    says=_("skrev at tolken ikke kan komme til en kontakt"),
)
def interpreter_cannot_come(scope: Scope, step_id: UUID, *, now: datetime) -> Done:  # noqa: ARG001  (every act has it)
    """Write that the interpreter who was booked cannot come: the warning stands again. Raises BadInput, NotYours."""
    one, step = open_step(scope, step_id)
    changed = (
        Step.objects.visible_to(scope).filter(id=step.id, interpreter_gone=False).exclude(interpreter="")
    )
    if not changed.update(interpreter_gone=True):
        raise BadInput(gettext("Ingen tolk er bestilt til denne kontakten."), field="step")
    return Done(one.municipality_id, one.id, about={"step": step.id})

"""The death message is delivered: contact with a relative opens, and the plan counts from that moment."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import plans, queries
from samvirke.followup.actions import pointing
from samvirke.followup.actions.newcomers import DEATH_MESSAGE
from samvirke.followup.actions.wishing import follow_wish
from samvirke.followup.models import Followup, Step
from samvirke.followup.models.contact import ACTIVE, OPEN, PAUSED
from samvirke.kit.errors import BadInput


@action(
    "followup.message.delivered",
    needs=Need.FOLLOWUP_ASSIGN,
    says=_("skrev at politiet har levert dødsbudskapet"),
)
def message_delivered(scope: Scope, followup_id: UUID, told_by: str, *, now: datetime) -> Done:
    """Open contact with a relative: the police have confirmed that the message is delivered. The plan counts from now.

    Who was closed and came back meanwhile gets a whole plan, as at first. Of who is closed only the message is noted.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if not one.waits_for_message:
        raise BadInput(gettext("Dødsbudskapet er allerede levert."))
    if not told_by.strip():
        raise BadInput(gettext("Skriv hvem i politiet som har bekreftet det."), field="told_by")
    one.waits_for_message = False
    if one.state == ACTIVE:
        _begin(scope, one, told_by, now)
    else:
        one.version += 1
        one.save(update_fields=["waits_for_message", "version"])
    return Done(one.municipality_id, one.id, {"waits_for_message": (True, False)})


def _begin(scope: Scope, one: Followup, told_by: str, now: datetime) -> None:
    one.known_at = now
    mine = Step.objects.visible_to(scope).filter(followup=one.id)
    waiting = mine.filter(code=DEATH_MESSAGE, state=OPEN)
    pointing.finish(scope, one, now, list(waiting), "message-delivered", own=told_by)
    anew = {step.code: step for step in pointing.planned(one, plans.template_of(scope, one))}
    resting = list(mine.filter(state=PAUSED))
    for step in resting:
        step.state, step.settled_because = OPEN, ""
        if step.code in anew:
            due = anew[step.code]
            step.opens, step.aim, step.closes = due.opens, due.aim, due.closes
        step.save(update_fields=["state", "settled_because", "opens", "aim", "closes"])
    if not any(step.template for step in resting):
        last = dict(mine.values_list("code").annotate(Max("number")))
        for step in anew.values():
            step.number = last.get(step.code, 0) + 1
        Step.objects.bulk_create(anew.values())
        follow_wish(scope, one, now)
    pointing.point(scope, one, now)

"""Acts of an answer: by the link without login, or written down by hand afterwards."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents.callout import queries, rules
from samvirke.incidents.callout.actions.calling import follow_up
from samvirke.incidents.callout.rules import Answer, Because
from samvirke.incidents.models import Call, Callout
from samvirke.kit.errors import BadInput


@action("incidents.call.answered", needs=Need.CALL_OUT, says=_("svarte på et varsel til kriseteamet"))
def answer(
    scope: Scope, municipality: str, call_id: UUID, said: Answer, minutes: int | None, *, now: datetime
) -> Done:
    """Write down what somebody answered through their link; after a no, the next is called at once.

    An answer may be changed until the alert is over. Raises BadInput when it is.
    """
    row = queries.callout(scope, municipality, queries.call(scope, call_id).callout_id, lock=True)
    call = queries.call(scope, call_id)  # again, behind the lock
    if row.ended_at:
        raise BadInput(gettext("Varslingen er avsluttet."))
    before = call.answer
    _write(call, said, minutes, now)
    call.answered_how, call.entered_by = "link", None
    call.save()
    called, told = follow_up(scope, row, now)
    about = {"team_member": call.member_id, "called": called, "told": told}
    return Done(municipality, call.id, {"answer": (before, call.answer)}, about)


@action("incidents.call.entered", needs=Need.CALL_OUT, says=_("førte en oppringning til kriseteamet"))
def enter_by_hand(  # noqa: PLR0917  (what is written in the paper's row, from left to right)
    scope: Scope, municipality: str, callout: UUID, member: UUID, at: datetime, said: Answer, minutes: int | None,
    *, now: datetime,
) -> Done:  # fmt: skip
    """Write down a call that was made by phone: who, when, what they answered. Raises BadInput.

    Who was called by the alert already gets the answer there; anybody else gets a row of their own.
    """
    row = queries.callout(scope, municipality, callout, lock=True)
    there = queries.member(scope, municipality, member)
    if at > now:
        raise BadInput(gettext("Tidspunktet må være før nå."), field="at")
    if at < row.begun_at:
        raise BadInput(gettext("Tidspunktet må være etter at varslingen begynte."), field="at")
    call = next((one for one in queries.calls(scope, callout) if one.member_id == member), None)
    if call is None:
        call = Call(
            id=uuid4(), municipality_id=municipality, callout=row, member=there, function=there.function,
            because=Because.BY_HAND.value, called_at=at, due_at=at + timedelta(minutes=row.answer_within),
        )  # fmt: skip
    if at < call.called_at:
        raise BadInput(gettext("Tidspunktet må være etter at personen ble kalt ut."), field="at")
    before = call.answer
    _write(call, said, minutes, at)
    call.entered_by = scope.account
    call.answered_how = "by-hand" if said is not Answer.NONE else ""
    call.save(force_insert=call._state.adding)  # noqa: SLF001
    called, told = _go_on(scope, row, now)
    about = {"team_member": member, "called": called, "told": told}
    return Done(municipality, call.id, {"answer": (before, call.answer)}, about)


def _go_on(scope: Scope, row: Callout, now: datetime) -> tuple[int, int]:
    return (0, 0) if row.ended_at or row.on_paper else follow_up(scope, row, now)


def _write(call: Call, said: Answer, minutes: int | None, at: datetime) -> None:
    if minutes is not None and not 0 <= minutes <= rules.MOST_MINUTES:
        raise BadInput(gettext("Skriv et tall fra 0 til {n}.").format(n=rules.MOST_MINUTES), field="minutes")
    call.answer = said.value
    call.minutes = minutes if said is Answer.COMING else None
    call.answered_at = at if said is not Answer.NONE else None

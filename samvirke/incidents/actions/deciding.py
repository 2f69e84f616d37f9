"""Shall the team begin? Every answer is a row of its own; a no says why, and what was offered instead."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries, rules, seals, words
from samvirke.incidents.actions.logbook import add
from samvirke.incidents.models import Decision, Incident
from samvirke.incidents.rules import State
from samvirke.kit.errors import BadInput


@action("incidents.decision.made", needs=Need.INCIDENT_LEAD, says=_("avgjorde om teamet skal i gang"))
def decide(
    scope: Scope,
    incident_id: UUID,
    answer: str,
    *,
    now: datetime,
    criteria: Collection[str] = (),
    reason: str = "",
    offered: str = "",
) -> Done:
    """Answer whether the team shall begin. A "no" and a "partly" need a reason, a "no" also what was offered instead.

    After a no somebody may decide anew: a new row, the old one stays. Raises BadInput at its field.
    """
    event = queries.led(scope, incident_id)
    if State(event.state) not in {State.REPORTED, State.REFUSED}:
        raise BadInput(gettext("Det er allerede avgjort at teamet skal i gang."))
    _check(answer, reason, offered)
    return _write(scope, event, answer, criteria, reason, offered, now)


@action(
    "incidents.decision.second-opinion",
    needs=Need.INCIDENT_LEAD,
    says=_("vurderte et nei på nytt"),
)
def second_opinion(
    scope: Scope, decision_id: UUID, answer: str, *, now: datetime, reason: str = "", offered: str = ""
) -> Done:
    """Look anew at somebody else's no. A yes lets the team begin. Raises BadInput for the same person."""
    first = queries.decision(scope, decision_id)
    event = queries.led(scope, first.incident_id)
    if first.answer != "no" or event.state != State.REFUSED:
        raise BadInput(gettext("Det er ikke noe nei å vurdere på nytt."))
    if first.by == scope.account:
        raise BadInput(gettext("Du sa nei selv. En annen leder må gjøre den nye vurderingen."))
    if queries.has_second(scope, decision_id):
        raise BadInput(gettext("En annen leder har allerede vurdert dette på nytt."))
    _check(answer, reason, offered)
    return _write(scope, event, answer, first.criteria, reason, offered, now, second_of=first)


def _check(answer: str, reason: str, offered: str) -> None:
    if answer not in rules.ANSWERS:
        raise BadInput(gettext("Velg ja, delvis eller nei."), field="answer")
    if answer != "yes" and not reason.strip():
        raise BadInput(gettext("Skriv hvorfor."), field="reason")
    if answer == "no" and not offered.strip():
        raise BadInput(gettext("Skriv hva de fikk tilbud om i stedet."), field="offered")


def _write(  # noqa: PLR0917  (a decision's columns)
    scope: Scope,
    event: Incident,
    answer: str,
    criteria: Collection[str],
    reason: str,
    offered: str,
    now: datetime,
    *,
    second_of: Decision | None = None,
) -> Done:
    id_, before = uuid4(), event.state
    told = {"reason": reason.strip(), "offered": offered.strip()}
    Decision(
        id=id_, incident_id=event.id, municipality_id=event.municipality_id, answer=answer,
        criteria=sorted(set(criteria) & set(rules.CRITERIA)), sealed=seals.close(event.id, "decision", id_, told),
        second_of=second_of, by=scope.account, at=now,
    ).save(force_insert=True)  # fmt: skip
    event.state = rules.after_decision(answer).value
    event.version += 1
    event.save(update_fields=["state", "version"])
    text = gettext("Skal teamet i gang? {answer}. {reason}").format(
        answer=words.ANSWERED[answer], reason=reason
    )
    if second_of:
        text = gettext("Ny vurdering av en annen leder. {text}").format(text=text)
    add(scope, event.id, event.municipality_id, "decision", text.strip(), now, now)
    about = {"decision": id_, "answer": answer, "second_of": second_of.id if second_of else None}
    return Done(event.municipality_id, event.id, {"state": (before, event.state)}, about)

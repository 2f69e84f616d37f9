"""Who was told, what the police say, and what is learned afterwards."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries, rules, seals, words
from samvirke.incidents.actions.logbook import own_municipality
from samvirke.incidents.models import Informed, Lesson, Threat
from samvirke.kit.errors import BadInput
from samvirke.reference.queries import actor_keys


@action("incidents.actor.told", needs=Need.INCIDENT_LOG, says=_("skrev at noen er varslet om en hendelse"))
def tell(scope: Scope, incident_id: UUID, actor: str, how: str, whom: str, *, now: datetime) -> Done:
    """Write that a kind of actor was told, by whom and how, or why it is not needed. Raises BadInput at its field."""
    event, here = queries.incident(scope, incident_id), own_municipality(scope)
    if actor not in words.OWN_LEADERS and actor not in actor_keys():
        raise BadInput(gettext("Velg hvem som er varslet."), field="actor")
    if how not in rules.HOW:
        raise BadInput(gettext("Velg hvordan."), field="how")
    if not whom.strip():
        why = (
            gettext("Skriv hvorfor det ikke trengs.")
            if how == "not-needed"
            else gettext("Skriv hvem du snakket med.")
        )
        raise BadInput(why, field="whom")
    id_ = uuid4()
    Informed(
        id=id_, incident_id=event.id, municipality_id=here, actor=actor, how=how, by=scope.account, at=now,
        sealed=seals.close(event.id, "informed", id_, {"whom": whom.strip()}),
    ).save(force_insert=True)  # fmt: skip
    return Done(here, incident_id, about={"actor": actor, "how": how})


@action(
    "incidents.threat.written", needs=Need.INCIDENT_LEAD, says=_("skrev inn politiets vurdering av trusselen")
)
def assess(
    scope: Scope,
    incident_id: UUID,
    text: str,
    source: str,
    valid_until: datetime,
    *,
    approved: bool,
    now: datetime,
) -> Done:
    """Write down the police's assessment in words that they have approved for this system. The old one stays."""
    event, here = queries.incident(scope, incident_id), own_municipality(scope)
    if not approved:
        raise BadInput(
            gettext("Spør politiet om teksten kan stå her. Kryss av når de har sagt ja."), field="approved"
        )
    if not text.strip():
        raise BadInput(gettext("Skriv det politiet har godkjent."), field="text")
    if not source.strip():
        raise BadInput(gettext("Skriv hvem i politiet vurderingen kommer fra."), field="source")
    if valid_until <= now:
        raise BadInput(gettext("Velg et tidspunkt i framtiden."), field="valid_until")
    id_ = uuid4()
    told = {"text": text.strip(), "source": source.strip()}
    Threat(
        id=id_, incident_id=event.id, municipality_id=here, approved=True, valid_until=valid_until, by=scope.account,
        at=now, sealed=seals.close(event.id, "threat", id_, told),
    ).save(force_insert=True)  # fmt: skip
    return Done(here, incident_id, about={"threat": id_, "valid_until": valid_until})


@action("incidents.evaluation.answered", needs=Need.INCIDENT_LEAD, says=_("evaluerte en hendelse"))
def learn(
    scope: Scope,
    incident_id: UUID,
    question: str,
    text: str,
    *,
    now: datetime,
    to_do: str = "",
    owner: str = "",
    deadline: date | None = None,
) -> Done:
    """Answer a question of the evaluation; what is to be better has an owner and a deadline. Raises BadInput at its field."""
    event, here = queries.incident(scope, incident_id), own_municipality(scope)
    if question not in rules.QUESTIONS:
        raise BadInput(gettext("Velg et spørsmål."), field="question")
    if not text.strip():
        raise BadInput(gettext("Skriv et svar."), field="text")
    if to_do.strip() and not owner.strip():
        raise BadInput(gettext("Skriv hvem som har ansvaret."), field="owner")
    if to_do.strip() and deadline is None:
        raise BadInput(gettext("Skriv når det skal være gjort."), field="deadline")
    id_ = uuid4()
    told = {"text": text.strip(), "to_do": to_do.strip(), "owner": owner.strip()}
    Lesson(
        id=id_, incident_id=event.id, municipality_id=here, question=question, by=scope.account, at=now,
        deadline=deadline if to_do.strip() else None, sealed=seals.close(event.id, "lesson", id_, told),
    ).save(force_insert=True)  # fmt: skip
    return Done(here, incident_id, about={"lesson": id_, "question": question})


@action("incidents.evaluation.improved", needs=Need.INCIDENT_LEAD, says=_("skrev at en forbedring er gjort"))
def improved(scope: Scope, lesson_id: UUID, *, now: datetime) -> Done:
    """Say that what was to be better is done."""
    row = queries.lesson(scope, lesson_id)
    if row.done_at is not None or row.deadline is None:
        raise BadInput(gettext("Dette er allerede gjort."))
    row.done_at = now
    row.save(update_fields=["done_at"])
    return Done(row.municipality_id, row.incident_id, about={"lesson": lesson_id})

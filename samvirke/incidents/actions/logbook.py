"""The log: entries are only added. A correction and a "done" are new entries that point at what they are about."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries, seals
from samvirke.incidents.models import Entry
from samvirke.kit.errors import BadInput

WRITTEN = ("information", "decision", "task")


def add(  # noqa: PLR0917  (an entry's columns, in the order of a log line)
    scope: Scope,
    incident_id: UUID,
    municipality: str,
    kind: str,
    text: str,
    happened_at: datetime,
    now: datetime,
    *,
    owner: str = "",
    deadline: datetime | None = None,
    about: UUID | None = None,
) -> Entry:
    """Add an entry in the caller's act. No journal row of its own: the act that writes it has one."""
    number, id_ = queries.next_entry(scope, incident_id), uuid4()
    row = Entry(
        id=id_, incident_id=incident_id, municipality_id=municipality, number=number, kind=kind, about_id=about,
        sealed=seals.close(incident_id, "entry", id_, {"text": text, "owner": owner}), deadline=deadline,
        happened_at=happened_at, by=scope.account, at=now,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def own_municipality(scope: Scope) -> str:
    """Return the municipality that the asking person works for just now."""
    if scope.municipality is None:
        raise BadInput(gettext("Velg hvilken kommune du arbeider i."))
    return scope.municipality


@action("incidents.log.written", needs=Need.INCIDENT_LOG, says=_("skrev i loggen til en hendelse"))
def write(
    scope: Scope,
    incident_id: UUID,
    kind: str,
    text: str,
    *,
    now: datetime,
    happened_at: datetime | None = None,
    owner: str = "",
    deadline: datetime | None = None,
) -> Done:
    """Add an information, a decision or a task to the log, in the name of one's own municipality."""
    event, here = queries.incident(scope, incident_id), own_municipality(scope)
    if kind not in WRITTEN:
        raise BadInput(gettext("Velg hva du skal skrive."), field="kind")
    if not text.strip():
        raise BadInput(gettext("Skriv noe i loggen."), field="text")
    if kind == "task" and not owner.strip():
        raise BadInput(gettext("Skriv hvem som har oppgaven."), field="owner")
    if happened_at is not None and happened_at > now:
        raise BadInput(gettext("Tidspunktet kan ikke være i framtiden."), field="happened_at")
    told = {"owner": owner.strip(), "deadline": deadline} if kind == "task" else {}
    row = add(scope, event.id, here, kind, text.strip(), happened_at or now, now, **told)  # type: ignore[arg-type]
    return Done(here, incident_id, about={"entry": row.number, "kind": kind})


@action("incidents.log.corrected", needs=Need.INCIDENT_LOG, says=_("rettet noe i loggen til en hendelse"))
def correct(scope: Scope, entry_id: UUID, text: str, *, now: datetime) -> Done:
    """Correct an entry with a new one. What was written first stays."""
    row, here = queries.entry(scope, entry_id), own_municipality(scope)
    if not text.strip():
        raise BadInput(gettext("Skriv hva som er riktig."), field="text")
    fresh = add(scope, row.incident_id, here, "correction", text.strip(), now, now, about=row.id)
    return Done(here, row.incident_id, about={"entry": fresh.number, "corrects": row.number})


@action("incidents.task.done", needs=Need.INCIDENT_LOG, says=_("skrev at en oppgave er utført"))
def done(scope: Scope, entry_id: UUID, text: str, *, now: datetime) -> Done:
    """Say that a task is done. Raises BadInput when it is no task, or is done already."""
    row, here = queries.entry(scope, entry_id), own_municipality(scope)
    number = queries.next_entry(scope, row.incident_id)  # keeps others out before the look below
    if row.kind != "task":
        raise BadInput(gettext("Dette er ikke en oppgave."))
    if row.id not in {one.id for one in queries.open_tasks(scope, row.incident_id)}:
        raise BadInput(gettext("Oppgaven er allerede utført."))
    add(scope, row.incident_id, here, "done", text.strip() or gettext("Utført."), now, now, about=row.id)
    return Done(here, row.incident_id, about={"entry": number, "task": row.number})

"""Reporting an incident: what somebody tells in the night, on a phone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import keys
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries, seals, words
from samvirke.incidents.actions.logbook import add
from samvirke.incidents.models import Incident, Report
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO


@dataclass(frozen=True)
class Reported:
    """What was told. Numbers that nobody knows are None. `what` becomes the first entry of the log."""

    kind: str
    happened_at: datetime
    source: str
    reporter: str = ""
    phone: str = ""
    place: str = ""
    title: str = ""
    what: str = ""
    dead: int | None = None
    injured: int | None = None
    missing: int | None = None
    children: int | None = None
    danger: str = "unknown"
    exercise: bool = False


@dataclass(frozen=True)
class Opened(Done):
    """The incident that a report opened."""

    incident: UUID | None = None
    reference: str = ""


@action("incidents.incident.reported", needs=Need.INCIDENT_REPORT, says=_("meldte en hendelse"))
def report(scope: Scope, municipality: str, told: Reported, *, now: datetime) -> Opened:
    """Write down a report. The incident gets its reference and waits for the decision. Raises BadInput at its field."""
    scope.require_sight(municipality)
    _check(told, now)
    year = told.happened_at.astimezone(OSLO).year
    id_, reference = uuid4(), queries.next_reference(scope, municipality, year, exercise=told.exercise)
    title = told.title.strip() or str(words.KINDS[told.kind])
    Incident(
        id=id_, municipality_id=municipality, reference=reference, kind=told.kind, title=title, place=told.place.strip(),
        happened_at=told.happened_at, reported_at=now, exercise=told.exercise,
    ).save(force_insert=True)  # fmt: skip
    key = keys.municipality_key(scope, municipality, now)
    who = {"name": told.reporter.strip(), "phone": told.phone.strip()}
    Report(
        incident_id=id_, municipality_id=municipality, source=told.source, dead=told.dead, injured=told.injured,
        missing=told.missing, children=told.children, danger=told.danger, by=scope.account, at=now,
        sealed=seals.close_under(key, "report", id_, who),
    ).save(force_insert=True)  # fmt: skip
    first = gettext("Meldt av: {source}.").format(source=words.SOURCES[told.source])
    add(
        scope, id_, municipality, "information", f"{first} {told.what.strip()}".strip(), told.happened_at, now
    )
    about = {"reference": reference, "kind": told.kind, "exercise": told.exercise}
    return Opened(municipality, id_, about=about, incident=id_, reference=reference)


def _check(told: Reported, now: datetime) -> None:
    if told.kind not in words.KINDS:
        raise BadInput(gettext("Velg hva slags hendelse det er."), field="kind")
    if told.source not in words.SOURCES:
        raise BadInput(gettext("Velg hvem som melder."), field="source")
    if told.happened_at > now:
        raise BadInput(gettext("Hendelsen kan ikke være i framtiden. Rett tidspunktet."), field="happened_at")
    if told.kind == "exercise" and not told.exercise:
        raise BadInput(gettext("Kryss av for øvelse."), field="exercise")

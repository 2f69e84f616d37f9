"""Imports in words: what a file would change, row by row, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samvirke.access.scope import Scope
from samvirke.accounts.queries import people
from samvirke.catalogue import contents, differences, sheet_queries
from samvirke.catalogue.differences import Difference
from samvirke.catalogue.forms.sheets import column_name
from samvirke.catalogue.importing import stored
from samvirke.catalogue.importing.merging import blank
from samvirke.catalogue.models import ImportedRow, ImportRun, Service
from samvirke.catalogue.queries import as_input
from samvirke.catalogue.service_words import moment

FORMS = {"csv": "CSV", "xlsx": "Excel", "hsds": "HSDS"}
STATES = {"preview": "waiting", "working": "due", "done": "ok", "undone": "off"}


@dataclass(frozen=True)
class Shown:
    """One row of a preview. `changes`: what it changes; of a new service all that it tells."""

    row: ImportedRow
    url: str
    changes: tuple[Difference, ...]
    problems: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    asked: str


@dataclass(frozen=True)
class Listed:
    """One import in the list."""

    run: ImportRun
    url: str
    when: str
    who: str
    tag: str
    state: str
    said: str


def listed(scope: Scope, municipality: str) -> list[Listed]:
    """Return a municipality's imports, the newest first."""
    runs = sheet_queries.runs(scope, municipality)
    counts = sheet_queries.outcomes(scope, [run.id for run in runs])
    known = people([run.account for run in runs if run.account])
    return [
        Listed(
            run,
            reverse("catalogue-import", args=[municipality, run.id]),
            moment(run.at),
            known[run.account].name if run.account in known else _("Systemet"),
            STATES[run.state],
            state_name(run),
            said(counts.get(run.id, {})) if run.state in ("done", "undone") else "",
        )
        for run in runs
    ]


def state_name(run: ImportRun) -> str:
    """Say where an import stands."""
    return {
        "preview": _("Ikke startet"),
        "working": _("Pågår"),
        "done": _("Ferdig"),
        "undone": _("Angret"),
    }[run.state]


def said(counts: Mapping[str, int]) -> str:
    """Say what became of the rows: "3 nye, 2 endret, 1 hoppet over"."""
    words = {
        "created": ngettext("%(n)s ny", "%(n)s nye", counts.get("created", 0)),
        "changed": _("%(n)s endret"),
        "confirmed": _("%(n)s bekreftet"),
        "drafted": _("%(n)s som utkast"),
        "left": _("%(n)s hoppet over"),
    }
    return ", ".join(text % {"n": counts[name]} for name, text in words.items() if counts.get(name))


def picked(counts: Mapping[str, int]) -> str:
    """Say which rows are to come along: "Valgt: 3 nye, 1 som endres."."""
    found = [
        text % {"n": counts[state]}
        for state, text in (
            ("new", ngettext("%(n)s ny", "%(n)s nye", counts.get("new", 0))),
            ("changed", ngettext("%(n)s som endres", "%(n)s som endres", counts.get("changed", 0))),
        )
        if counts.get(state)
    ]
    return _("Valgt: %(what)s.") % {"what": ", ".join(found)} if found else _("Ingen rader er valgt.")


def tabs(counts: Mapping[str, int], missing: int, current: str) -> list[dict[str, object]]:
    """Return a tab for each sort of row that there is."""
    names = {
        "new": (_("Nye"), counts.get("new", 0)),
        "changed": (_("Endres"), counts.get("changed", 0)),
        "kindless": (_("Mangler type"), counts.get("kindless", 0)),
        "rejected": (_("Kan ikke importeres"), counts.get("rejected", 0)),
        "same": (_("Uendret"), counts.get("same", 0)),
        "missing": (_("Ikke i filen"), missing),
    }
    return [
        {"name": name, "url": f"?vis={state}", "count": count, "current": state == current}
        for state, (name, count) in names.items()
        if count or state == current
    ]


def rows(scope: Scope, municipality: str, found: Sequence[ImportedRow], language: str) -> list[Shown]:
    """Return rows as a person sees them, against the services as they are now."""
    ids = [row.service for row in found if row.service]
    services = sheet_queries.services_by_id(scope, municipality, ids)
    return [_shown(municipality, row, services, language) for row in found]


def _shown(municipality: str, row: ImportedRow, services: Mapping[UUID, Service], language: str) -> Shown:
    service = services.get(row.service) if row.service else None
    content = row.content or {}
    told = stored.from_json(content["row"]) if "row" in content else None
    changes: list[Difference] = []
    if "after" in content:
        after = contents.from_json(content["after"])
        before = as_input(service) if service else blank(after.language)
        changes = differences.differences(before, after, language)
    return Shown(
        row,
        reverse("catalogue-service", args=[municipality, service.id]) if service else "",
        tuple(changes),
        tuple((column_name(field), text) for field, text in row.problems),
        tuple(_remarks(row, service, told.remarks if told else ()))
        + _about(told.draft if told else False, told.assured if told else ""),
        told.asked or "" if told and row.state == "kindless" else "",
    )


def _remarks(row: ImportedRow, service: Service | None, remarks: Sequence[str]) -> list[str]:
    found = list(remarks)
    if service and row.state in ("new", "changed", "same"):
        if service.version != row.base_version:
            found.append(
                _(
                    "Noen har endret tjenesten etter at filen ble lastet opp. Derfor endrer ikke importen tjenesten."
                )
            )
        elif service.state == "withdrawn":
            found.append(_("Tjenesten er trukket tilbake. Velger du raden, tar du tjenesten i bruk igjen."))
    return found


def _about(draft: bool, assured: str) -> tuple[str, ...]:
    return tuple(
        filter(
            None,
            (
                _("Filen sier at tjenesten ikke er i bruk. Derfor blir tjenesten et utkast.")
                if draft
                else "",
                _("Sist kontrollert i kilden: {day}.").format(day=assured) if assured else "",
            ),
        )
    )

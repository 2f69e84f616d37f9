"""Affected people from a list: CSV or XLSX."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.access.scope import opened, system_scope
from samvirke.catalogue.importing.files import load
from samvirke.followup.actions.importing import import_list, judged
from samvirke.followup.importing import queries, reading, template
from samvirke.followup.importing.alike import Match
from samvirke.followup.importing.columns import PARTS, SOURCES
from samvirke.followup.importing.reading import Defaults, Sheet
from samvirke.followup.rules.people import Source
from samvirke.kit.errors import BadInput
from samvirke.reference.queries import municipalities
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Les inn en liste over rammede (CSV eller XLSX) til en hendelse, eller skriv en tom mal."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FIL")
        parser.add_argument(
            "--incident", metavar="REF", help="Hendelsens referanse, for eksempel 3101-2026-01"
        )
        parser.add_argument(
            "--municipality", metavar="KODE", help="Kommunen som får ansvaret; ellers den som leder"
        )
        parser.add_argument("--role", default="", metavar="ROLLE", help="Rollen der filen ikke har noen")
        parser.add_argument("--source", default="", metavar="KILDE", help="Hvem listen kommer fra")
        parser.add_argument("--dry-run", action="store_true", help="Prøv, men skriv ingenting")
        parser.add_argument("--template", metavar="FIL", help="Skriv en tom mal (.xlsx eller .csv)")

    def act(self, **options: Any) -> Any:
        if options["template"]:
            template.write(Path(options["template"]))
            return {"template": options["template"]}
        if not options["file"] or not options["incident"]:
            raise BadInput("Skriv filen og --incident REF, eller --template FIL for en tom mal.")
        file, now = load(Path(options["file"])), timezone.now()
        incident, code = self.incident(options["incident"], options["municipality"])
        sheet = reading.read(file, self.defaults(options), now)
        scope = system_scope("import-affected", code)
        if options["dry_run"]:
            with opened(scope):
                waiting = judged(scope, code, sheet.people, now)
            return counts(sheet, len(sheet.people) - len(waiting), waiting, {})
        done = import_list(scope, incident, code, sheet, now=now)
        return counts(sheet, done.created, done.waiting, done.people) | {"elsewhere": done.elsewhere}

    def incident(self, reference: str, municipality: str | None) -> tuple[UUID, str]:
        """Return the incident and the municipality that gets the people."""
        with opened(system_scope("import-affected")) as scope:
            event = queries.incident_named(scope, reference)
            if event is None:
                raise BadInput("Ingen hendelse har denne referansen.", field="--incident")
            code = municipality or event.municipality_id
            if code not in queries.takes_part(scope, event, timezone.now()):
                raise BadInput("Kommunen er ikke med i hendelsen.", field="--municipality")
        return event.id, code

    def defaults(self, options: Mapping[str, Any]) -> Defaults:
        """Return what counts where the file says nothing."""
        part, source = (options[name].strip().casefold() for name in ("role", "source"))
        if part and part not in PARTS:
            raise BadInput("Rollen er ukjent. Skriv for eksempel vitne.", field="--role")
        if source and source not in SOURCES:
            raise BadInput("Kilden er ukjent. Skriv for eksempel politiet.", field="--source")
        homes = {one.name.casefold(): one.code for one in municipalities()}
        return Defaults(PARTS.get(part), SOURCES.get(source, Source.MUNICIPALITY), homes)

    def finding(self, result: Any) -> bool:
        return bool(result.get("rejected") or result.get("duplicates"))

    def show(self, result: Any) -> None:
        if "template" in result:
            self.stdout.write(f"Malen er skrevet til {result['template']}.")
            return
        for one in result["rejected"]:
            self.stdout.write(f"rad {one['row']}, {one['field']}: {one['error']}")
        for one in result["duplicates"]:
            like = f"rad {one['like_row']}" if "like_row" in one else f"person {one['candidate']}"
            self.stdout.write(f"rad {one['row']}: kan være {like} ({one['score']:.2f})")
        for name in result["ignored"]:
            self.stdout.write(f"Kolonnen «{name}» er ikke lest.")
        for place, rows in result.get("elsewhere", {}).items():
            self.stdout.write(
                f"Kommune {place} kan ha samme person som rad {', '.join(map(str, rows))}. Ring kommunen."
            )
        self.stdout.write(
            f"{result['read']} lest, {result['created']} registrert, {len(result['duplicates'])} venter på svar, "
            f"{len({one['row'] for one in result['rejected']})} rader avvist."
        )


def counts(
    sheet: Sheet, created: int, waiting: Mapping[int, Match], people: Mapping[int, UUID]
) -> dict[str, Any]:
    """Return what the command prints. `candidate`: who a row may be; `like_row` when it stands in the same list."""
    return {
        "read": sheet.read,
        "created": created,
        "duplicates": [
            {
                "row": row,
                "candidate": str(found) if (found := candidate(match, waiting, people)) else None,
                "score": round(match.likeness, 3),
                **({"like_row": match.row} if match.row else {}),
            }
            for row, match in sorted(waiting.items())
        ],
        "rejected": [one.said() for one in sheet.rejected],
        "ignored": list(sheet.unread),
    }


def candidate(match: Match, waiting: Mapping[int, Match], people: Mapping[int, UUID]) -> UUID | None:
    """Return who a row may be: somebody registered, or what the row further up became or may be itself."""
    if match.person or match.row is None:
        return match.person
    if match.row in waiting:
        return candidate(waiting[match.row], waiting, people)
    return people.get(match.row)

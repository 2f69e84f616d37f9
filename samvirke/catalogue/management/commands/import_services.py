"""Services from CSV, XLSX or HSDS JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.access.scope import opened, system_scope
from samvirke.catalogue import actions, importing, queries
from samvirke.catalogue.actions.bulk import counts
from samvirke.catalogue.exporting import template
from samvirke.catalogue.sheet_queries import import_facts
from samvirke.kit.errors import BadInput
from samvirke.kit.garbage import without_collection
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Importer tjenester fra CSV, XLSX eller HSDS JSON, eller skriv en tom mal."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FIL")
        parser.add_argument("--municipality", metavar="KODE", help="Kommunen som tjenestene hører til")
        parser.add_argument("--dry-run", action="store_true", help="Prøv, men skriv ingenting")
        parser.add_argument("--template", metavar="FIL", help="Skriv en tom mal (.xlsx eller .csv)")
        parser.add_argument(
            "--confirmed-by",
            default="",
            metavar="HVEM",
            help="Rollen eller enheten som bekrefter alt i filen. Uten: tjenestene blir utkast",
        )

    def act(self, **options: Any) -> Any:
        if options["template"]:
            template.write(Path(options["template"]), queries.kind_names())
            return {"template": options["template"]}
        if not options["file"] or not options["municipality"]:
            raise BadInput("Skriv filen og --municipality KODE, eller --template FIL for en tom mal.")
        if options["confirmed_by"].strip() == "" and options["confirmed_by"]:
            raise BadInput("Skriv hvem som bekrefter: en rolle eller en enhet.", field="--confirmed-by")
        with without_collection():
            return self.read_in(
                Path(options["file"]), options["municipality"], options["confirmed_by"], options
            )

    def read_in(self, path: Path, code: str, by: str, options: Mapping[str, Any]) -> Any:
        """Read a file into a municipality, or only try."""
        now, file = timezone.now(), importing.load(path)
        with opened(system_scope("import-services", code)) as scope:
            facts = import_facts(code, now, scope)
        sheet = importing.read(file, facts)
        if options["dry_run"]:
            done = actions.try_rows(scope, code, sheet.rows, now=now, confirmed_by=by)
        else:
            done = actions.import_rows(scope, code, sheet.rows, now=now, confirmed_by=by, file=file)
        return counts(done, sheet.read, sheet.rejected)

    def finding(self, result: Any) -> bool:
        return bool(result.get("rejected"))

    def show(self, result: Any) -> None:
        if "template" in result:
            self.stdout.write(f"Malen er skrevet til {result['template']}.")
            return
        for one in result["rejected"]:
            self.stdout.write(f"rad {one['row']}, {one['field']}: {one['error']}")
        self.stdout.write(
            f"{result['read']} lest, {result['created']} nye, {result['updated']} oppdatert, "
            f"{len({one['row'] for one in result['rejected']})} rader avvist."
        )

"""Reminders of what is to be confirmed, as the worker's sweep finds them, now or as of another moment."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.access.queries import is_demonstration
from samvirke.access.scope import NATIONAL
from samvirke.catalogue import reminding
from samvirke.catalogue.verifying import Round
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Send påminnelser om opplysninger som skal bekreftes. Arbeideren gjør det av seg selv."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", metavar="TID", default="", help="Se etter som om det var da (ISO 8601)")
        parser.add_argument("--dry-run", action="store_true", help="Tell bare opp, send ingenting")

    def act(self, **options: Any) -> Any:
        now = timezone.now()
        seen = _moment(options["at"]) if options["at"] else now
        if seen > now and not options["dry_run"] and not is_demonstration():
            raise BadInput("Påminnelser sendes ikke på forhånd. Legg til --dry-run.", field="--at")
        done = reminding.remind(now, as_of=seen, dry_run=options["dry_run"])
        return {
            "at": seen.isoformat(),
            "dry_run": options["dry_run"],
            "municipalities": done.municipalities,
            "letters": {round_.value: done.letters[round_] for round_ in Round},
            "pieces": done.pieces,
            "unreached": [code or NATIONAL for code in done.unreached],
        }

    def show(self, result: Any) -> None:
        letters = result["letters"]
        self.stdout.write(
            f"E-poster: {sum(letters.values())} ({letters['soon']} før fristen, {letters['due']} på fristen, "
            f"{letters['late']} til godkjenner). Kommuner: {result['municipalities']}. "
            f"Opplysninger: {result['pieces']}."
        )
        if result["unreached"]:
            self.stdout.write(f"Ingen å minne på i: {', '.join(result['unreached'])}")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"«{text}» er ikke et tidspunkt. Skriv for eksempel 2027-02-18.", field="--at"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=OSLO)

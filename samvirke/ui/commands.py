"""The base of every command: --json, progress on a terminal, exit codes 0 / 1 / 2."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO

Item = TypeVar("Item")


def oslo(text: str) -> datetime:
    """Return a moment from ISO 8601; without an offset it is Norwegian time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"«{text}» er ikke et tidspunkt. Skriv for eksempel 2026-05-17T12:00.", field="--at"
        ) from error
    return moment.replace(tzinfo=OSLO) if moment.tzinfo is None else moment.astimezone(OSLO)


class Command(BaseCommand):
    """A command of `samvirke`. Subclasses write `arguments`, `act` and, if people read it, `show`.

    `act` returns what --json prints. `finding` says whether that is something to act on (exit code 1).
    """

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Skriv resultatet som JSON")
        self.arguments(parser)

    def arguments(self, parser: CommandParser) -> None:
        """Add the command's own arguments."""

    def act(self, **options: Any) -> Any:
        """Do the work and return something that json can write."""
        raise NotImplementedError

    def show(self, result: Any) -> None:
        """Write the result for a person."""
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))

    def finding(self, result: Any) -> bool:  # noqa: ARG002
        """Say whether the result is something that must be acted on."""
        return False

    def handle(self, *_args: Any, **options: Any) -> None:
        self.quiet = options["json"]
        try:
            result = self.act(**options)
        except BadInput as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.show(result)
        if self.finding(result):
            raise SystemExit(1)

    def progress(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        """Go through `items`, with a progress bar when a person watches."""
        console = Console(stderr=True)
        return iter(track(items, what, total, console=console, disable=self.quiet or not console.is_terminal))

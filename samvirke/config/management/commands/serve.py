"""Serve everything on one port. The entry point `samvirke serve` takes a shorter way to the same function."""

from typing import Any

from django.core.management.base import CommandParser

from samvirke.config import serve
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Start alt: nettsider, database, jobber. Stopp med Ctrl-C."

    def arguments(self, parser: CommandParser) -> None:
        serve.add_arguments(parser)

    def act(self, **options: Any) -> Any:
        serve.serve(options["host"], options["port"], self.stdout.write)
        return {"stopped": True}

    def show(self, result: Any) -> None:
        """Say nothing more: all is said while it runs."""

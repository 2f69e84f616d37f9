"""Checks the hash chain over the journal and the access log."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from samvirke.access import chain
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Kontroller at ingen har endret eller fjernet rader i loggene: samvirke access-log verify"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"], metavar="verify", help="Kontroller kjeden")

    def act(self, **_options: Any) -> Any:
        return asdict(chain.verify(settings.ANCHORS))

    def finding(self, result: Any) -> bool:
        return bool(result["broken"])

    def show(self, result: Any) -> None:
        for one in result["broken"]:
            self.stdout.write(one)
        self.stdout.write(
            f"{result['entries']} rader, {result['unsealed']} ikke forseglet ennå, "
            f"{result['erased']} med slettet innhold, {len(result['broken'])} brudd."
        )

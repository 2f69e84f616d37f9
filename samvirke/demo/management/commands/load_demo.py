"""The demonstration: an invented municipality with some 40 services."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.demo.actions import load_demo
from samvirke.demo.drill import SIZE, load_drill
from samvirke.demo.team import load_team
from samvirke.kit.errors import BadInput
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Lag den oppdiktede kommunen Eksempel (9999). Det noen har endret, blir stående."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=int, default=SIZE, metavar="N", help="Antall oppdiktede personer i øvelsen"
        )

    def act(self, **options: Any) -> Any:
        now, people = timezone.now(), options["people"]
        if not 10 <= people <= 2000:
            raise BadInput("Skriv et tall fra 10 til 2000.", field="--people")
        return {**asdict(load_demo(now)), "people": load_drill(now, people), "team": load_team(now)}

    def show(self, result: Any) -> None:
        self.stdout.write(
            f"Eksempel kommune: {result['created']} nye tjenester, {result['there']} fra før, "
            f"{result['updated']} oppdatert."
        )
        if result["personas"]:
            self.stdout.write(
                f"{result['personas']} oppdiktede personer kan velges på {settings.STAFF_URL}/arbeid/"
            )

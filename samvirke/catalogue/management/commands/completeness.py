"""How much of what the letter of 30.06.2022 asks for the municipalities' pages tell."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.catalogue import queries
from samvirke.kit.errors import BadInput
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Vis hvor mye av det brevet ber om, som kommunens side forteller."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", metavar="KODE", help="Kommunenummer. Uten: alle kommunene")

    def act(self, **options: Any) -> Any:
        code = options["municipality"]
        found = queries.completeness(None if code is None else [code], timezone.now())
        if code is not None and code not in found:
            raise BadInput(f"Kommune {code} finnes ikke.", field="--municipality")
        return [
            {
                "municipality": key,
                "score": round(result.score, 4),
                "items": [
                    {"rule": item.rule, "service": item.service, "state": item.state, "actor": item.kind}
                    for item in result.items
                ],
            }
            for key, result in found.items()
        ]

    def show(self, result: Any) -> None:
        for one in result:
            lacking = sum(item["state"] in ("missing", "overdue") for item in one["items"])
            self.stdout.write(
                f"{one['municipality']}  {one['score']:6.1%}  {lacking} mangler eller må sjekkes på nytt"
            )

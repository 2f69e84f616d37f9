"""`samvirke search`: what a resident who types these words on Finn hjelp gets."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.publishing.finder import find
from samvirke.ui.commands import Command as Base
from samvirke.ui.commands import oslo


class Command(Base):
    help = "Vis hva en innbygger som skriver dette på Finn hjelp, får til svar."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="+", metavar="ORD")
        parser.add_argument("--municipality", required=True, metavar="NUMMER")
        parser.add_argument("--lang", choices=["nb", "nn", "en"], help="Uten dette: kommunens eget språk")
        parser.add_argument(
            "--at", metavar="TID", help="Slik det er på dette tidspunktet, f.eks. 2026-12-24T19:00"
        )

    def act(self, **options: Any) -> Any:
        moment = oslo(options["at"]) if options["at"] else timezone.localtime()
        hits = find(" ".join(options["words"]), options["municipality"], options["lang"], moment)
        return [
            {"title": hit.title, "actor": hit.actor, "kind": hit.kind, "score": hit.score} for hit in hits
        ]

    def show(self, result: Any) -> None:
        for hit in result:
            self.stdout.write(f"{hit['score']:7.2f}  {hit['title']}  ({hit['kind']})")

"""samvirke load-reference: make the reference tables equal to the project's data files."""

from typing import Any

from samvirke.reference.actions import load_reference
from samvirke.ui.commands import Command as Base

NAMES = {
    "governors": "statsforvaltere",
    "health_regions": "helseregioner",
    "health_trusts": "helseforetak",
    "rvts": "RVTS",
    "counties": "fylker",
    "municipalities": "kommuner",
    "oslo_districts": "bydeler i Oslo",
    "postal_codes": "postnummer",
    "helplines": "hjelpelinjer",
    "actors": "aktører",
}


class Command(Base):
    help = "Laster fylker, kommuner, postnummer, hjelpelinjer og aktører. Kan kjøres så ofte du vil."

    def act(self, **_options: Any) -> Any:
        loaded = load_reference()
        self.changed = loaded.changed
        return loaded.counts

    def show(self, result: Any) -> None:
        for key, count in result.items():
            self.stdout.write(f"{count:>6} {NAMES[key]}")
        self.stdout.write(f"{self.changed} rader er skrevet." if self.changed else "Alt var oppdatert.")

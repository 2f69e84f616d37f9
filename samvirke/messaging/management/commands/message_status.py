"""How messages fare in the whole installation, for whoever runs it: numbers and reasons, nobody's address."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from samvirke.access.scope import opened, system_scope
from samvirke.messaging import queries, words
from samvirke.messaging.rules import Reason, State
from samvirke.ui.commands import Command as Base

TOO_LONG = timedelta(hours=1)


class Command(Base):
    help = "Vis hvor mange meldinger som er sendt, venter eller må sees på."

    def act(self, **_options: Any) -> Any:
        with opened(system_scope("viser hvordan det går med meldingene")) as scope:
            found = queries.health(scope)
        late = found.waiting_since is not None and timezone.now() - found.waiting_since > TOO_LONG
        return {
            "states": found.states,
            "reasons": found.reasons,
            "waiting_since": found.waiting_since.isoformat() if found.waiting_since else None,
            "late": late,
        }

    def show(self, result: Any) -> None:
        for state, number in result["states"].items():
            self.stdout.write(f"{words.STATES[State(state)]}: {number}")
        for reason, number in result["reasons"].items():
            self.stdout.write(f"  {number}: {words.REASONS[Reason(reason)]}")
        if result["late"]:
            self.stdout.write("Noen meldinger har ventet i mer enn en time.")

    def finding(self, result: Any) -> bool:
        return result["late"] or State.UNSURE.value in result["states"]

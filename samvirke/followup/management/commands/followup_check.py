"""Is anybody lost? The promise, counted over the whole database."""

from typing import Any

from django.utils import timezone

from samvirke.followup import figures
from samvirke.kit.errors import BadInput
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Kontroller at ingen er falt ut: alle har kommune, kontaktperson eller plass i køen, og et neste steg."

    def act(self, **_options: Any) -> Any:
        if not figures.sees_everybody():
            raise BadInput("Kommandoen må kjøre som eier av databasen. Ellers ser den ikke alle radene.")
        return {**figures.counts(timezone.now()), "violations": figures.lost()}

    def finding(self, result: Any) -> bool:
        return bool(result["violations"])

    def show(self, result: Any) -> None:
        for one in result["violations"]:
            self.stdout.write(" ".join(one.values()))
        self.stdout.write(
            f"{result['active']} følges opp, {result['overdue']} over fristen, {result['unassigned']} uten "
            f"kontaktperson, {result['tips']} henvendelser venter, {len(result['violations'])} brudd på løftet."
        )

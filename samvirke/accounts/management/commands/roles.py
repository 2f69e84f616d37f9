"""The table of roles as a document: docs/roller.md."""

from typing import Any

from samvirke.accounts.tables import roles_document
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Skriv hva hver rolle kan gjøre. docs/roller.md er laget slik."

    def act(self, **_options: Any) -> Any:
        return {"document": roles_document()}

    def show(self, result: Any) -> None:
        self.stdout.write(result["document"], ending="")

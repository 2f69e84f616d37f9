"""One e-mail to see whether the mail server is set up right."""

from typing import Any
from uuid import uuid4

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from samvirke.kit.errors import BadInput
from samvirke.messaging import direct, texts, words
from samvirke.messaging.queries import may_leave_the_house
from samvirke.messaging.rules import Kind
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Send en e-post for å prøve oppsettet. En demonstrasjon sender ingenting."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, metavar="EMAIL", help="Adressen som skal få e-posten")

    def act(self, **options: Any) -> Any:
        if texts.email(options["to"]) is None:
            raise BadInput("Skriv en gyldig e-postadresse.", field="--to")
        if not may_leave_the_house():
            return {"sent": False, "demonstration": True, "reason": "", "id": None}
        id_ = uuid4()
        outcome = direct.email(
            id_,
            options["to"],
            gettext("Prøve fra Samvirke"),
            gettext(
                "Hei!\n\nDenne e-posten viser at Samvirke kan sende e-post. Æ, ø og å skal se riktige ut.\n"
            ),
            timezone.now(),
        )
        return {
            "sent": outcome.kind is Kind.SENT,
            "demonstration": False,
            "reason": outcome.reason.value,
            "id": str(id_),
        }

    def show(self, result: Any) -> None:
        if result["demonstration"]:
            self.stdout.write("Dette er en demonstrasjon. Den sender ingenting.")
        elif result["sent"]:
            self.stdout.write(f"E-posten er overlevert. Message-ID begynner med {result['id']}.")
        else:
            self.stdout.write(f"E-posten ble ikke sendt. {words.REASONS[result['reason']]}")

    def finding(self, result: Any) -> bool:
        return not result["sent"]

"""The first administrator of a municipality, or the first operator: prints the link of an invitation."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.utils import timezone

from samvirke.access.permissions import Role
from samvirke.access.scope import opened, system_scope
from samvirke.accounts import letters, queries
from samvirke.accounts.actions.invitations import invite
from samvirke.accounts.rules import Held
from samvirke.kit.errors import BadInput
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = (
        "Inviter den første administratoren i en kommune (--municipality) eller den første driftsansvarlige."
    )

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="E-postadressen")
        parser.add_argument("--name", required=True, help="Navnet")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--municipality", help="Kommunenummeret, fire sifre")
        where.add_argument(
            "--operator", action="store_true", help="Driftsansvarlig, uten innsyn i noen kommune"
        )

    def act(self, **options: Any) -> Any:
        code = options["municipality"]
        if code and queries.town(code) is None:
            raise BadInput(f"Det er ingen kommune med nummer {code}.", field="--municipality")
        offer = Held(Role.ADMINISTRATOR, municipality=code) if code else Held(Role.OPERATOR)
        return invited(offer, options["email"], options["name"])

    def show(self, result: Any) -> None:
        self.stdout.write(f"{result['name']} er invitert. Lenken virker én gang, til {result['until']}:")
        self.stdout.write(result["link"])


def invited(offer: Held, email: str, name: str) -> dict[str, str]:
    """Invite somebody as the system, and return the link."""
    now = timezone.now()
    scope = system_scope("invitert fra kommandolinjen")
    with opened(scope):
        made = queries.invitation(scope, UUID(str(invite(scope, offer, email, name, now=now).target)))
    if made is None:
        raise RuntimeError("An invitation was made and is not there")
    link = letters.address("accounts-invitation", token=queries.link_token(made))
    return {"name": made.name, "email": made.email, "link": link, "until": letters.day(made.expires_at)}

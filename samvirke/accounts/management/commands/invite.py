"""Invitations to the roles that stand above municipalities; those in municipalities are given there."""

from argparse import ArgumentParser
from typing import Any

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.accounts import queries
from samvirke.accounts.management.commands.create_administrator import Command as Base
from samvirke.accounts.management.commands.create_administrator import invited
from samvirke.accounts.rules import Held
from samvirke.kit.errors import BadInput

ABOVE = [role.value for role, facts in ROLES.items() if facts.level is not Level.MUNICIPALITY]


class Command(Base):
    help = "Inviter en statsforvalter (--county), en rådgiver i RVTS (--region) eller en i Helsedirektoratet."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="E-postadressen")
        parser.add_argument("--name", required=True, help="Navnet")
        parser.add_argument("--role", required=True, choices=ABOVE, help="Rollen")
        parser.add_argument("--county", default="", help="Fylkesnummeret, to sifre")
        parser.add_argument("--region", default="", help="RVTS, for eksempel rvts-ost")

    def act(self, **options: Any) -> Any:
        role = Role(options["role"])
        level, county, region = ROLES[role].level, options["county"], options["region"]
        if (level is Level.COUNTY) != bool(county) or (county and not queries.is_county(county)):
            raise BadInput("Skriv fylket for en statsforvalter, og bare da: to sifre.", field="--county")
        if (level is Level.REGION) != bool(region) or (region and not queries.is_region(region)):
            raise BadInput("Skriv RVTS for en rådgiver, og bare da, for eksempel rvts-ost.", field="--region")
        return invited(
            Held(role, county=county or None, region=region or None), options["email"], options["name"]
        )

"""The invented people one can be in a demonstration, and when one may: all of the conditions, every time."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samvirke.access.permissions import Role
from samvirke.access.queries import is_demonstration
from samvirke.access.scope import Scope
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import queries
from samvirke.accounts.actions.personas import make_persona
from samvirke.accounts.models import Account

EXAMPLE = "9999"
HOSTS = {"localhost", "127.0.0.1"}
SIGNS_OF_A_PROXY = (
    "Forwarded", "Via", "X-Real-Ip", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip", "Cf-Ray", "Cdn-Loop",
    "X-Original-Host", "X-Original-Forwarded-For",
)  # fmt: skip


@dataclass(frozen=True)
class Persona:
    """One invented person. The key stands in their address and in the form."""

    role: Role
    name: str

    @property
    def key(self) -> str:
        return self.role.value

    @property
    def email(self) -> str:
        return f"{self.key}@eksempel.example"

    @property
    def title(self) -> str:
        """Return the role's name in the reader's language."""
        return str(ROLE_NAMES[self.role])


PERSONAS: Sequence[Persona] = (
    Persona(Role.TEAM_LEADER, "Liv Tangen"),
    Persona(Role.CONTACT_PERSON, "Karim Solli"),
    Persona(Role.REGISTRAR, "Ragna Vold"),
    Persona(Role.EDITOR, "Eirin Fjell"),
    Persona(Role.APPROVER, "Gaute Myhre"),
    Persona(Role.ADMINISTRATOR, "Amina Bakke"),
    Persona(Role.HEALTH_PROFESSIONAL, "Hanna Lie"),
    Persona(Role.REVIEWER, "Roar Nes"),
    Persona(Role.PRIVACY_OFFICER, "Pia Hauge"),
    Persona(Role.GOVERNOR, "Stein Aune"),
    Persona(Role.DIRECTORATE, "Dag Ruud"),
    Persona(Role.RVTS_ADVISER, "Randi Eide"),
    Persona(Role.OPERATOR, "Oskar Lien"),
)


def move_in(scope: Scope, now: datetime) -> int:
    """Make the personas that are not there, in a demonstration and nowhere else; return how many were made."""
    if not is_demonstration():
        return 0
    made = [make_persona(scope, EXAMPLE, one.role, one.email, one.name, now=now) for one in PERSONAS]
    return sum(not done.nothing for done in made)


def may_be_offered(request: HttpRequest) -> bool:
    """Say whether the personas may be offered to whoever asks.

    The installation's unchangeable row says demonstration, the browser runs on this machine and asks for this
    machine, and no proxy stands between.
    """
    return (
        settings.ON_LOCALHOST
        and _is_this_machine(request.META.get("REMOTE_ADDR", ""))
        and not _came_through_a_proxy(request)
        and request.get_host().partition(":")[0] in HOSTS
        and is_demonstration()
    )


def offer(request: HttpRequest) -> SafeString | str:
    """Return the personas as the login page shows them (settings.LOGIN_ADDITIONS), or "" where they may not be."""
    if not may_be_offered(request):
        return ""
    there = {one.email for one in PERSONAS if account_of(one)}
    shown = {"personas": [one for one in PERSONAS if one.email in there]}
    return render_to_string("demo/staff/personas.html", shown, request) if there else ""


def account_of(persona: Persona) -> Account | None:
    """Return a persona's account: invented and open, or nobody."""
    found = queries.account_by_email(persona.email)
    return found if found and found.invented and found.is_active else None


def _came_through_a_proxy(request: HttpRequest) -> bool:
    """Say whether anything between a browser and us has shown itself. No browser speaks HTTP/1.0; a plain nginx does."""
    return request.META.get("SERVER_PROTOCOL") in ("HTTP/1", "HTTP/1.0") or any(
        name.title().startswith("X-Forwarded") or name.title() in SIGNS_OF_A_PROXY for name in request.headers
    )


def _is_this_machine(remote: str) -> bool:
    try:
        return ipaddress.ip_address(remote.strip("[]")).is_loopback
    except ValueError:
        return False

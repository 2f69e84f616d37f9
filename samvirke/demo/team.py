"""The crisis team of the demonstration: invented people and numbers, and a test alert that most of them answered."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from samvirke.access.permissions import Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.queries import account_by_email, holders
from samvirke.demo.drill import acting_as
from samvirke.demo.personas import EXAMPLE, PERSONAS
from samvirke.incidents.callout import actions, queries
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Answer, Function


class Invented(NamedTuple):
    """Somebody in the team. `answered`: seconds until they answered the test, and minutes until they would come."""

    function: Function
    name: str
    number: str
    role: Role | None = None
    added: int = 40  # days ago
    deputy: str = ""
    away: int = 0  # days from now on
    answered: tuple[int, int | None] | None = None


TEAM = (
    Invented(Function.DEPUTY_LEADER, "Vidar Sørli", "00 00 40 02", answered=(95, 20)),
    Invented(
        Function.LEADER,
        "Liv Tangen",
        "00 00 40 01",
        Role.TEAM_LEADER,
        deputy="Vidar Sørli",
        answered=(40, 10),
    ),
    Invented(Function.CONTACT_PERSON, "Karim Solli", "00 00 40 03", Role.CONTACT_PERSON, answered=(130, 15)),
    Invented(Function.DOCTOR, "Mathilde Rønning", "00 00 40 05", answered=(210, None)),
    Invented(Function.DOCTOR, "Aslak Gjerde", "00 00 40 04", deputy="Mathilde Rønning", away=9),
    Invented(
        Function.MENTAL_HEALTH, "Hanna Lie", "00 00 40 06", Role.HEALTH_PROFESSIONAL, answered=(280, 30)
    ),
    Invented(Function.HEALTH_NURSE, "Silje Nordby", "00 00 40 07", added=100, answered=(700, 45)),
    Invented(Function.PRIEST, "Torstein Vik", "00 00 40 08"),
    Invented(Function.LEGEVAKT, "Legevakten i Eksempel", "00 00 40 20"),
    Invented(Function.CRISIS_LEADERSHIP, "Kommunedirektør Berit Haugen", "00 00 40 21"),
)
TESTED = timedelta(days=12)


@transaction.atomic
def load_team(now: datetime) -> int:
    """Make the team unless there is one, or there is nobody to be; return how many were put into the register."""
    with opened(system_scope("load-demo", EXAMPLE)) as scope:
        if (
            not holders(scope, EXAMPLE, [Role.TEAM_LEADER])
            or queries.members(scope, EXAMPLE, left=True).exists()
        ):
            return 0
    leader, ids = acting_as(Role.TEAM_LEADER), dict[str, UUID]()
    for one in TEAM:
        facts = actions.Facts(
            one.function, Contact(one.name, (one.number,), f"{one.number.replace(' ', '')[-4:]}@eksempel.example"),
            position=2 if one.deputy == "" and one.function is Function.DOCTOR else 1,
            deputy=ids.get(one.deputy), account=_account(one.role),
        )  # fmt: skip
        ids[one.name] = UUID(
            str(actions.add(leader, EXAMPLE, facts, now=now - timedelta(days=one.added)).target)
        )
    _test(leader, ids, now - TESTED)
    _go_away(leader, ids, now)
    return len(ids)


def _test(leader: Scope, ids: dict[str, UUID], then: datetime) -> None:
    """Send a test alert that some answer, and end it."""
    test = UUID(str(actions.begin(leader, EXAMPLE, actions.Order(None), now=then).target))
    with opened(leader):
        calls = {one.member_id: one.id for one in queries.calls(leader, test)}
    for one in TEAM:
        if one.answered:
            seconds, minutes = one.answered
            said = Answer.COMING if minutes else Answer.CANNOT
            at = then + timedelta(seconds=seconds)
            actions.answer(leader, EXAMPLE, calls[ids[one.name]], said, minutes, now=at)
    actions.end(leader, EXAMPLE, test, now=then + timedelta(minutes=14))


def _go_away(leader: Scope, ids: dict[str, UUID], now: datetime) -> None:
    for one in TEAM:
        if one.away:
            with opened(leader):
                row = queries.member(leader, EXAMPLE, ids[one.name])
                known = queries.contact_of(leader, row, now)
            until = queries.today(now) + timedelta(days=one.away)
            facts = actions.Facts(
                one.function, known, deputy=row.deputy_id, away_from=queries.today(now), away_to=until
            )
            actions.change(leader, EXAMPLE, row.id, facts, version=row.version, now=now)


def _account(role: Role | None) -> UUID | None:
    persona = next((one for one in PERSONAS if one.role is role), None)
    account = account_by_email(persona.email) if persona else None
    return account.pk if account else None

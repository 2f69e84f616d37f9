"""What each role may do, rendered from the table the system goes by: the screen and docs/roller.md."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import translation

from samvirke.access.permissions import ROLES, Need, Role
from samvirke.access.words import LEVEL_NAMES, NEED_NAMES, ROLE_NAMES

HEAD = """# Roller

Hva hver rolle kan gjøre. Siden er laget av tabellen som avgjør hva hver rolle får gjøre (`samvirke/access/permissions.py`), med
`samvirke roles > docs/roller.md`. Ikke rett den for hånd.

Roller som kan se opplysninger om personer, må ha to trinn i innloggingen før noe åpnes. Den som har roller i flere kommuner,
kan i hver kommune bare det rollen der gir.
"""


@dataclass(frozen=True)
class RoleRow:
    """One role, in the reader's language."""

    name: str
    level: str
    sees_people: bool
    mine: bool
    may: tuple[str, ...]


def roles_table(mine: Collection[Role] = ()) -> list[RoleRow]:
    """Return the roles and what each may do."""
    return [
        RoleRow(
            str(ROLE_NAMES[role]),
            str(LEVEL_NAMES[facts.level]),
            facts.sees_people,
            role in mine,
            tuple(str(NEED_NAMES[need]) for need in Need if need in facts.needs),
        )
        for role, facts in ROLES.items()
    ]


def roles_document() -> str:
    """Return docs/roller.md."""
    with translation.override("nb"):
        parts = [HEAD]
        for row in roles_table():
            sees = (
                "Kan se opplysninger om personer."
                if row.sees_people
                else "Ser ingen opplysninger om personer."
            )
            may = "\n".join(f"- {words}" for words in row.may)
            parts.append(f"## {row.name}\n\nGjelder for {row.level}. {sees}\n\n{may}\n")
        names = [str(ROLE_NAMES[role]) for role in ROLES]
        lines = [f"| | {' | '.join(names)} |", f"| --- |{' :-: |' * len(names)}"]
        for need in Need:
            marks = ["×" if need in facts.needs else " " for facts in ROLES.values()]
            lines.append(f"| {NEED_NAMES[need]} | {' | '.join(marks)} |")
        return "\n".join([*parts, "## Alt i én tabell", "", *lines]) + "\n"

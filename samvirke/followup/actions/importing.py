"""Taking in a list: whoever is new is registered, whoever may be registered already waits for somebody's answer.

All of a step happens or nothing does. Nobody is merged, and no row is lost: what waits stands in the inbox.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import keys, sealed
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.access.sealed import Key
from samvirke.followup import queries
from samvirke.followup.actions import newcomers
from samvirke.followup.actions.registering import Ties, on_list, put_on_list
from samvirke.followup.importing import alike
from samvirke.followup.importing.alike import Match
from samvirke.followup.importing.reading import Sheet
from samvirke.followup.models import ListRow, ListRun
from samvirke.followup.models.registry import OPEN_ROWS
from samvirke.followup.newcomer import Newcomer, from_json, to_json
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput

AT_ONCE = 500


@dataclass(frozen=True)
class Imported(Done):
    """What a list came to. `waiting`: rows that may be somebody who is registered. `elsewhere`: municipality → rows."""

    created: int = 0
    waiting: Mapping[int, Match] = field(default_factory=dict)
    people: Mapping[int, UUID] = field(default_factory=dict)
    elsewhere: Mapping[str, Sequence[int]] = field(default_factory=dict)


@action("followup.list.imported", needs=Need.PERSON_REGISTER, says=_("leste inn en liste"))
def import_list(
    scope: Scope, incident_id: UUID, municipality: str, sheet: Sheet, *, now: datetime
) -> Imported:
    """Register everybody of a list who is new; those who may be registered already wait. For the command line."""
    event = on_list(scope, incident_id, municipality, now)
    found = judged(scope, municipality, sheet.people, now)
    new = {row: one for row, one in sheet.people.items() if row not in found}
    people = _entered(scope, event, municipality, new, now)
    run = _run(scope, event, municipality, sheet, now, state="done")
    _keep(scope, run, {row: sheet.people[row] for row in found}, found, now)
    return _imported(run, people, found, known_elsewhere(new, municipality, drill=event.exercise))


@action("followup.list.prepared", needs=Need.PERSON_READ_ALL, says=_("la inn en liste for å se over den"))
def prepare_list(scope: Scope, incident_id: UUID, municipality: str, sheet: Sheet, *, now: datetime) -> Done:
    """Keep a list, sealed, so that somebody can look it over first. Nobody is registered."""
    event = on_list(scope, incident_id, municipality, now)
    run = _run(scope, event, municipality, sheet, now, state="preview")
    _keep(scope, run, sheet.people, judged(scope, municipality, sheet.people, now), now)
    return Done(municipality, run.id, about={"incident": incident_id, "rows": sheet.read})


@action(
    "followup.list.answered",
    needs=Need.PERSON_READ_ALL,
    says=_("svarte på hvem i en liste som er samme person"),
)
def answer_rows(
    scope: Scope,
    run_id: UUID,
    answers: Mapping[UUID, str],
    *,
    now: datetime,  # noqa: ARG001  (every act has it)
) -> Done:
    """Keep what somebody answered: each row is the "same" as the one shown, or "another"."""
    run = list_run(scope, run_id, lock=True)
    rows = ListRow.objects.visible_to(scope).filter(run=run.id, state__in=("alike", "same", "another"))
    for answer in ("same", "another"):
        ids = [row for row, said in answers.items() if said == answer]
        rows.filter(id__in=ids).update(state=answer)
    return Done(run.municipality_id, run.id, about={"answered": len(answers)}, nothing=not answers)


@action("followup.list.carried-out", needs=Need.PERSON_READ_ALL, says=_("la en liste til i oppfølgingen"))
def carry_out_list(scope: Scope, run_id: UUID, *, now: datetime) -> Imported:
    """Register a list's rows as they were answered. Rows without an answer go on waiting.

    Looked through once more first: somebody may have been registered since the list was looked over.
    """
    run = list_run(scope, run_id, lock=True)
    if run.state == "dropped":
        raise BadInput(gettext("Listen er forkastet."))
    event = on_list(scope, run.incident_id, run.municipality_id, now)
    rows = {row.number: row for row in open_rows(scope, run)}
    people = opened_rows(scope, run, list(rows.values()), now)
    fresh = {number: one for number, one in people.items() if rows[number].state == "new"}
    found = judged(scope, run.municipality_id, fresh, now)
    _mark(scope, rows, found)
    new = {number: one for number, one in fresh.items() if number not in found}
    new |= {number: one for number, one in people.items() if rows[number].state == "another"}
    entered = _entered(scope, event, run.municipality_id, new, now)
    _settle(scope, [rows[number] for number in new], "registered")
    _same(
        scope,
        event,
        run,
        {n: (row, people[n]) for n, row in rows.items() if row.state == "same"},
        entered,
        now,
    )
    run.state, run.acted_at = "done", now
    run.save(update_fields=["state", "acted_at"])
    around = known_elsewhere(new, run.municipality_id, drill=event.exercise)
    return _imported(run, entered, found, around)


@action("followup.list.dropped", needs=Need.PERSON_READ_ALL, says=_("forkastet en liste"))
def drop_list(scope: Scope, run_id: UUID, *, now: datetime) -> Done:
    """Throw a list away that nobody has carried out. Its content is emptied."""
    run = list_run(scope, run_id, lock=True)
    if run.state != "preview":
        raise BadInput(gettext("Listen er lest inn, og kan ikke forkastes."))
    _settle(scope, open_rows(scope, run), "left")
    run.state, run.acted_at = "dropped", now
    run.save(update_fields=["state", "acted_at"])
    return Done(run.municipality_id, run.id, {"state": ("preview", "dropped")})


def judged(
    scope: Scope, municipality: str, people: Mapping[int, Newcomer], now: datetime
) -> dict[int, Match]:
    """Return by row number who may be registered already; `Match.row` is a row number too. Changes nothing."""
    numbers = list(people)
    found = alike.matches(scope, municipality, [people[number].identity for number in numbers], now)
    return {
        number: one if one.row is None else Match(one.likeness, row=numbers[one.row])
        for number, one in zip(numbers, found, strict=True)
        if one
    }


def list_run(scope: Scope, run_id: UUID, *, lock: bool = False) -> ListRun:
    """Return a list that was taken in. Raises NotYours."""
    rows = ListRun.objects.visible_to(scope).filter(id=run_id)
    row = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if row is None:
        raise NotYours(run_id)
    return row


def open_rows(scope: Scope, run: ListRun) -> list[ListRow]:
    """Return the rows of a list that are not settled, in their order."""
    return list(ListRow.objects.visible_to(scope).filter(run=run.id, state__in=OPEN_ROWS).order_by("number"))


def opened_rows(scope: Scope, run: ListRun, rows: Sequence[ListRow], now: datetime) -> dict[int, Newcomer]:
    """Unseal rows of a list, by number. Who shows them notes the reading."""
    under = keys.municipality_key(scope, run.municipality_id, now)
    return {
        row.number: from_json(
            json.loads(sealed.unseal_under(under, bytes(row.sealed or b""), _about(row.id)))
        )
        for row in rows
    }


def known_elsewhere(
    people: Mapping[int, Newcomer], municipality: str, *, drill: bool
) -> dict[str, list[int]]:
    """Return which other municipalities may have which rows. Asked once for all; row by row only when any has."""
    tokens = {row: one.identity.tokens for row, one in people.items()}
    found: dict[str, list[int]] = {}
    if not queries.elsewhere(
        {token for some in tokens.values() for token in some}, municipality, drill=drill
    ):
        return found
    for row, some in tokens.items():
        for place in queries.elsewhere(some, municipality, drill=drill):
            found.setdefault(place, []).append(row)
    return found


def _entered(
    scope: Scope, event: Incident, municipality: str, new: Mapping[int, Newcomer], now: datetime
) -> dict[int, UUID]:
    done = newcomers.enter(scope, event, municipality, list(new.values()), now)
    return {number: one.person for number, one in zip(new, done, strict=True)}


def _same(  # noqa: PLR0917  (rows and what they became, side by side)
    scope: Scope, event: Incident, run: ListRun, rows: Mapping[int, tuple[ListRow, Newcomer]],
    entered: Mapping[int, UUID], now: datetime,
) -> None:  # fmt: skip
    """Add what the list tells to those who were registered already, or stand further up in it."""
    known = dict(entered)
    for number, (row, someone) in sorted(rows.items()):
        person = row.like_id or known.get(row.like_row or 0)
        if person is None:
            continue  # the row it is the same as waits itself
        put_on_list(scope, event, run.municipality_id, someone, Ties(same_as=person), now)
        known[number] = person
        _settle(scope, [row], "added")


def _run(  # noqa: PLR0917
    scope: Scope, event: Incident, municipality: str, sheet: Sheet, now: datetime, *, state: str
) -> ListRun:
    run = ListRun(
        id=uuid4(), municipality_id=municipality, incident_id=event.id, account=scope.account, state=state,
        rows_read=sheet.read, rejected=[one.said() for one in sheet.rejected], at=now,
        acted_at=now if state == "done" else None,
    )  # fmt: skip
    run.save(force_insert=True)
    return run


def _keep(
    scope: Scope, run: ListRun, people: Mapping[int, Newcomer], found: Mapping[int, Match], now: datetime
) -> None:
    under = keys.municipality_key(scope, run.municipality_id, now)
    rows = []
    for number, one in people.items():
        match = found.get(number)
        row = ListRow(
            id=uuid4(), municipality_id=run.municipality_id, run_id=run.id, number=number,
            state="alike" if match else "new",
        )  # fmt: skip
        row.sealed = _sealed(one, under, row.id)
        if match:
            row.likeness, row.like_id, row.like_row = match.likeness, match.person, match.row
        rows.append(row)
    ListRow.objects.bulk_create(rows, AT_ONCE)


def _mark(scope: Scope, rows: Mapping[int, ListRow], found: Mapping[int, Match]) -> None:
    for number, match in found.items():
        row = rows[number]
        row.state, row.likeness, row.like_id, row.like_row = "alike", match.likeness, match.person, match.row
    ListRow.objects.visible_to(scope).bulk_update(
        [rows[number] for number in found], ["state", "likeness", "like", "like_row"], AT_ONCE
    )


def _settle(scope: Scope, rows: Sequence[ListRow], state: str) -> None:
    ids = [row.id for row in rows]
    ListRow.objects.visible_to(scope).filter(id__in=ids).update(state=state, sealed=None)


def _imported(
    run: ListRun,
    people: Mapping[int, UUID],
    found: Mapping[int, Match],
    elsewhere: Mapping[str, Sequence[int]],
) -> Imported:
    about = {
        "incident": run.incident_id,
        "created": len(people),
        "waiting": len(found),
        "rejected": len(run.rejected),
    }
    return Imported(
        run.municipality_id,
        run.id,
        about=about,
        created=len(people),
        waiting=found,
        people=people,
        elsewhere=elsewhere,
    )


def _sealed(one: Newcomer, under: Key, row: UUID) -> bytes:
    plain = json.dumps(to_json(one), ensure_ascii=False, separators=(",", ":")).encode()
    return sealed.seal_under(under, plain, _about(row))


def _about(row: UUID) -> str:
    return f"followup.listrow:{row}"

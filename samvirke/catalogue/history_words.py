"""Versions and drafts in words: who changed what and when, and what one content has that another lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samvirke.access.acts import ACTS
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.queries import Person, people
from samvirke.catalogue import contents, differences, labels, queries
from samvirke.catalogue.actions.versions import BEFORE_HISTORY
from samvirke.catalogue.differences import Difference
from samvirke.catalogue.finnhjelp.words import join
from samvirke.catalogue.inputs import TextInput
from samvirke.catalogue.journal_words import answered
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries import Version, WorkingCopy
from samvirke.catalogue.service_words import moment

PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One version in the list. `changes`: what it told anew; `others`: confirmations and the like, as short words."""

    number: int
    when: str
    who: str
    said: str
    state: str
    changes: tuple[Difference, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Some versions, the newest first. `next`: the number to go on from; 0 at the end. `numbers`: all there are."""

    entries: tuple[Entry, ...]
    numbers: tuple[int, ...]
    next: int


def page(scope: Scope, service: Service, before: int | None, language: str) -> Page:
    """Return a page of a service's history: the versions below `before`, or the newest."""
    versions = queries.history(scope, service.id)
    wanted = [one for one in versions if before is None or one.number < before]
    shown = wanted[:PAGE]
    known = people([one.account for one in shown if one.account])
    older: Mapping[int, Version] = {one.number: one for one in versions}
    entries = [_entry(one, older.get(one.number - 1), known, language) for one in shown]
    following = shown[-1].number if len(wanted) > PAGE else 0
    return Page(tuple(entries), tuple(one.number for one in versions), following)


def compared(scope: Scope, service: Service, one: int, other: int, language: str) -> list[Difference] | None:
    """Return what differs between two versions, the older first; None when one of them is not there."""
    versions = {version.number: version.given for version in queries.history(scope, service.id)}
    first, last = sorted((one, other))
    if first not in versions or last not in versions:
        return None
    return differences.differences(versions[first], versions[last], language)


def source_when_translated(scope: Scope, service: Service, language: str) -> TextInput | None:
    """Return the source text that a translation was made from, when it has changed since; None when it has not.

    None too when that text is older than what is kept.
    """
    source = queries.source_text(service)
    made = next((text for text in service.texts.all() if text.language == language), None)
    if made is None or made.source_version >= source.version:
        return None
    number, newer = source.version, queries.as_input(service).texts[service.language]
    for version in queries.history(scope, service.id):
        text = version.given.texts.get(service.language, newer)
        number, newer = number - (text != newer), text
        if number == made.source_version:
            return text
    return None


def _entry(version: Version, older: Version | None, known: Mapping[UUID, Person], language: str) -> Entry:
    changes = differences.differences(older.given, version.given, language) if older else []
    return Entry(
        version.number,
        moment(version.at),
        _name(version.account, known),
        _said(version.code),
        str(labels.STATES[version.state]),
        tuple(changes),
        tuple(_others(version.changes)),
    )


def _said(code: str) -> str:
    if code == BEFORE_HISTORY:
        return _("slik det var da historien begynte")
    return str(ACTS[code].says) if code in ACTS else code


def _name(account: UUID | None, known: Mapping[UUID, Person]) -> str:
    found = known.get(account) if account else None
    return found.name if found else _("Systemet")


def _others(changes: Mapping[str, tuple[Any, Any]]) -> Iterable[str]:
    """What happened beside the texts: confirmed, not applicable, state, notice."""
    answers: dict[str, list[str]] = {}
    for path, (before, after) in changes.items():
        first, _dot, rest = path.partition(".")
        if first == "answers":
            answers.setdefault(answered(after), []).append(labels.piece(rest))
        elif first == "state" and before:
            yield _("Fra %(before)s til %(after)s") % {
                "before": str(labels.STATES.get(before, before)).lower(),
                "after": str(labels.STATES.get(after, after)).lower(),
            }
        elif first == "notice":
            yield _("Midlertidig melding satt opp") if after else _("Midlertidig melding tatt ned")
    for said, pieces in answers.items():
        yield f"{said}: {join(pieces)}"


@dataclass(frozen=True)
class Waiting:
    """A draft in a list."""

    name: str
    url: str
    who: str
    when: str
    text: str
    mine: bool


def waiting(scope: Scope, code: str) -> list[Waiting]:
    """Return the drafts that wait for a second person; `mine`: the person has written in it and cannot approve it."""
    return _listed(scope, code, queries.waiting_drafts(scope, code), "catalogue-approval")


def unpublished(scope: Scope, code: str) -> list[Waiting]:
    """Return the drafts that nobody has sent: open ones, and those that were sent back."""
    found = [one for one in queries.drafts_of(scope, code) if one.state != "sent"]
    return _listed(scope, code, found, "catalogue-service")


def _listed(scope: Scope, code: str, drafts: Sequence[WorkingCopy], name: str) -> list[Waiting]:
    known = people([one.account for one in drafts if one.account])
    return [
        Waiting(
            one.given.texts[one.given.language].name,
            reverse(name, args=[code, one.id if name == "catalogue-approval" else one.service.id]),
            _name(one.account, known),
            moment(one.at),
            _note(one, known),
            scope.account in one.writers,
        )
        for one in drafts
    ]


def _note(draft: WorkingCopy, known: Mapping[UUID, Person]) -> str:
    said = {"who": _name(draft.account, known), "when": moment(draft.at), "note": draft.note}
    if draft.state == "returned":
        return _("Sendt tilbake: «%(note)s». Skrevet av %(who)s %(when)s.") % said
    return _("Skrevet av %(who)s %(when)s.") % said


@dataclass(frozen=True)
class Draft:
    """A draft as the one who may approve it sees it."""

    name: str
    who: str
    when: str
    by: str
    new: bool
    changes: tuple[Difference, ...]
    reasons: tuple[tuple[str, str], ...]
    newer: tuple[Difference, ...]  # what has been published since the draft was begun
    mine: bool
    service_url: str


def draft(scope: Scope, code: str, id_: UUID) -> WorkingCopy:
    """Return a draft that waits. Raises NotYours."""
    found = next((one for one in queries.waiting_drafts(scope, code) if one.id == id_), None)
    if found is None:
        raise NotYours(id_)
    return found


def of_draft(scope: Scope, code: str, found: WorkingCopy, language: str) -> Draft:
    """Return what a draft changes on the page, and what others have changed meanwhile."""
    known = people([one for one in [found.account, *found.writers] if one])
    writers = [_name(one, known) for one in sorted(found.writers, key=str)] or [_name(found.account, known)]
    began = {one.number: one.given for one in queries.history(scope, found.service.id)}.get(
        found.base_version
    )
    newer = differences.differences(began, found.now, language) if began else []
    return Draft(
        found.given.texts[found.given.language].name,
        ", ".join(writers),
        moment(found.at),
        found.confirmed_by,
        found.service.state != "confirmed",
        tuple(differences.differences(_before(found), found.given, language)),
        tuple(
            (
                labels.piece(piece).capitalize(),
                text.get(found.given.language) or next(iter(text.values()), ""),
            )
            for piece, text in found.reasons.items()
        ),
        tuple(newer),
        scope.account in found.writers,
        reverse("catalogue-service", args=[code, found.service.id]),
    )


def _before(found: WorkingCopy) -> Any:
    """What the draft is compared with: what is published, or nothing."""
    if found.service.state == "confirmed":
        return found.now
    empty = contents.to_json(found.given)
    return contents.from_json(
        {**{name: _nothing(value) for name, value in empty.items()}, "language": empty["language"]}
    )


def _nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _nothing(one) for key, one in value.items()}
    return [] if isinstance(value, list) else None if value is None or isinstance(value, bool | int) else ""

"""Loads the invented municipality: the row nobody else may write, then everything through the rooms' own actions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from samvirke.access.scope import NATIONAL, Scope, opened, system_scope
from samvirke.catalogue import actions, values
from samvirke.catalogue.contents import same
from samvirke.catalogue.inputs import ChannelInput, Known, PhoneInput, ServiceInput, TextInput, clean
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries import as_input, has_joined, services_of, touched
from samvirke.demo import personas, unfinished
from samvirke.kit.hours import OSLO
from samvirke.reference.models import Municipality

DATA = Path(__file__).parent / "data" / "eksempel.json"
OUR_OWN = {
    "areas",
    "confirmed_by",
    "confirmed_days_ago",
    "not_applicable",
    "notice",
    "before",
    "retranslated",
}


@dataclass(frozen=True)
class Loaded:
    """How many services were made now, were there from before, and of those brought up to date; how many people."""

    municipality: str
    created: int
    there: int
    updated: int = 0
    personas: int = 0


@transaction.atomic
def load_demo(now: datetime, path: Path = DATA) -> Loaded:
    """Make the invented municipality, as the database's owner, or bring it up to date.

    What somebody has changed or begun on is left as it is. Times in the data are days before or after `now`, so that
    something is always new, due soon, due again and announced.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    place = data["municipality"]
    Municipality.objects.update_or_create(code=place["code"], defaults=place)
    return fill(data, now)


def fill(data: Mapping[str, Any], now: datetime) -> Loaded:
    """Let the invented municipality, which is there, have all that the data says. See `load_demo`."""
    code = data["municipality"]["code"]
    with opened(system_scope("load-demo", code, NATIONAL)) as scope:
        if not has_joined(code):
            actions.join_municipality(scope, code, now=now, **data["joined"])
            actions.confirm_duty(scope, code, "gp-same-day", data["duty_confirmed_by"], now=now)
            for notice in data["notices"]:
                _notice(scope, notice, now, municipality=code)
        there = _by_key(scope, code)
        wanted = [one for one in data["services"] if one["external_id"] not in there]
        for one in wanted:
            _service(scope, code, one, now)
        updated = _bring_up_to_date(scope, data, there, now)
        made = personas.move_in(scope, now)
        unfinished.leave(scope, code, data, _by_key(scope, code), now)
    return Loaded(code, len(wanted), len(data["services"]) - len(wanted), updated, made)


def _by_key(scope: Scope, code: str) -> dict[str, Service]:
    return {one.external_id: one for place in (code, None) for one in services_of(scope, place)}


def _bring_up_to_date(
    scope: Scope, data: Mapping[str, Any], there: Mapping[str, Service], now: datetime
) -> int:
    """Let the services nobody has touched tell what the data tells; return how many did not already."""
    by_hand = touched(scope, [service.id for service in there.values()])
    found = [(there.get(one["external_id"]), one) for one in data["services"]]
    ours = [
        (service, one)
        for service, one in found
        if service and service.state == "confirmed" and service.id not in by_hand
    ]
    facts = actions.known()
    return sum(_told_anew(scope, service, one, facts, now) for service, one in ours)


def _told_anew(scope: Scope, service: Service, one: Mapping[str, Any], facts: Known, now: datetime) -> bool:
    """Let one service tell what the data tells, confirmed as long ago as it says; say whether anything was new."""
    then, by = now - timedelta(days=one["confirmed_days_ago"]), one["confirmed_by"]
    given, _problems = clean(ServiceInput(**_fields(one)), values.INVENTED, facts)
    oldest = min(row.verified_at for row in service.verifications.all())
    stale, new = then - oldest >= timedelta(days=1), not same(given, as_input(service))
    if new:
        changes = {part.name: getattr(given, part.name) for part in fields(ServiceInput)}
        actions.edit_service(scope, service.id, changes, now=then, confirmed_by=by)
    if stale:
        actions.confirm(scope, service.id, by, now=then)
    return new or stale


def _service(scope: Scope, code: str, one: Mapping[str, Any], now: datetime) -> None:
    then = now - timedelta(days=one["confirmed_days_ago"])
    by = one["confirmed_by"]
    given = ServiceInput(**_fields(one))
    source = given.texts["nb"]
    earlier = TextInput(**{**one["texts"]["nb"], **one["before"]}) if "before" in one else source
    areas = [(kind, key) for kind, key in one.get("areas", [])]
    made = actions.create_service(
        scope,
        None if areas else code,
        replace(given, texts={**given.texts, "nb": earlier}),
        now=then,
        areas=areas,
        confirmed_by=by,
    )
    service = made.service
    for piece, reason in one.get("not_applicable", {}).items():
        actions.answer_not_applicable(scope, service, piece, reason, by, now=then)
    if earlier != source:
        actions.edit_service(scope, service, {"texts": given.texts}, now=then, confirmed_by=by)
    for language in one.get("retranslated", []):
        actions.set_translation(scope, service, language, given.texts[language], now=then)
    if "notice" in one:
        _notice(scope, one["notice"], now, service_id=service)


def _fields(one: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in one.items() if name not in OUR_OWN}
    found["texts"] = {language: TextInput(**texts) for language, texts in one["texts"].items()}
    found["phones"] = tuple(PhoneInput(**phone) for phone in one.get("phones", []))
    found["channels"] = tuple(ChannelInput(**channel) for channel in one.get("channels", []))
    return found


def _notice(
    scope: Scope,
    one: Mapping[str, Any],
    now: datetime,
    *,
    municipality: str | None = None,
    service_id: UUID | None = None,
) -> None:
    first = (now.astimezone(OSLO) + timedelta(days=one["from_days"])).date()
    last = (now.astimezone(OSLO) + timedelta(days=one["to_days"])).date()
    actions.add_notice(
        scope, one["texts"], first, last, now=now, municipality=municipality, service_id=service_id
    )

"""Loads the invented municipality: the row nobody else may write, then everything through the rooms' own actions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from samvirke.access.scope import NATIONAL, Scope, opened, system_scope
from samvirke.catalogue import actions
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput, TextInput
from samvirke.catalogue.queries import external_ids, has_joined
from samvirke.demo import personas
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
    """How many services were made now, how many were there from before, and how many invented people were made."""

    municipality: str
    created: int
    there: int
    personas: int = 0


@transaction.atomic
def load_demo(now: datetime, path: Path = DATA) -> Loaded:
    """Make the invented municipality, as the database's owner. What is there already is left as it is.

    Times in the data are days before or after `now`, so that something is always new, due again and announced.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    code = data["municipality"]["code"]
    Municipality.objects.update_or_create(code=code, defaults=data["municipality"])
    with opened(system_scope("load-demo", code, NATIONAL)) as scope:
        if not has_joined(code):
            actions.join_municipality(scope, code, now=now, **data["joined"])
            actions.confirm_duty(scope, code, "gp-same-day", data["duty_confirmed_by"], now=now)
            for notice in data["notices"]:
                _notice(scope, notice, now, municipality=code)
        there = external_ids(scope, code) | external_ids(scope, None)
        wanted = [one for one in data["services"] if one["external_id"] not in there]
        for one in wanted:
            _service(scope, code, one, now)
        made = personas.move_in(scope, now)
    return Loaded(code, len(wanted), len(data["services"]) - len(wanted), made)


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
    fields = {name: value for name, value in one.items() if name not in OUR_OWN}
    fields["texts"] = {language: TextInput(**texts) for language, texts in one["texts"].items()}
    fields["phones"] = tuple(PhoneInput(**phone) for phone in one.get("phones", []))
    fields["channels"] = tuple(ChannelInput(**channel) for channel in one.get("channels", []))
    return fields


def _notice(
    scope: Scope,
    one: Mapping[str, Any],
    now: datetime,
    *,
    municipality: str | None = None,
    service_id: UUID | None = None,
) -> None:
    first = (now + timedelta(days=one["from_days"])).date()
    last = (now + timedelta(days=one["to_days"])).date()
    actions.add_notice(
        scope, one["texts"], first, last, now=now, municipality=municipality, service_id=service_id
    )

"""What the demonstration leaves to be done: a service nobody has confirmed, a draft, and one that waits for approval."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from samvirke.access.models import Journal
from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import Scope
from samvirke.catalogue import actions
from samvirke.catalogue.inputs import ServiceInput, TextInput
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries import as_input, draft_of
from samvirke.demo import personas


def leave(
    scope: Scope, code: str, data: Mapping[str, Any], services: Mapping[str, Service], now: datetime
) -> None:
    """Leave the unfinished, once: what somebody has published or thrown away does not come again.

    `services`: the municipality's, by external id.
    """
    for one in data["unfinished"]:
        if one["external_id"] not in services:
            texts = {language: TextInput(**texts) for language, texts in one["texts"].items()}
            actions.create_service(scope, code, ServiceInput(**{**one, "texts": texts}), now=now)
    for one in data["drafts"]:
        service = services.get(one["external_id"])
        if service and service.state == "confirmed" and not _has_had_a_draft(scope, service):
            _write(_editor(code) or scope, service, one, now)


def _has_had_a_draft(scope: Scope, service: Service) -> bool:
    acts = Journal.objects.visible_to(scope).filter(
        target=str(service.id), code__startswith="catalogue.draft."
    )
    return acts.exists() or draft_of(scope, service.id) is not None


def _write(scope: Scope, service: Service, one: Mapping[str, Any], now: datetime) -> None:
    given = as_input(service)
    texts = {
        language: replace(text, **one.get("texts", {}).get(language, {}))
        for language, text in given.texts.items()
    }
    after = replace(given, texts=texts, **one.get("fields", {}))
    if by := one.get("sent_by"):
        actions.publish(scope, service.id, after, version=service.version, confirmed_by=by, now=now, ask=True)
    else:
        actions.save_draft(scope, service.id, after, version=service.version, now=now)


def _editor(code: str) -> Scope | None:
    """Return what the invented editor may do, where the invented people have moved in."""
    editor = next(one for one in personas.PERSONAS if one.role is Role.EDITOR)
    account = personas.account_of(editor)
    if account is None:
        return None
    return Scope(account.id, frozenset({code}), ROLES[Role.EDITOR].needs, municipality=code)

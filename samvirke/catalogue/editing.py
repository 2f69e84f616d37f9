"""What the buttons of the service form do: keep a draft, or publish; several acts in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from samvirke.access.scope import Scope, opened
from samvirke.catalogue import actions
from samvirke.catalogue.actions.drafts import SENT
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.work import Work


class Act(StrEnum):
    """The buttons."""

    DRAFT = "draft"
    PUBLISH = "publish"
    NEXT = "next"  # publish, and go on with the next draft


@dataclass(frozen=True)
class Wanted:
    """What was sent. `version` and `revision`: those the form was opened on. `everything`: renew what was confirmed.

    `reasons`: why pieces do not apply, per language.
    """

    act: Act
    given: ServiceInput
    version: int
    revision: int
    by: str = ""
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    everything: bool = False

    @property
    def publishes(self) -> bool:
        return self.act is not Act.DRAFT


@dataclass(frozen=True)
class Saved:
    """What became of it, and the sentence that says so."""

    service: UUID
    text: str
    sent: bool = False


def act_of(text: str) -> Act:
    """Read the button that was pressed; Enter in a field keeps a draft."""
    return Act(text) if text in set(Act) else Act.DRAFT


def save(scope: Scope, work: Work, wanted: Wanted, *, now: datetime) -> Saved:
    """Do what a button says, all of it or nothing. Raises BadInput naming the field, and EditConflict."""
    with opened(scope):
        if work.service is None:
            made = actions.create_service(scope, work.code, wanted.given, now=now)
            wanted = replace(wanted, version=1, revision=0)
            return _saved(scope, made.service, "draft", wanted, now)
        return _saved(scope, work.service.id, work.state, wanted, now)


def _saved(scope: Scope, service: UUID, state: str, wanted: Wanted, now: datetime) -> Saved:
    if wanted.publishes:
        return _published(scope, service, wanted, now)
    if state == "confirmed":
        done = actions.save_draft(
            scope,
            service,
            wanted.given,
            version=wanted.version,
            revision=wanted.revision,
            reasons=wanted.reasons,
            now=now,
        )
        if done.nothing:
            return Saved(service, _("Ingenting er endret."))
        return Saved(service, _("Utkastet er lagret. Siden er som før til du publiserer."))
    changes = {one.name: getattr(wanted.given, one.name) for one in fields(ServiceInput)}
    actions.edit_service(scope, service, changes, version=wanted.version, now=now)
    for piece, reason in wanted.reasons.items():
        actions.answer_not_applicable(scope, service, piece, reason, wanted.by, now=now)
    return Saved(service, _("Utkastet er lagret. Det står ikke på siden ennå."))


def _published(scope: Scope, service: UUID, wanted: Wanted, now: datetime) -> Saved:
    done = actions.publish(
        scope,
        service,
        wanted.given,
        version=wanted.version,
        revision=wanted.revision,
        reasons=wanted.reasons,
        confirmed_by=wanted.by,
        now=now,
    )
    name = wanted.given.texts[wanted.given.language].name
    if done.code == SENT:
        return Saved(service, _("%(name)s er sendt til godkjenning.") % {"name": name}, sent=True)
    if wanted.everything:
        actions.confirm(scope, service, wanted.by, now=now)
    return Saved(service, _("%(name)s er bekreftet og står på siden.") % {"name": name})

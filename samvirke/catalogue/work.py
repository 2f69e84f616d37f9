"""One service on the desk: what is published, what is being written, and what the form starts from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import desk_queries, inputs, queries, rules, starters
from samvirke.catalogue.finnhjelp.site import Access, Text
from samvirke.catalogue.finnhjelp.site import Notice as ShownNotice
from samvirke.catalogue.inputs import ServiceInput, TextInput
from samvirke.catalogue.models import Joined, Service
from samvirke.catalogue.queries import WorkingCopy
from samvirke.reference.models import Municipality

DRAFT, SENT, RETURNED = "open", "sent", "returned"


@dataclass(frozen=True)
class Work:
    """A service, or a new one, as its form needs it. `given`: what the form starts from.

    `published`: what stands on the page now; None when nothing does. `reasons`: why pieces do not apply, per language.
    """

    place: Municipality
    joined: Joined | None
    kinds: Mapping[str, str]
    given: ServiceInput
    now: datetime
    scope: Scope
    service: Service | None = None
    draft: WorkingCopy | None = None
    reasons: Mapping[str, Text] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def is_new(self) -> bool:
        return self.service is None

    @property
    def shared(self) -> bool:
        """Say whether it belongs to others, and is shown here only."""
        return self.service is not None and self.service.municipality_id != self.place.code

    @property
    def state(self) -> str:
        return self.service.state if self.service else "draft"

    @property
    def stored(self) -> ServiceInput | None:
        """What the row tells, published or not."""
        return queries.as_input(self.service) if self.service else None

    @property
    def published(self) -> ServiceInput | None:
        return self.stored if self.state == "confirmed" else None

    @property
    def version(self) -> int:
        """The version that the form was made from: what is saved with it is compared with what came after."""
        if self.draft:
            return self.draft.base_version
        return self.service.version if self.service else 0

    @property
    def revision(self) -> int:
        """The draft's own count, when there is one: two may write in the same draft."""
        return self.draft.revision if self.draft else 0

    @property
    def may_confirm(self) -> bool:
        return self.scope.may(Need.SERVICE_CONFIRM)

    @property
    def needs_approval(self) -> bool:
        return bool(self.joined and self.joined.needs_approval)

    @property
    def notice(self) -> ShownNotice | None:
        row = getattr(self.service, "notice", None)
        return ShownNotice(row.texts, row.ends, row.starts) if row else None

    def own_reasons(self) -> dict[str, str]:
        """Why pieces do not apply, in the language the service is written in."""
        found = {piece: text.get(self.given.language, "") for piece, text in self.reasons.items()}
        return {piece: text for piece, text in found.items() if text}

    def with_reasons(self, written: Mapping[str, str], given: ServiceInput) -> dict[str, dict[str, str]]:
        """Return the reasons that count for `given`: what was written, with its other languages, for pieces it lacks."""
        told = inputs.told(given)
        return {
            piece: {**self.reasons.get(piece, {}), given.language: text}
            for piece, text in written.items()
            if piece not in told
        }


def of_service(scope: Scope, code: str, service_id: UUID, now: datetime, language: str) -> Work:
    """Return one of a municipality's services, or a published one of others that covers it. Raises NotYours."""
    place, joined = desk_queries.place_of(code)
    shared = next((one for one in desk_queries.shared_with(code) if one.id == service_id), None)
    service = shared or desk_queries.own_service(scope, code, service_id)
    draft = None if shared else queries.draft_of(scope, service_id)
    answers = {
        row.piece: row.reason for row in service.verifications.all() if row.state == rules.NOT_APPLICABLE
    }
    given = draft.given if draft else queries.as_input(service)
    kinds = desk_queries.kind_names(scope, code, language)
    reasons = {**answers, **draft.reasons} if draft else answers
    return Work(place, joined, kinds, given, now, scope, service, draft, reasons)


def of_new(scope: Scope, code: str, kind: str, now: datetime, language: str) -> Work:
    """Return a new service, with the template's texts when there is one of the kind."""
    place, joined = desk_queries.place_of(code)
    if not scope.sees(code):
        raise NotYours(code)
    kinds = desk_queries.kind_names(scope, code, language)
    template = next((one for one in starters.templates() if one.kind == kind), None)
    given = starters.adapted(template, place) if template else _empty(place, kind if kind in kinds else "")
    return Work(place, joined, kinds, given, now, scope)


def _empty(place: Municipality, kind: str) -> ServiceInput:
    language = place.default_language
    return ServiceInput(
        kind=kind, texts={language: TextInput("")}, language=language, access=Access.SELF.value
    )

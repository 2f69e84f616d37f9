"""A service locked for one act, and the version and journal row that follow from what the act did with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import F, Value
from django.utils.translation import gettext

from samvirke.access.scope import Scope
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.contents import Fields, Plain, content_fields, from_json, snapshot_fields
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import Service, ServiceVersion
from samvirke.catalogue.stored import snapshot
from samvirke.kit.errors import BadInput

BEFORE_HISTORY = "catalogue.service.before"
"""The code of a version that was there before versions were kept."""
NOTHING = ServiceInput(kind="", texts={})


@dataclass(frozen=True)
class Since:
    """Somebody else's change since a form was opened. `fields`: paths of contents.flat. `draft`: in the draft."""

    number: int
    at: datetime
    account: UUID | None
    fields: tuple[str, ...]
    draft: bool = False


@dataclass
class EditConflict(BadInput):
    """Somebody else has changed the service meanwhile.

    `version` and `revision` are those to send when the two have been put together, with merging.three_way(base,
    theirs, mine). `since`: what was done meanwhile, oldest first.
    """

    version: int = 0
    revision: int = 0
    since: Sequence[Since] = ()
    base: ServiceInput = NOTHING
    theirs: ServiceInput = NOTHING


@dataclass(frozen=True)
class Held:
    """A service, locked, and what it was before the act."""

    service: Service
    before: Mapping[str, Plain]


@dataclass
class Written:
    """One service before and after, for many at a time. `before` None: it is new."""

    service: Service
    before: Mapping[str, Plain] | None
    after: Mapping[str, Plain] = field(default_factory=dict)


def hold(scope: Scope, service_id: UUID) -> Held:
    """Lock a service until the act is over. Raises NotYours when the scope has no such service."""
    service = writing.fetch(scope, service_id)
    return Held(service, snapshot(service))


def record(
    scope: Scope, held: Held, code: str, now: datetime, *, pieces: Collection[str] = (), **about: object
) -> Change:
    """Add the version that the act has made, if it changed anything, and return what was changed."""
    after = snapshot(writing.fetch(scope, held.service.id))
    return _recorded(scope, Written(held.service, held.before, after), code, now, pieces=pieces, about=about)


def record_new(scope: Scope, service_id: UUID, code: str, now: datetime, **about: object) -> Change:
    """Add a new service's first version, and return what it tells."""
    service = writing.fetch(scope, service_id)
    return _recorded(scope, Written(service, None, snapshot(service)), code, now, about=about)


def _recorded(
    scope: Scope,
    written: Written,
    code: str,
    now: datetime,
    *,
    pieces: Collection[str] = (),
    about: Mapping[str, object],
) -> Change:
    fields = snapshot_fields(written.before, written.after)
    if fields:
        add(scope, [written], code, now)
    return Change(
        written.service.municipality_id,
        written.service.id,
        fields,
        {
            "version": written.service.version,
            **({"pieces": tuple(sorted(pieces))} if pieces else {}),
            **{name: value for name, value in about.items() if value},
        },
        code,
        nothing=not fields,
    )


def add(
    scope: Scope, written: Sequence[Written], code: str, now: datetime, *, run: UUID | None = None
) -> None:
    """Number the services' changes and keep each version, whole: four statements, however many they are."""
    old = [one for one in written if one.before is not None]
    ids = [one.service.id for one in old]
    Service.objects.filter(id__in=ids).visible_to(scope).update(version=F("version") + 1)
    # of services that were opened: a join with them would be gone through once per service
    kept = ServiceVersion.objects.across_tenants(why="versions of services that were opened")
    known = set(kept.filter(service__in=ids).values_list("service_id", flat=True).distinct())
    rows = [
        ServiceVersion(
            service=one.service,
            number=one.service.version,
            content=one.before,
            at=one.service.changed_at,
            code=BEFORE_HISTORY,
        )
        for one in old
        if one.service.id not in known
    ]
    for one in old:
        one.service.version += 1
    rows += [
        ServiceVersion(
            service=one.service,
            number=one.service.version,
            content=one.after,
            at=now,
            account=scope.account,
            code=code,
            # an expression keeps Django from UNNEST, whose quoting of JSON takes twice the time
            run=Value(run),  # type: ignore[misc]
        )
        for one in written
    ]
    ServiceVersion.objects.bulk_create(rows, 1000)


def require_current(scope: Scope, held: Held, version: int | None, revision: int = 0) -> None:
    """Raise EditConflict when what the service tells has changed since a version; None: it is not asked about.

    Confirmations and notices are no conflict: nobody's words are lost.
    """
    number = held.service.version
    if version is None or version == number:
        return
    found = ServiceVersion.objects.visible_to(scope).filter(service=held.service, number__gte=version)
    rows = list(found.order_by("number"))
    if version > number or not rows:
        raise BadInput(gettext("Siden er for gammel. Last den på nytt."), field="version")
    base, theirs = from_json(rows[0].content["service"]), from_json(held.before["service"])
    since = [
        Since(after.number, after.at, after.account, tuple(_fields(before.content, after.content)))
        for before, after in pairwise(rows)
    ]
    if not content_fields(base, theirs):
        return
    raise EditConflict(
        gettext("Noen andre har endret tjenesten etter at du åpnet den. Se hva som er endret, og velg."),
        version=number,
        revision=revision,
        since=[one for one in since if one.fields],
        base=base,
        theirs=theirs,
    )


def _fields(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Fields:
    return dict(content_fields(from_json(before["service"]), from_json(after["service"])))

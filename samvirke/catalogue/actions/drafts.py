"""Writing apart from what is published: save, publish, and where a municipality wants it, a second person's approval."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import act, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import rules, values
from samvirke.catalogue.actions import approval, changing, writing
from samvirke.catalogue.actions.versions import EditConflict, Held, Since, hold, record, require_current
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.contents import content_fields, from_json, same, to_json
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.merging import three_way
from samvirke.catalogue.models import Draft, ServiceVersion
from samvirke.catalogue.queries import as_input, told
from samvirke.kit.errors import BadInput

SAVED = "catalogue.draft.saved"
SENT = act("catalogue.draft.sent", needs=Need.SERVICE_CONFIRM, says=_("sendte et utkast til godkjenning"))
PUBLISHED = "catalogue.service.published"
APPROVED = "catalogue.draft.approved"
RESTORED = "catalogue.service.restored"
KEPT = 30  # earlier contents of a draft; whoever has had it open for longer compares with the published one

Reasons = Mapping[str, Mapping[str, str]]


@action(SAVED, needs=Need.SERVICE_EDIT, shared=Need.SHARED_EDIT, says=_("lagret et utkast"))
def save_draft(
    scope: Scope,
    service_id: UUID,
    given: ServiceInput,
    *,
    version: int,
    now: datetime,
    revision: int | None = None,
    reasons: Reasons | None = None,
) -> Change:
    """Write a working copy, apart from what is published. A draft that was sent or sent back is open again.

    `version`: the one the form was opened on: the draft's base_version, or the service's when there was no draft.
    `revision`: the draft's own (0: there was none); None: somebody else's newer draft is a conflict, one's own not.
    `reasons`: why pieces do not apply, for when it is published. Raises BadInput naming the field, EditConflict.
    """
    held, there = _open(scope, service_id, version, revision)
    after = changing.cleaned(scope, held.service, given)
    return _write(scope, held, there, after, reasons, now=now, code=SAVED)


@action(
    "catalogue.draft.dropped",
    needs=Need.SERVICE_EDIT,
    shared=Need.SHARED_EDIT,
    says=_("forkastet et utkast"),
)
def drop_draft(scope: Scope, service_id: UUID, *, now: datetime) -> Change:  # noqa: ARG001  (the journal's)
    """Throw a service's draft away; what is published stays. Without a draft nothing happens."""
    held = hold(scope, service_id)
    draft = draft_of(scope, held)
    if draft is None:
        return Change(held.service.municipality_id, service_id, nothing=True)
    fields = content_fields(from_json(draft.content), as_input(held.service))
    draft.delete()
    return Change(held.service.municipality_id, service_id, fields, {"draft": draft.id})


@action(PUBLISHED, needs=Need.SERVICE_CONFIRM, shared=Need.SHARED_EDIT, says=_("publiserte en tjeneste"))
def publish(
    scope: Scope,
    service_id: UUID,
    given: ServiceInput,
    *,
    version: int,
    confirmed_by: str,
    now: datetime,
    revision: int | None = None,
    reasons: Reasons | None = None,
    ask: bool = False,
) -> Change:
    """Publish what is given; `confirmed_by` (a role or organisation) stands for what is new in it.

    Pieces confirmed earlier keep their date. Where a second person must approve, it becomes a sent draft instead
    (`Change.code` is SENT), unless the scope may approve and nobody but others has written it. `ask`: a second
    person is asked although nobody must be. `version`, `revision`, `reasons`: as in save_draft. Raises BadInput
    naming the field, EditConflict.
    """
    held, there = _open(scope, service_id, version, revision)
    by = writing.somebody(confirmed_by)
    after = changing.cleaned(scope, held.service, given)
    wanted = _reasons_of(there) if reasons is None else changing.cleaned_reasons(reasons)
    if ask or approval.is_wanted(scope, held.service.municipality_id):
        if _is_as_published(held, there, after, wanted):
            return Change(held.service.municipality_id, service_id, nothing=True)
        if ask or not _may_publish(scope, held, there, after, wanted):
            return _write(scope, held, there, after, wanted, now=now, code=SENT, by=by)
    return _publish(scope, held, there, after, wanted, by=by, now=now, code=PUBLISHED)


@action(
    APPROVED,
    needs=Need.SERVICE_APPROVE,
    shared=Need.SHARED_EDIT,
    says=_("godkjente og publiserte et utkast"),
)
def approve(scope: Scope, draft_id: UUID, *, now: datetime) -> Change:
    """Publish a draft that was sent. Nobody approves what they have written in themselves.

    What others have published since the draft was begun stays; where both changed the same, EditConflict. Raises
    BadInput, NotYours.
    """
    held, draft = _sent(scope, draft_id)
    if scope.account is not None and scope.account in draft.writers:
        raise BadInput(
            gettext("Du har selv skrevet i dette utkastet. En annen må godkjenne det."), field="approval"
        )
    after = changing.cleaned(scope, held.service, _rebased(scope, held, draft))
    return _publish(
        scope, held, draft, after, _reasons_of(draft), by=draft.confirmed_by, now=now, code=APPROVED
    )


@action(
    "catalogue.draft.sent-back",
    needs=Need.SERVICE_APPROVE,
    shared=Need.SHARED_EDIT,
    says=_("sendte et utkast tilbake"),
)
def send_back(scope: Scope, draft_id: UUID, note: str, *, now: datetime) -> Change:  # noqa: ARG001
    """Send a draft back to those who wrote it, and say why. Raises BadInput, NotYours."""
    held, draft = _sent(scope, draft_id)
    try:
        said = values.prose(note, 1000)
    except values.Refused as error:
        raise BadInput(str(error), field="note") from error
    if not said:
        raise BadInput(gettext("Skriv hva som må endres."), field="note")
    draft.state, draft.note = "returned", said
    draft.save(update_fields=["state", "note"])
    return Change(
        held.service.municipality_id, held.service.id, {"draft.state": ("sent", "returned")}, {"note": said}
    )


@action(
    RESTORED,
    needs=Need.SERVICE_EDIT,
    shared=Need.SHARED_EDIT,
    says=_("laget et utkast av en tidligere versjon"),
)
def restore(scope: Scope, service_id: UUID, number: int, *, now: datetime) -> Change:
    """Make a draft of what a service told in an earlier version. Raises BadInput when it has a draft already."""
    held = hold(scope, service_id)
    if draft_of(scope, held) is not None:
        raise BadInput(gettext("Tjenesten har et utkast. Publiser eller forkast det først."), field="draft")
    kept = ServiceVersion.objects.visible_to(scope).filter(service=held.service, number=number).first()
    if kept is None:
        raise NotYours(service_id, number)
    after = changing.cleaned(scope, held.service, from_json(kept.content["service"]))
    return _write(scope, held, None, after, None, now=now, code=RESTORED)


def draft_of(scope: Scope, held: Held) -> Draft | None:
    """Return a held service's draft."""
    return Draft.objects.visible_to(scope).filter(service=held.service).first()


def _open(scope: Scope, service_id: UUID, version: int, revision: int | None) -> tuple[Held, Draft | None]:
    """Return the service, held, and its draft. Raises EditConflict when either has changed since they were opened."""
    held = hold(scope, service_id)
    if held.service.state == "withdrawn":
        raise BadInput(gettext("Tjenesten er trukket tilbake. Hent den fram først."), field="state")
    draft = draft_of(scope, held)
    require_current(scope, held, version, draft.revision if draft else 0)
    if draft and revision != draft.revision and not (revision is None and draft.account == scope.account):
        raise _written_meanwhile(held, draft, revision)
    return held, draft


def _written_meanwhile(held: Held, draft: Draft, revision: int | None) -> EditConflict:
    earlier = {one["revision"]: one["content"] for one in draft.earlier}
    base = from_json(earlier[revision]) if revision in earlier else as_input(held.service)
    theirs = from_json(draft.content)
    since = Since(draft.revision, draft.at, draft.account, tuple(content_fields(base, theirs)), draft=True)
    return EditConflict(
        gettext("Noen andre har skrevet i utkastet etter at du åpnet det. Se hva som er endret, og velg."),
        version=draft.base_version,
        revision=draft.revision,
        since=[since],
        base=base,
        theirs=theirs,
    )


def _sent(scope: Scope, draft_id: UUID) -> tuple[Held, Draft]:
    found = Draft.objects.visible_to(scope).filter(id=draft_id).first()
    if found is None:
        raise NotYours(draft_id)
    held = hold(scope, found.service_id)
    draft = draft_of(scope, held)  # anew, now that nobody else can write it
    if draft is None or draft.state != "sent":
        raise BadInput(gettext("Utkastet er ikke sendt til godkjenning lenger."), field="draft")
    return held, draft


def _reasons_of(draft: Draft | None) -> Reasons:
    return draft.reasons if draft else {}


def _news(held: Held, reasons: Reasons) -> dict[str, dict[str, str]]:
    """Return the reasons that are not what the service says already."""
    there = {
        row.piece: row.reason for row in held.service.verifications.all() if row.state == rules.NOT_APPLICABLE
    }
    return {piece: dict(reason) for piece, reason in reasons.items() if there.get(piece) != dict(reason)}


def _is_as_published(held: Held, draft: Draft | None, after: ServiceInput, reasons: Reasons) -> bool:
    """Say whether there is nothing to publish: no draft, and everything is confirmed as it is given."""
    if draft is not None or _news(held, reasons) or held.service.state != "confirmed":
        return False
    sure = {row.piece for row in held.service.verifications.all() if row.state == rules.CONFIRMED}
    return same(after, as_input(held.service)) and told(held.service) <= sure


def _may_publish(
    scope: Scope, held: Held, draft: Draft | None, after: ServiceInput, reasons: Reasons
) -> bool:
    """Say whether this is exactly what others have written, and the scope may approve it."""
    theirs = from_json(draft.content) if draft else as_input(held.service)
    if not same(after, theirs) or _news(held, reasons) != _news(held, _reasons_of(draft)):
        return False
    writers = draft.writers if draft else approval.unpublished_writers(scope, held.service)
    return approval.may_publish(scope, writers)


def _rebased(scope: Scope, held: Held, draft: Draft) -> ServiceInput:
    """Return a draft with what has been published since it was begun. Raises EditConflict where both changed it."""
    mine, theirs = from_json(draft.content), as_input(held.service)
    if draft.base_version == held.service.version:
        return mine
    kept = ServiceVersion.objects.visible_to(scope).get(service=held.service, number=draft.base_version)
    base = from_json(kept.content["service"])
    merged = three_way(base, theirs, mine)
    if merged.conflicts:
        raise EditConflict(
            gettext("Tjenesten er endret etter at utkastet ble skrevet. Send utkastet tilbake."),
            version=held.service.version,
            revision=draft.revision,
            base=base,
            theirs=theirs,
        )
    return merged.content


def _publish(
    scope: Scope,
    held: Held,
    draft: Draft | None,
    after: ServiceInput,
    reasons: Reasons,
    *,
    by: str,
    now: datetime,
    code: str,
) -> Change:
    age = writing.max_age(held.service.municipality_id)
    pieces = changing.put(scope, held, after, by=by, now=now, max_age=age, whole=True)
    changing.put_reasons(scope, held, reasons, by, now=now, max_age=age)
    writers = [*draft.writers] if draft else []
    if draft is not None:
        draft.delete()
    done = record(scope, held, code, now, pieces=pieces, confirmed_by=by, writers=writers)
    return replace(done, nothing=done.nothing and draft is None)


def _write(
    scope: Scope,
    held: Held,
    draft: Draft | None,
    after: ServiceInput,
    reasons: Reasons | None,
    *,
    now: datetime,
    code: str,
    by: str = "",
) -> Change:
    """Put something into the draft, which is made if there is none. `by`: it is sent, and this is who stands for it."""
    service = held.service
    before = from_json(draft.content) if draft else as_input(service)
    wanted = _reasons_of(draft) if reasons is None else changing.cleaned_reasons(reasons)
    state = "sent" if by else "open"
    news = _news(held, wanted) != _news(held, _reasons_of(draft))
    if same(before, after) and not news and state == (draft.state if draft else "open"):
        return Change(service.municipality_id, service.id, nothing=True)
    new = draft is None
    if draft is None:
        draft = Draft(
            service=service,
            municipality_id=service.municipality_id,
            revision=0,
            writers=sorted(approval.unpublished_writers(scope, service)),
        )
    else:
        earlier = {"revision": draft.revision, "content": draft.content}
        draft.earlier = [*draft.earlier, earlier][-KEPT:]
    was = draft.state
    if scope.account is not None and scope.account not in draft.writers:
        draft.writers = [*draft.writers, scope.account]
    draft.content, draft.reasons, draft.base_version = to_json(after), wanted, service.version
    draft.account, draft.at, draft.state, draft.confirmed_by = scope.account, now, state, by
    draft.revision += 1
    draft.save(force_insert=new)
    fields = content_fields(before, after) | ({"draft.state": (was, state)} if was != state else {})
    about = {"draft": draft.id, "revision": draft.revision, **({"confirmed_by": by} if by else {})}
    return Change(service.municipality_id, service.id, fields, about, code)

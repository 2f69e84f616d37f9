"""Acts on a municipality: joining, its starting set, its own answers, its notices."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import act, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import rules, starters, values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.making import make
from samvirke.catalogue.actions.writing import Change, changed
from samvirke.catalogue.finnhjelp.site import LANGUAGES, NATIONAL
from samvirke.catalogue.models import Joined, Notice, Verification
from samvirke.catalogue.queries import siblings
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

CHANGED = act(
    "catalogue.municipality.changed", needs=Need.MUNICIPALITY_EDIT, says=_("endret kommunens oppsett")
)


@action(
    "catalogue.municipality.joined",
    needs=Need.MUNICIPALITY_EDIT,
    says=_("sluttet kommunen til Samvirke"),
)
def join_municipality(
    scope: Scope,
    code: str,
    *,
    now: datetime,
    error_email: str = "",
    statement_url: str = "",
    languages: Sequence[str] = LANGUAGES,
) -> Change:
    """Let a municipality answer for its own page. Joining again changes the addresses and languages.

    `languages`: those its pages exist in; its default language is always among them. Raises BadInput.
    """
    scope.require_sight(code)
    place = Municipality.objects.filter(code=code).first()
    if place is None:
        raise BadInput(gettext("Kommune {code} finnes ikke.").format(code=code), field="municipality")
    try:
        values.texts(dict.fromkeys(languages, ""))
        email = values.email(error_email) if error_email else ""
        statement = values.url(statement_url)
    except values.Refused as error:
        raise BadInput(str(error), field="error_email") from error
    offered = [language for language in LANGUAGES if language in {*languages, place.default_language}]
    after = {"error_email": email, "statement_url": statement, "languages": offered}
    there = Joined.objects.visible_to(scope)
    before = there.filter(municipality=code).values(*after).first()
    there.update_or_create(municipality=place, defaults=after, create_defaults={**after, "joined_at": now})
    writing.rebuild_places([code, NATIONAL])
    fields = {name: (before[name] if before else None, value) for name, value in after.items()}
    return Change(
        code,
        code,
        {name: both for name, both in fields.items() if both[0] != both[1]},
        code=CHANGED if before else "",
    )


@action(
    "catalogue.template.adopted",
    needs=Need.SERVICE_EDIT,
    says=_("laget et utkast til en tjeneste fra en mal"),
)
def adopt_templates(
    scope: Scope, code: str, *, now: datetime, kinds: Collection[str] | None = None
) -> list[Change]:
    """Give a municipality a draft of every kind it has no service of, in its own language. Publishes nothing.

    `kinds`: only of these; None: of all that have a template. A withdrawn service of a kind does not count.
    """
    scope.require_sight(code)
    writing.must_have_joined(code)
    place = Municipality.objects.get(code=code)
    there = {service.kind for service in siblings(scope, code).exclude(state="withdrawn")}
    made = [
        make(
            scope,
            code,
            starters.adapted(template, place),
            now=now,
            max_age=rules.MAX_AGE,
        )
        for template in starters.templates()
        if template.kind not in there and (kinds is None or template.kind in kinds)
    ]
    return [changed(service, kind=service.kind) for service in made]


@action(
    "catalogue.duty.confirmed",
    needs=Need.SERVICE_CONFIRM,
    says=_("bekreftet det siden sier om hjelp samme dag hos fastlegen"),
)
def confirm_duty(
    scope: Scope, code: str, piece: str, by: str, *, now: datetime, max_age: timedelta = rules.MAX_AGE
) -> Change:
    """Write that the municipality has confirmed what its page says about the GP's same-day help.

    The other two duties follow from services: the legevakt's number and the emergency department's name.
    """
    scope.require_sight(code)
    writing.must_have_joined(code)
    if piece != rules.GP_SAME_DAY:
        raise BadInput(gettext("«{piece}» bekreftes på selve tjenesten.").format(piece=piece), field="piece")
    Verification.objects.filter(municipality=code, piece=piece).visible_to(scope).delete()
    Verification.objects.create(
        municipality_id=code,
        piece=piece,
        verified_by=writing.somebody(by),
        verified_at=now,
        due_at=now + max_age,
    )
    writing.rebuild_places([code])
    return Change(code, code, about={"pieces": (piece,), "confirmed_by": by})


@action(
    "catalogue.notice.added",
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("satte opp en midlertidig melding"),
)
def add_notice(
    scope: Scope,
    texts: Mapping[str, str],
    starts: date,
    ends: date,
    *,
    now: datetime,  # noqa: ARG001  (the journal's)
    municipality: str | None = None,
    service_id: UUID | None = None,
) -> Change:
    """Put up a temporary notice on a municipality's pages or on one service, through `ends` (last day, inclusive).

    A service has one notice: a new one replaces the old. Raises BadInput, also when it would end before it starts.
    """
    if (municipality is None) == (service_id is None):
        raise BadInput(gettext("En melding hører til en kommune eller til én tjeneste."), field="service")
    if ends < starts:
        raise BadInput(gettext("Meldingen slutter før den begynner."), field="ends")
    cleaned = writing.texts(texts, 1000)
    if not cleaned:
        raise BadInput(gettext("Meldingen er tom."), field="texts")
    after = {"texts": cleaned, "starts": starts, "ends": ends}
    if service_id is None:
        scope.require_sight(municipality)
        writing.must_have_joined(str(municipality))
        notice = Notice.objects.create(municipality_id=municipality, **after)
        writing.rebuild_places([str(municipality)])
        return Change(municipality, municipality, {"notice": (None, after)}, {"notice": notice.id})
    service = writing.fetch(scope, service_id)
    before = _said(getattr(service, "notice", None))
    Notice.objects.filter(service=service).visible_to(scope).delete()
    notice = Notice.objects.create(service=service, **after)
    if service.state == "confirmed":
        writing.rebuild(service)
    return changed(service, {"notice": (before, after)}, notice=notice.id)


@action(
    "catalogue.notice.removed",
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("tok ned en midlertidig melding"),
)
def remove_notice(scope: Scope, notice_id: int, *, now: datetime) -> Change:  # noqa: ARG001  (the journal's)
    """Take a notice down before its last day. Raises NotYours."""
    notice = Notice.objects.filter(id=notice_id).visible_to(scope).first()
    if notice is None:
        raise NotYours(str(notice_id))
    fields = {"notice": (_said(notice), None)}
    if notice.service_id is not None:
        service = writing.fetch(scope, notice.service_id)
        notice.delete()
        if service.state == "confirmed":
            writing.rebuild(service)
        return changed(service, fields, notice=notice_id)
    code = notice.municipality_id
    notice.delete()
    writing.rebuild_places([str(code)])
    return Change(code, code, fields, {"notice": notice_id})


def _said(notice: Notice | None) -> dict[str, object] | None:
    return {"texts": notice.texts, "starts": notice.starts, "ends": notice.ends} if notice else None

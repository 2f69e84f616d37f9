"""What the service form says around its fields: head, links, what is missing, plain-language advice, the preview."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samvirke.accounts.queries import people
from samvirke.catalogue import desk_queries, differences, editing, inputs, labels, preview, rules, wording
from samvirke.catalogue.actions.versions import EditConflict, Since
from samvirke.catalogue.desk_words import FIELD_OF, TAGS
from samvirke.catalogue.differences import Difference
from samvirke.catalogue.editing import Wanted
from samvirke.catalogue.finnhjelp.words import join
from samvirke.catalogue.forms.conflict import ConflictForm
from samvirke.catalogue.forms.service import Editor
from samvirke.catalogue.inputs import TEXT_FIELDS, ServiceInput
from samvirke.catalogue.work import RETURNED, SENT, Work
from samvirke.reference import emergency
from samvirke.ui.templatetags.staff import plain_hints


@dataclass(frozen=True)
class Page:
    """The head of a service's form."""

    title: str
    crumbs: tuple[Mapping[str, str], ...]
    tag: str
    state: str
    kind: str
    note: str
    links: tuple[tuple[str, str, bool], ...]  # name, address, comes as a dialog
    preview: str
    draft: str  # what is said of the draft; "" when there is none
    draft_note: str
    drop: str
    changes: tuple[Difference, ...]
    national: tuple[tuple[str, str], ...]
    following: bool


def url(name: str, *args: object) -> str:
    return reverse(name, args=list(args))


def title(work: Work) -> str:
    """The service's name as it stands in the form, or what a new one is called."""
    return work.given.texts[work.given.language].name or _("Ny tjeneste")


def page(work: Work, language: str) -> Page:
    """Return the head of the form."""
    stored = work.published
    note = ""
    if work.joined and len(work.joined.languages) > 1:
        note = _("Teksten er på %(language)s") % {"language": labels.LANGUAGES[work.given.language]}
    crumb = {"name": _("Tjenester"), "url": url("catalogue-services", work.code)}
    return Page(
        title=_("Ny tjeneste") if work.is_new else title(work),
        crumbs=(crumb,),
        tag=TAGS[work.state],
        state=str(labels.STATES[work.state]),
        kind=work.kinds.get(work.given.kind, ""),
        note=note,
        links=tuple(_links(work)),
        preview=_preview_url(work),
        draft=_draft_said(work),
        draft_note=work.draft.note if work.draft and work.draft.state == RETURNED else "",
        drop=url("catalogue-draft", work.code, work.service.id) if work.service and work.draft else "",
        changes=tuple(differences.differences(stored, work.given, language)) if stored and work.draft else (),
        national=tuple((one.display, one.name.get(language, one.name["nb"])) for one in emergency.ALL),
        following=work.state == "draft",
    )


def _preview_url(work: Work) -> str:
    if work.service:
        return url("catalogue-preview", work.code, work.service.id)
    return f"{url('catalogue-preview-new', work.code)}?type={work.given.kind}"


def _links(work: Work) -> Iterator[tuple[str, str, bool]]:
    if work.service is None:
        return
    key = (work.code, work.service.id)
    for language in desk_queries.languages_of(work.place, work.joined):
        if language != work.given.language:
            name = str(labels.LANGUAGES[language]).capitalize()
            yield name, url("catalogue-translate", *key, language), False
    yield _("Historie"), url("catalogue-history", *key), False
    if work.may_confirm:
        yield _("Gjelder ikke"), url("catalogue-answer", *key), False
        yield _("Skriv en midlertidig melding"), url("catalogue-notice", *key), False
        yield _("Trekk tilbake"), url("catalogue-withdraw", *key), True


def _draft_said(work: Work) -> str:
    if work.draft is None:
        return ""
    said = {"who": who(work.draft.account), "when": moment(work.draft.at)}
    if work.draft.state == SENT:
        return _("Sendt til godkjenning av %(who)s %(when)s. Endrer du det, må det sendes på nytt.") % said
    if work.draft.state == RETURNED:
        return _("Sendt tilbake. Skrevet av %(who)s %(when)s.") % said
    return _("Utkast skrevet av %(who)s %(when)s. Siden er som før til det er publisert.") % said


def who(account: UUID | None) -> str:
    """The name of somebody who did something; the system itself has none."""
    found = people([account]).get(account) if account else None
    return found.name if found else _("Systemet")


def moment(at: Any) -> str:
    """A moment as it stands in a sentence: "3. mai 2027 kl. 14.05"."""
    local = localtime(at)
    return _("%(day)s kl. %(clock)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "clock": date_format(local, "TIME_FORMAT"),
    }


@dataclass(frozen=True)
class Live:
    """What follows the form while somebody writes: what is missing, and advice."""

    missing: tuple[tuple[str, str], ...]
    hints: tuple[tuple[str, str, str, str], ...]  # field, its address, what is pointed at, the advice


def live(editor: Editor, work: Work) -> Live:
    """Return what is missing of what the letter asks for, and plain-language advice, for the form as it stands."""
    given = _given(editor, work)
    reasons = editor.reasons.given() if editor.is_bound and editor.reasons.is_valid() else work.own_reasons()
    answered = set(reasons) | ({rules.PHONE_HOURS} if rules.PHONE in reasons else set())
    told = inputs.told(given)
    missing = [one for one in rules.SERVICE_RULES if one not in told and one not in answered]
    text = given.texts[given.language]
    hints = tuple(
        (str(labels.FIELDS[name]), f"#id_{name}", quote, advice)
        for name in TEXT_FIELDS
        for quote, advice in plain_hints(getattr(text, name), given.language).hints
    )
    return Live(tuple((labels.piece(one).capitalize(), f"#{FIELD_OF[one]}") for one in missing), hints)


def preview_of(work: Work, editor: Editor, given: ServiceInput | None = None) -> dict[str, Any]:
    """Return the resident's card and page of `given`, or of the form as it stands."""
    shown = given or _given(editor, work)
    written = editor.reasons.given() if editor.is_bound and editor.reasons.is_valid() else work.own_reasons()
    return preview.page(
        work.place,
        shown,
        desk_queries.place_names([shown]),
        now=work.now,
        notice=work.notice,
        not_applicable=work.with_reasons(written, shown),
        unsure=() if given else editor.unsure(),
    )


def _given(editor: Editor, work: Work) -> ServiceInput:
    """The form as it stands, as far as it can be read."""
    return editor.given() if editor.is_bound and editor.judged else work.given


def read_only(work: Work, language: str) -> dict[str, Any]:
    """Return what a service tells, for those who cannot change it."""
    given = work.given
    text = given.texts.get(language) or given.texts[given.language]
    if work.shared:
        why = _("Denne tjenesten er felles. Den som eier den, endrer den.")
    elif work.state == "withdrawn":
        why = _("Tjenesten er trukket tilbake og står ikke på siden.")
    else:
        why = str(labels.STATES[work.state])
    told = [(str(labels.FIELDS[name]), getattr(text, name)) for name in TEXT_FIELDS]
    plain = ("groups", "access", "phones", "opening_hours", "channels", "languages", "url", "owner")
    told += [(str(labels.FIELDS[name]), wording.said(name, getattr(given, name), language)) for name in plain]
    address = wording.piece(given, rules.ADDRESS, language, desk_queries.place_names([given]))
    told.append((labels.piece(rules.ADDRESS).capitalize(), address))
    return {
        "title": text.name,
        "why": why,
        "told": [one for one in told if one[1]],
        "owner": given.owner,
        "bring_back": url("catalogue-withdraw", work.code, work.service.id)
        if work.service and work.state == "withdrawn" and work.may_confirm
        else "",
    }


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else did while the form was open."""

    who: str
    when: str
    fields: str


def since(changes: Sequence[Since]) -> list[Meanwhile]:
    """Return what others did since the form was opened, in words."""
    return [
        Meanwhile(who(one.account), moment(one.at), join([labels.field(path) for path in one.fields]))
        for one in changes
        if one.fields
    ]


def carried(wanted: Wanted, error: EditConflict) -> dict[str, str | int]:
    """Return what the conflict's form carries beside the three contents."""
    return {
        "version": error.version,
        "revision": error.revision,
        "act": wanted.act.value,
        "by": wanted.by,
        "reasons": json.dumps(wanted.reasons, ensure_ascii=False),
        "everything": "1" if wanted.everything else "",
    }


def wanted(form: ConflictForm) -> Wanted:
    """Return what is to be done after the choices of a conflict."""
    sent = form.cleaned_data
    return Wanted(
        act=editing.act_of(sent["act"]),
        given=form.chosen(),
        version=int(sent["version"] or 0),
        revision=int(sent["revision"] or 0),
        by=sent["by"],
        reasons=json.loads(sent["reasons"] or "{}"),
        everything=bool(sent["everything"]),
    )

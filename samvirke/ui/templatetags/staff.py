"""Template tags of the screens for people who log in: form fields in the design system's look."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samvirke.kit import plain

register = template.Library()

INPUT = "ds-input"
STATES = {
    "ok": "success",
    "due": "warning",
    "late": "danger",
    "missing": "danger",
    "waiting": "info",
    "draft": "neutral",
    "off": "neutral",
}


@dataclass(frozen=True)
class Fault:
    """One line of the error summary: what is wrong, in which field, and where the link goes."""

    text: str
    label: str
    target: str


@register.filter
def styled(field: BoundField) -> SafeString:
    """Render the input of a form field with the design system's class beside the widget's own."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{INPUT} {own}".strip()})


@register.filter
def choice_input(choice: BoundWidget) -> SafeString:
    """Render one radio button or checkbox of a group, without its label."""
    choice.data["attrs"]["class"] = INPUT
    return choice.tag()


@register.filter
def faults(form: BaseForm | None) -> list[Fault]:
    """List what is wrong in a form: first what concerns the whole, then field by field in the form's order."""
    if form is None or not form.is_bound:
        return []
    found = [Fault(str(error), "", "") for error in form.non_field_errors()]
    for field in form:
        found += [
            Fault(str(text), _lead(str(field.label)), _target(field, error.code))
            for error in field.errors.as_data()
            for text in error
        ]
    return found


def _lead(label: str) -> str:
    """A label before a sentence: with a colon, unless it is a question."""
    return label if label.endswith(("?", ":")) else f"{label}:"


def _target(field: BoundField, code: str | None) -> str:
    """The input to go to: the one that the error names, the first of a group, or the field's own."""
    if getattr(field.field.widget, "by_input", False):
        return f"{field.auto_id}_{code}"
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label or "")


@register.filter
def state_color(state: str) -> str:
    """The colour of a tag by what it says: ok, due, late, missing, waiting, draft, off."""
    return STATES[state]


@register.filter
def labelled(row: Sequence[object], columns: Sequence[str]) -> list[tuple[str, object]]:
    """Cells of a table row, each with the heading of its column, for rows that become cards on a phone."""
    return list(zip(columns, row, strict=True))


@dataclass(frozen=True)
class Advised:
    """What _hints.html shows of a text: advice, and how hard it is to read."""

    hints: list[tuple[str, str]]  # what is pointed at, and the advice
    reading: str


@register.filter
def plain_hints(text: str | None, language: str) -> Advised:
    """Plain-language advice about a text in bokmål or nynorsk, in the language of the screen."""
    given = text or ""
    found = [
        (_shortened(given[hint.start : hint.end]), _advice(hint)) for hint in plain.hints(given, language)
    ]
    level = plain.lix(given) if language in {"nb", "nn"} else None
    return Advised(found, _reading(level) if level is not None else "")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _advice(hint: plain.Hint) -> str:
    said = {
        "long-sentence": _("Setningen har {words} ord. Del den i to."),
        "passive": _("Si hvem som gjør det: «vi ringer deg», ikke «du blir oppringt»."),
        "abbreviation": _("Skriv ordene helt ut: «{better}»."),
        "letters": _("Forklar bokstavene første gang: skriv navnet og så ({written})."),
        "long-word": _("Ordet er langt. Finn et kortere, eller bruk flere ord."),
        "heavy": _("Skriv enklere: «{better}»."),
        "metaphor": _("Si det rett fram. Bilder blir lett misforstått."),
        "lix": _("Teksten er tung å lese (LIX {lix}). Bruk kortere setninger og kortere ord."),
    }
    return said[hint.kind].format(**dict(hint.about))


def _reading(level: int) -> str:
    if level < 35:
        return _("LIX {lix}: lett å lese").format(lix=level)
    return (_("LIX {lix}: middels") if level < plain.HARD else _("LIX {lix}: tung å lese")).format(lix=level)

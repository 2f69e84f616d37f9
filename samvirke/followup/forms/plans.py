"""A contact plan as the leader writes it: one row per step, times in days."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import plan_words, words
from samvirke.followup.forms.common import choices
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import Anchor, StepPlan, Template

DAY = timedelta(days=1)


def _days(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=4000, max_digits=6, decimal_places=2)


class StepRow(forms.Form):
    """One step. Left without a name it is not there."""

    code = forms.ChoiceField(
        label=_("Steg"),
        required=False,
        choices=[("", _("Velg")), *((code, words.STEPS[code]) for code in plan_words.TEMPLATE_CODES)],
    )
    anchor = forms.ChoiceField(label=_("Telles fra"), choices=choices(plan_words.ANCHORS), initial="known")
    opens = _days(_("Åpner etter (dager)"))
    aim = _days(_("Gjøres etter (dager)"))
    closes = _days(_("Frist etter (dager)"))
    channel = forms.ChoiceField(label=_("Hvordan"), choices=choices(words.CHANNELS), initial="phone")
    health = forms.BooleanField(label=_("Skal gjøres av helsepersonell og journalføres"), required=False)
    reason = forms.CharField(label=_("Hvorfor"), max_length=300)
    source = forms.CharField(label=_("Kilde"), required=False, max_length=200)
    known_reason = forms.CharField(required=False, widget=forms.HiddenInput)
    known_source = forms.CharField(required=False, widget=forms.HiddenInput)

    def step(self) -> StepPlan:
        """Return the step; what was not rewritten keeps its code, and so its translations."""
        told = self.cleaned_data
        reason, source = told["reason"].strip(), told["source"].strip()
        opens, aim, closes = (float(told[name]) * DAY for name in ("opens", "aim", "closes"))
        return StepPlan(
            told["code"],
            Anchor(told["anchor"]),
            opens,
            aim,
            closes,
            told["known_reason"] if reason == str(words.reason(told["known_reason"])) else reason,
            told["known_source"] if source == str(words.basis(told["known_source"])) else source,
            told["channel"],
            health=told["health"],
        )


class StepRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a plan."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Ta bort steget")


Rows = forms.formset_factory(StepRow, formset=StepRows, extra=1, can_delete=True, max_num=40, absolute_max=40)


def first(steps: Sequence[StepPlan]) -> list[dict[str, Any]]:
    """Return what the rows begin with."""
    return [
        {
            "code": step.code, "anchor": step.anchor.value, "channel": step.channel, "health": step.health,
            "reason": str(words.reason(step.reason)), "source": str(words.basis(step.source)),
            "known_reason": step.reason, "known_source": step.source,
            **{name: f"{getattr(step, name) / DAY:g}" for name in ("opens", "aim", "closes")},
        }
        for step in steps
    ]  # fmt: skip


class PartForm(forms.Form):
    """A part that is to have a plan of its own."""

    part = forms.ChoiceField(label=_("Lag egen plan for"))

    def __init__(self, *args: Any, templates: Sequence[Template], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {part for one in templates if not one.children for part in one.parts}
        free = [
            (part.value, name)
            for part, name in words.PARTS.items()
            if part not in taken and part not in NEVER
        ]
        self.fields["part"].choices = free  # type: ignore[attr-defined]


NEVER = {Part.DEAD, Part.MISSING}

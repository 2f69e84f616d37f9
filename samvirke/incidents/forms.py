"""The forms of incidents. They clean what was typed; the actions decide."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.incidents import words
from samvirke.incidents.actions import Planned, Reported
from samvirke.incidents.rules import CRITERIA, Weight
from samvirke.reference.queries import municipalities
from samvirke.ui.forms import StaffForm

NO_NAMES = _("Skriv ikke navn eller helseopplysninger om rammede.")
MOMENTS = ["%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M"]


def choices(names: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return what can be chosen, with the words for it."""
    return [(str(getattr(key, "value", key)), name) for key, name in names.items()]


class Moment(forms.DateTimeField):
    """A day and a time, in Oslo."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=MOMENTS, **kwargs)
        self.error_messages["invalid"] = _("Skriv dag og klokkeslett, for eksempel 24.12.2026 18.30.")


class Words(forms.CharField):
    """Some lines of text."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **kwargs)


class ReportForm(StaffForm):
    """The report: short, in the order in which somebody tells it on the phone."""

    kind = forms.ChoiceField(label=_("Hva har skjedd?"), choices=[("", _("Velg")), *choices(words.KINDS)])
    place = forms.CharField(label=_("Hvor?"), required=False, max_length=200)
    happened_at = Moment(label=_("Når skjedde det?"))
    danger = forms.ChoiceField(
        label=_("Er det fortsatt farlig på stedet?"), choices=choices(words.DANGERS), widget=forms.RadioSelect, initial="unknown"
    )  # fmt: skip
    dead = forms.IntegerField(label=_("Døde"), required=False, min_value=0, max_value=100000)
    injured = forms.IntegerField(label=_("Skadde"), required=False, min_value=0, max_value=100000)
    missing = forms.IntegerField(label=_("Savnede"), required=False, min_value=0, max_value=100000)
    children = forms.IntegerField(
        label=_("Barn blant dem"), required=False, min_value=0, max_value=100000
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Hvem melder?"), choices=[("", _("Velg")), *choices(words.SOURCES)])
    reporter = forms.CharField(label=_("Navnet på den som melder"), required=False, max_length=100)
    phone = forms.CharField(
        label=_("Telefon til den som melder"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )  # fmt: skip
    what = Words(label=_("Kort om det som har skjedd"), required=False, help_text=NO_NAMES)
    title = forms.CharField(
        label=_("Arbeidstittel"), required=False, max_length=120,
        help_text=_("Skriv den så nøytralt at den kan stå på en skjerm andre ser. Tom: vi bruker det du valgte øverst."),
    )  # fmt: skip
    exercise = forms.BooleanField(label=_("Dette er en øvelse"), required=False)

    def numbers(self) -> list[forms.BoundField]:
        """Return the fields that stand beside each other: how many."""
        return [self[name] for name in ("dead", "injured", "missing", "children")]

    def told(self) -> Reported:
        """Return the report as the action wants it."""
        return Reported(**self.cleaned_data)


class DecideForm(StaffForm):
    """The decision against the criteria."""

    answer = forms.ChoiceField(
        label=_("Skal teamet i gang?"), choices=choices(words.ANSWERS), widget=forms.RadioSelect
    )
    reason = Words(
        label=_("Hvorfor?"), required=False, help_text=_("Må fylles ut ved nei og delvis. Skriv ikke navn.")
    )
    offered = Words(
        label=_("Hva får de rammede tilbud om i stedet?"),
        required=False,
        help_text=_("Må fylles ut ved nei."),
        rows=2,
    )


class CriteriaForm(DecideForm):
    """The first decision: with the criteria to tick."""

    criteria = forms.MultipleChoiceField(
        label=_("Hva passer her?"), required=False, widget=forms.CheckboxSelectMultiple, choices=choices(words.CRITERIA)
    )  # fmt: skip
    field_order = ("criteria", "answer", "reason", "offered")

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Return the criteria by how often they call the team out."""
        boxes = list(self["criteria"])
        found: dict[Weight, list[Any]] = {weight: [] for weight in Weight}
        for box in boxes:
            found[CRITERIA[str(box.data["value"])]].append(box)
        return [(words.WEIGHTS[weight], group) for weight, group in found.items()]


class ReasonForm(StaffForm):
    """A reason, nothing more."""

    reason = Words(label=_("Hvorfor?"), help_text=NO_NAMES)


class EntryForm(StaffForm):
    """An entry of the log. The owner and the deadline are for tasks."""

    kind = forms.ChoiceField(
        label=_("Hva skriver du?"), widget=forms.RadioSelect, initial="information",
        choices=[(kind, words.ENTRIES[kind]) for kind in ("information", "decision", "task")],
    )  # fmt: skip
    text = Words(label=_("Tekst"), help_text=NO_NAMES)
    owner = forms.CharField(label=_("Hvem har oppgaven?"), required=False, max_length=100)
    deadline = Moment(label=_("Frist for oppgaven"), required=False)
    happened_at = Moment(
        label=_("Når skjedde det?"), required=False, help_text=_("La feltet stå tomt hvis det er nå.")
    )


class TextForm(StaffForm):
    """A text about one entry."""

    text = Words(label=_("Tekst"), required=False, help_text=NO_NAMES)


class ThreatForm(StaffForm):
    """What the police have said may stand here."""

    text = Words(label=_("Politiets vurdering"), rows=4)
    source = forms.CharField(label=_("Hvem i politiet kommer den fra?"), max_length=200)
    valid_until = Moment(label=_("Gjelder til"))
    approved = forms.BooleanField(
        label=_("Politiet har godkjent at denne teksten står i dette systemet"), required=False
    )


class TellForm(StaffForm):
    """That somebody was told."""

    how = forms.ChoiceField(
        label=_("Hvordan?"), choices=choices(words.HOW), widget=forms.RadioSelect, initial="phone"
    )
    whom = forms.CharField(
        label=_("Hvem snakket du med?"), max_length=200, help_text=_("Trengs det ikke: skriv hvorfor.")
    )


def towns(*, without: str) -> list[tuple[str, str]]:
    """Return all municipalities to choose from but one."""
    return [
        ("", str(_("Velg kommune"))),
        *[(one.code, one.name_unique) for one in municipalities() if one.code != without],
    ]


class TownForm(StaffForm):
    """Another municipality."""

    municipality = forms.ChoiceField(label=_("Kommune"))

    def __init__(self, *args: Any, without: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = towns(without=without)  # type: ignore[attr-defined]


class PartForm(TownForm):
    """Another municipality that takes part."""

    part = forms.ChoiceField(
        label=_("Hvorfor?"), widget=forms.RadioSelect, initial="participating",
        choices=[(key, words.PARTS[key]) for key in ("participating", "home")],
    )  # fmt: skip


class GuestForm(TownForm):
    """A named guest."""

    email = forms.EmailField(label=_("E-postadressen de logger inn med"))
    until = Moment(label=_("Til når?"))
    field_order = ("email", "municipality", "until")


class OfferForm(TownForm):
    """An offer of the lead."""

    reason = Words(label=_("Hvorfor bør de overta?"), rows=2, help_text=NO_NAMES)


class MeetingForm(StaffForm):
    """A meeting."""

    title = forms.CharField(
        label=_("Hva slags møte?"), max_length=80, help_text=_("For eksempel: Samordning")
    )
    starts = Moment(label=_("Begynner"))
    minutes = forms.IntegerField(label=_("Hvor mange minutter?"), min_value=5, max_value=1440, initial=60)
    place = forms.CharField(label=_("Sted eller lenke"), max_length=300)
    invited = forms.CharField(
        label=_("Hvem er kalt inn?"), max_length=400, help_text=_("Skriv tjenester og funksjoner, ikke navn på rammede.")
    )  # fmt: skip
    minutes_in = forms.CharField(label=_("Hvor ligger referatet?"), required=False, max_length=200)

    def told(self) -> Planned:
        """Return the meeting as the action wants it."""
        given = self.cleaned_data
        starts: datetime = given["starts"]
        return Planned(
            given["title"], starts, starts + timedelta(minutes=given["minutes"]), given["place"], given["invited"],
            given["minutes_in"],
        )  # fmt: skip


class LessonForm(StaffForm):
    """An answer of the evaluation."""

    question = forms.ChoiceField(
        label=_("Spørsmål"), choices=choices(words.QUESTIONS), widget=forms.RadioSelect, initial="worked"
    )
    text = Words(label=_("Svar"), help_text=NO_NAMES)
    to_do = Words(label=_("Hva skal gjøres?"), required=False, rows=2)
    owner = forms.CharField(label=_("Hvem har ansvaret?"), required=False, max_length=100)
    deadline = forms.DateField(
        label=_("Når skal det være gjort?"), required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

"""The forms of the team and its alerts. They clean what was typed; the acts decide."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.incidents.callout import rules, words
from samvirke.incidents.callout.actions import Facts, Order
from samvirke.incidents.callout.contact import LONGEST_PLACE, Contact
from samvirke.incidents.callout.rules import Answer, Function
from samvirke.kit.hours import OSLO
from samvirke.ui.forms import StaffForm

Pairs = Iterable[tuple[Any, Any]]


def choices(names: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return names as a field's choices."""
    return [(str(getattr(key, "value", key)), name) for key, name in names.items()]


class DayField(forms.DateField):
    """A day, as the browser's field or as people write it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Skriv datoen som 24.12.2026.")}  # noqa: RUF012  (Django's own way)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)


class MomentField(forms.DateTimeField):
    """A moment in Norwegian time, as the browser's field or as people write it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Skriv tidspunktet som 24.12.2026 19.30.")}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M"], **kwargs)


class MemberForm(StaffForm):
    """Somebody in the register."""

    function = forms.ChoiceField(label=_("Funksjon"), choices=[("", _("Velg")), *choices(words.FUNCTIONS)])
    name = forms.CharField(label=_("Navn"), max_length=100)
    phones = forms.CharField(
        label=_("Telefon"), required=False, max_length=100,
        help_text=_("Mobilnummeret først. Skriv komma mellom flere numre."),
    )  # fmt: skip
    email = forms.CharField(label=_("E-post"), required=False, max_length=200)
    position = forms.IntegerField(
        label=_("Plass i rekken"), initial=1, min_value=1, max_value=99,
        help_text=_("1 kalles ut først av dem med samme funksjon."),
    )  # fmt: skip
    deputy = forms.ChoiceField(
        label=_("Stedfortreder"), required=False,
        help_text=_("Kalles ut når personen ikke svarer, ikke kan eller er borte."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Språk i meldinger"), choices=choices(words.LANGUAGES))
    account = forms.ChoiceField(label=_("Konto i Samvirke"), required=False)
    away_from = DayField(label=_("Borte fra og med"), required=False)
    away_to = DayField(label=_("Borte til og med"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, deputies: Pairs, accounts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (("deputy", deputies), ("account", accounts)):
            found = [("", _("Ingen")), *((str(id_), text) for id_, text in pairs)]
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """Return what was typed, as the acts want it."""
        told = self.cleaned_data
        return Facts(
            Function(told["function"]),
            Contact(told["name"], tuple(told["phones"].split(",")), told["email"]),
            position=told["position"],
            language=told["language"],
            deputy=UUID(told["deputy"]) if told["deputy"] else None,
            account=UUID(told["account"]) if told["account"] else None,
            away_from=told["away_from"],
            away_to=told["away_to"],
        )


class TimesForm(StaffForm):
    """How long to wait."""

    answer_within = forms.IntegerField(
        label=_("Minutter før neste kalles ut"), min_value=1, max_value=rules.LONGEST_WAIT
    )
    nobody_within = forms.IntegerField(
        label=_("Minutter før legevakt og kriseledelse varsles om at ingen kommer"),
        min_value=1,
        max_value=rules.LONGEST_WAIT,
    )


class TestForm(StaffForm):
    """Whom to call, and what to say."""

    who = forms.ChoiceField(
        label=_("Hvem skal varsles?"), widget=forms.RadioSelect, initial="all",
        choices=[
            ("all", _("Alle som er tilgjengelige, samtidig")),
            ("functions", _("Bare funksjonene jeg velger. Den første i rekken varsles.")),
        ],
    )  # fmt: skip
    functions = forms.MultipleChoiceField(
        label=_("Funksjoner"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, words.FUNCTIONS[one]) for one in rules.CALLED],
    )  # fmt: skip
    text = forms.ChoiceField(
        label=_("Hva skal de gjøre?"), widget=forms.RadioSelect, initial="meet", choices=choices(words.TEXTS)
    )
    place = forms.CharField(
        label=_("Møtested"), required=False, max_length=LONGEST_PLACE,
        help_text=_("For eksempel «Rådhuset, inngang B». Skriv ikke navn, og ikke hva som har hendt."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for functions when only some are to be called."""
        told = super().clean() or self.cleaned_data
        if told.get("who") == "functions" and not told.get("functions"):
            self.add_error("functions", _("Velg minst én funksjon."))
        return told

    def order(self) -> Order:
        """Return what was chosen; a test has no incident."""
        told = self.cleaned_data
        chosen = told["functions"] if told["who"] == "functions" else []
        incident = told.get("incident")
        return Order(
            UUID(incident) if incident else None,
            frozenset(Function(one) for one in chosen),
            told["text"],
            told["place"],
        )


class CalloutForm(TestForm):
    """The same, for an incident."""

    incident = forms.ChoiceField(label=_("Hendelse"))
    field_order = ["incident", "who", "functions", "text", "place"]

    def __init__(self, *args: Any, incidents: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(id_), text) for id_, text in incidents]
        self.fields["incident"].choices = [("", _("Velg")), *found] if len(found) != 1 else found  # type: ignore[attr-defined]


class PaperForm(StaffForm):
    """An alert that was made by phone from the printed list."""

    incident = forms.ChoiceField(label=_("Hendelse"))
    begun_at = MomentField(label=_("Når begynte dere å ringe?"))

    def __init__(self, *args: Any, incidents: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [("", _("Velg")), *((str(id_), text) for id_, text in incidents)]
        self.fields["incident"].choices = pairs  # type: ignore[attr-defined]


class EnterForm(StaffForm):
    """One row of the printed list."""

    member = forms.ChoiceField(label=_("Hvem ringte dere?"))
    at = MomentField(label=_("Når?"))
    answer = forms.ChoiceField(
        label=_("Hva svarte personen?"), widget=forms.RadioSelect,
        choices=[("coming", _("Kommer")), ("cannot", _("Kan ikke")), ("none", _("Svarte ikke"))],
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Om hvor mange minutter?"), required=False, min_value=0, max_value=rules.MOST_MINUTES
    )

    def __init__(self, *args: Any, members: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [("", _("Velg")), *((str(id_), text) for id_, text in members)]
        self.fields["member"].choices = pairs  # type: ignore[attr-defined]

    def said(self) -> Answer:
        """Return the answer."""
        told = self.cleaned_data["answer"]
        return Answer.NONE if told == "none" else Answer(told)


class AnswerForm(forms.Form):
    """The answer by the link. `minutes` in figures, or one of the buttons."""

    answer = forms.ChoiceField(choices=[("coming", ""), ("cannot", "")])
    minutes = forms.IntegerField(required=False, min_value=0, max_value=rules.MOST_MINUTES)


class OwnForm(forms.Form):
    """What a member says of their own numbers."""

    answer = forms.ChoiceField(choices=[("right", ""), ("wrong", "")])


def minute(moment: datetime) -> datetime:
    """Return a moment as a field shows it: Norwegian time, whole minutes."""
    local = moment.astimezone(OSLO)
    return local - timedelta(seconds=local.second, microseconds=local.microsecond)

"""The service form: from what is stored to what people fill in, and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samvirke.catalogue import inputs, labels, rules, spoken, values
from samvirke.catalogue.finnhjelp.site import Group
from samvirke.catalogue.finnhjelp.words import say_groups
from samvirke.catalogue.forms.parts import NO, YES, ChannelForm, PhoneForm, channel_row, phone_row
from samvirke.catalogue.forms.rows import Rows
from samvirke.catalogue.inputs import TEXT_FIELDS, ChannelInput, Known, PhoneInput, ServiceInput, TextInput
from samvirke.ui.hours_field import HoursField

Choices = Sequence[tuple[str, Any]]
_LINE, _LONG = 2, 4
REASONS = [one for one in rules.SERVICE_RULES if one in rules.MAY_BE_NOT_APPLICABLE]
_PLACES = {"ages": "age_min", "texts": "name", "phone": "name", "phone_hours": "name", "channels": "name"}


def _text(hint: Any = "", rows_: int = _LONG) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=values.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows_}),
        help_text=hint,
    )


class ServiceForm(forms.Form):
    """Everything about a service but its phones and channels, in the language it is written in."""

    name = forms.CharField(
        max_length=values.LONGEST_NAME,
        error_messages={"required": gettext_lazy("Skriv hva tjenesten heter.")},
        help_text=gettext_lazy("Slik folk sier det: «Kriseteamet», «Helsestasjonen i Storgata»."),
    )
    description = _text(gettext_lazy("Hva folk får hjelp til. En eller to setninger."))
    what_happens = _text(gettext_lazy("Hvem som svarer, hva de spør om, og hva de gjør så."))
    groups = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    age_min = forms.IntegerField(required=False)
    age_max = forms.IntegerField(required=False)
    who = _text(gettext_lazy("Fyll ut hvis gruppene over ikke sier det godt nok."), _LINE)
    access = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvordan folk får kontakt.")},
    )
    through = forms.ChoiceField(required=False, help_text=gettext_lazy("For eksempel legevakten."))
    how = _text(gettext_lazy("For eksempel hvem som kan be tjenesten komme, eller hvem som henviser."), _LINE)
    opening_hours = HoursField(kind="visit")
    street_address = forms.CharField(required=False, max_length=values.LONGEST_NAME)
    postal_code = forms.CharField(required=False, max_length=4)
    premises = _text(gettext_lazy("For eksempel trinnfri inngang, heis eller teleslynge."), _LINE)
    languages = forms.CharField(
        required=False, help_text=gettext_lazy("Med komma mellom: «norsk, engelsk, ukrainsk».")
    )
    interpreter = forms.ChoiceField(
        required=False,
        choices=[
            ("", pgettext_lazy("interpreter", "Ikke oppgitt")),
            (YES, gettext_lazy("Ja, du kan få tolk")),
            (NO, gettext_lazy("Nei")),
        ],
    )
    price = _text(gettext_lazy("Skriv «gratis» bare hvis det gjelder alle."), _LINE)
    confidentiality = _text(gettext_lazy("Skriv bare det som er sant for denne tjenesten."), _LINE)
    alert = _text(gettext_lazy("For fastlege, skole, politi og andre. Si hvordan, dag og natt."), _LINE)
    kind = forms.ChoiceField(error_messages={"required": gettext_lazy("Velg hva slags tjeneste det er.")})
    owner = forms.CharField(required=False, max_length=values.LONGEST_NAME)
    url = forms.CharField(required=False, max_length=500)
    level = forms.ChoiceField(
        required=False, help_text=gettext_lazy("La feltet stå tomt for å bruke det vanlige nivået for typen.")
    )
    external_id = forms.CharField(required=False, max_length=values.LONGEST_NAME)

    def __init__(self, *args: Any, kinds: Choices, hours: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = str(labels.FIELDS[name])
        choices = {
            "groups": [(group.value, say_groups([group])) for group in Group],
            "access": labels.ACCESS.items(),
            "through": [("", _("Velg tjeneste")), *kinds],
            "kind": [("", _("Velg type")), *kinds],
            "level": [("", ""), *labels.LEVELS.items()],
        }
        for name, known in choices.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]
        self.fields["opening_hours"].widget.preview = hours

    def hush(self) -> None:
        """Show what was sent without judging it."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def clean_languages(self) -> list[str]:
        """Read names of languages, in the language of the screen or as codes."""
        codes, strange = spoken.read(self.cleaned_data["languages"])
        if strange:
            raise ValidationError(
                _("«%(word)s» er ikke et språk vi kjenner. Skriv for eksempel «norsk, engelsk, ukrainsk».")
                % {"word": values.shown(strange[0])}
            )
        return codes

    def clean(self) -> dict[str, Any]:
        """Refuse a way in through another service when nothing says which."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("access") == "through" and not (found.get("through") or found.get("how")):
            self.add_error("through", _("Velg tjenesten man må gå gjennom, eller skriv hvordan."))
        return found


class ReasonsForm(forms.Form):
    """Why a piece does not apply: one line beside the piece it is about. It counts when the piece has no value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "na"})
        for piece in REASONS:
            field = self.fields[piece.replace("-", "_")] = forms.CharField(
                required=False,
                max_length=1000,
                label=_("Hvorfor gjelder det ikke? (%(piece)s)") % {"piece": labels.piece(piece)},
                help_text=_("Svaret står på siden. For eksempel: «Teamet har ikke egne lokaler.»"),
            )
            field.piece = labels.piece(piece)  # type: ignore[attr-defined]

    def given(self) -> dict[str, str]:
        """Return the reasons that were written, by piece."""
        return {name.replace("_", "-"): text for name, text in self.cleaned_data.items() if text}


class Editor:
    """The whole form: the service, its phones and its channels, and what does not apply. `base` is where it starts.

    What the form does not show (other languages' texts, labels in them) stays as it is in `base`. `reasons`: the
    answers "not applicable" there are, by piece.
    """

    def __init__(
        self,
        base: ServiceInput,
        *,
        municipality: str | None,
        kinds: Choices,
        hours: str,
        reasons: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        hushed: bool = False,
    ) -> None:
        self.base, self.municipality = base, municipality
        self.is_bound = data is not None
        self.main = ServiceForm(data, initial=_initial(base), kinds=kinds, hours=hours)
        self.reasons = ReasonsForm(
            data, initial={piece.replace("-", "_"): text for piece, text in (reasons or {}).items()}
        )
        self.said: list[str] = []
        self.judged = False
        if hushed:
            self.main.hush()
        options: dict[str, Any] = {
            "data": data,
            "hushed": hushed,
            "hours": hours,
            "municipality": municipality,
        }
        phones = [phone_row(phone, base.language) for phone in base.phones]
        channels = [channel_row(one, base.language) for one in base.channels]
        self.phones = Rows(PhoneForm, "phones", initial=phones, least=1, **options)
        self.channels = Rows(ChannelForm, "channels", initial=channels, **options)

    def __iter__(self) -> Iterator[BoundField]:
        """All fields in the order of the page, for the error summary."""
        order = list(self.main)
        cut = next(number for number, field in enumerate(order) if field.name == "street_address")
        late = next(number for number, field in enumerate(order) if field.name == "languages")
        yield from order[:cut]
        for row in self.phones:
            yield from row
        yield from order[cut:late]
        for channel in self.channels:
            yield from channel
        yield from order[late:]
        yield from self.reasons

    def non_field_errors(self) -> list[str]:
        """What is wrong with the whole."""
        return [*self.said, *(str(error) for error in self.main.non_field_errors())]

    def is_valid(self, known: Known) -> bool:
        """Judge everything, and put each refusal at its field."""
        self.judged = True
        parts = (self.main, self.phones, self.channels, self.reasons)
        if [part for part in parts if not part.is_valid()]:
            return False
        self._refuse_twice()
        _cleaned, problems = inputs.clean(self.given(), self.municipality, known)
        for problem in problems:
            self.refuse(problem.field, problem.text)
        return not (self.main.errors or any(row.errors for row in self.phones))

    def unsure(self) -> frozenset[str]:
        """Return the pieces that nobody has chosen anything for yet."""
        return frozenset() if self.main["access"].value() else frozenset({rules.ACCESS})

    def refuse(self, field: str, text: str) -> None:
        """Put a sentence at a field of ServiceInput or TextInput or at a piece's reason; else at the whole."""
        if field.startswith("na-"):
            self.reasons.add_error(field.removeprefix("na-").replace("-", "_"), text)
        elif self.main.is_bound:
            self.main.add_error(field if field in self.main.fields else _PLACES.get(field), text)
        else:
            self.said.append(text)

    def given(self) -> ServiceInput:
        """Return the service as it is filled in. Only after is_valid, or for a preview of what is valid."""
        found, language = self.main.cleaned_data, self.base.language
        text = TextInput(found.get("name", ""), **{name: found.get(name, "") for name in TEXT_FIELDS})
        simple = ("groups", "age_min", "age_max", "access", "opening_hours", "street_address", "postal_code")
        return replace(
            self.base,
            **{name: found[name] for name in simple if name in found},
            **{
                name: found[name]
                for name in ("kind", "owner", "url", "level", "external_id")
                if name in found
            },
            texts={**self.base.texts, language: text},
            through=found.get("through", "") if found.get("access") == "through" else "",
            languages=tuple(found.get("languages", ())),
            interpreter={YES: True, NO: False}.get(found.get("interpreter", "")),
            phones=tuple(self._phone(row.cleaned_data) for row in self.phones.filled() if row.is_valid()),
            channels=tuple(
                self._channel(row.cleaned_data) for row in self.channels.filled() if row.is_valid()
            ),
        )

    def _phone(self, found: Mapping[str, Any]) -> PhoneInput:
        old = next((one for one in self.base.phones if one.number == found["was"]), None)
        label = _label(old.label if old else {}, self.base.language, found["label"])
        return PhoneInput(found["number"], found["hours"], label, found["for_residents"] != NO)

    def _channel(self, found: Mapping[str, Any]) -> ChannelInput:
        old = next((one for one in self.base.channels if one.address == found["was"]), None)
        label = _label(old.label if old else {}, self.base.language, found["label"])
        return ChannelInput(found["kind"], found["address"], found["hours"], label)

    def _refuse_twice(self) -> None:
        seen: set[str] = set()
        for row in self.phones.filled():
            number = row.cleaned_data["number"]
            if number in seen:
                row.add_error("number", _("Nummeret står to ganger. Fjern det ene."))
            seen.add(number)


def _label(old: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    """A label with this language's text; without it, no label in any language."""
    return {**old, language: text} if text else {}


def _initial(base: ServiceInput) -> dict[str, Any]:
    text = base.texts.get(base.language, TextInput(""))
    return {
        **{name: getattr(base, name) for name in ServiceForm.base_fields if hasattr(base, name)},
        **{name: getattr(text, name) for name in ("name", *TEXT_FIELDS)},
        "access": base.access if text.name else "",  # nothing is chosen for a service that is nothing yet
        "languages": spoken.say(base.languages),
        "interpreter": {True: YES, False: NO, None: ""}[base.interpreter],
    }

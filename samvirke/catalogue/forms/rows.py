"""Several of the same in one form (phones, channels): rows that are added and removed without script.

The names are "phones-rows" (how many), "phones-0-number", "phones-1-number" …; the button's value says what to do:
"phones+" adds an empty row, "phones-1" takes row 1 away, "phones-1=opening_hours" gives its hours those of a field.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext

MOST_ROWS = 20
BUTTON = "rad"
_ASKED = re.compile(r"(?P<name>[a-z]+)(?:(?P<add>\+)|-(?P<number>\d{1,2})(?:=(?P<like>[a-z_]+))?)")


class RowForm(forms.Form):
    """One row. `title` ("Telefon 2") stands in its labels too when it is not `alone`, for the error summary."""

    called = ""  # "Telefon %(number)s"

    def __init__(self, *args: Any, number: int, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext(self.called) % {"number": number}
        self.alone = alone

    def name_fields(self, labels: Mapping[str, str]) -> None:
        """Give the fields their labels."""
        for name, label in labels.items():
            self.fields[name].label = label if self.alone else f"{self.title}: {label[:1].lower()}{label[1:]}"

    def hush(self) -> None:
        """Show what was sent without judging it: the person is not done yet."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_empty(self) -> bool:
        """Say whether nothing is filled in; such a row counts as not there."""
        raise NotImplementedError


Row = TypeVar("Row", bound=RowForm)


class Rows(Generic[Row]):
    """The rows of one kind, from what was sent or from what is stored."""

    def __init__(
        self,
        form: type[Row],
        name: str,
        *,
        data: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]],
        hushed: bool,
        least: int = 0,
        **options: Any,
    ) -> None:
        self.name = name
        many = count(data, name) if data is not None else max(len(initial), least)
        self.forms = [
            form(
                data,
                prefix=f"{name}-{number}",
                initial=dict(initial[number]) if data is None and number < len(initial) else None,
                number=number + 1,
                alone=many == 1,
                **options,
            )
            for number in range(many)
        ]
        for one in self.forms:
            if hushed or (data is not None and one.is_empty()):
                one.hush()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def full(self) -> bool:
        return len(self.forms) >= MOST_ROWS

    def filled(self) -> list[Row]:
        """The rows with something in them."""
        return [one for one in self.forms if not one.is_empty()]

    def is_valid(self) -> bool:
        """Judge every row, so that all that is wrong is said at once."""
        return not [one for one in self.filled() if not one.is_valid()]


def count(data: Mapping[str, Any], name: str) -> int:
    """Return how many rows were sent, within reason."""
    said = str(data.get(f"{name}-rows", ""))
    return min(int(said), MOST_ROWS) if said.isdecimal() and len(said) < 4 else 0


def asked(data: Mapping[str, Any]) -> bool:
    """Say whether a button for adding or removing a row was pressed."""
    return bool(data.get(BUTTON))


def rearranged(data: QueryDict) -> QueryDict:
    """Return what was sent with what the button asked for done: a row more, one less, hours copied. The rest as it was."""
    found = _ASKED.fullmatch(str(data.get(BUTTON, "")))
    if found is None:
        return data
    changed = data.copy()
    name, many = found["name"], count(data, found["name"])
    if found["add"]:
        changed[f"{name}-rows"] = str(min(many + 1, MOST_ROWS))
    elif found["like"]:
        _copy(changed, found["like"], f"{name}-{found['number']}-hours")
    elif int(found["number"]) < many:
        _take_away(changed, name, int(found["number"]))
        changed[f"{name}-rows"] = str(many - 1)
    return changed


def _take_away(data: QueryDict, name: str, gone: int) -> None:
    """Drop one row's values and move those of the following rows one up."""
    of_row = re.compile(rf"{name}-(\d+)-(.+)")
    for key in list(data):
        found = of_row.fullmatch(key)
        if found is None or int(found[1]) < gone:
            continue
        values = data.pop(key)
        if int(found[1]) > gone:
            data.setlist(f"{name}-{int(found[1]) - 1}-{found[2]}", values)


def _copy(data: QueryDict, source: str, target: str) -> None:
    """Give a grid of hours the values of another. What the grid is for stays its own."""
    for key in [key for key in data if key.startswith(f"{target}-") and not key.endswith("-kind")]:
        del data[key]
    for key in [key for key in data if key.startswith(f"{source}-") and not key.endswith("-kind")]:
        data.setlist(target + key.removeprefix(source), data.getlist(key))

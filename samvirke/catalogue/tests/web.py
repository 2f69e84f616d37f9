"""A browser without script: reads the forms of a page and sends them as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client


@dataclass
class Form:
    """One form of a page: what its inputs hold, and its buttons by their words."""

    action: str
    method: str = "get"
    data: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)

    def put(self, **values: Any) -> "Form":
        """Fill in inputs; names may be written with "__" for "-". None: leave it out."""
        for name, value in values.items():
            self.set(name.replace("__", "-"), value)
        return self

    def set(self, name: str, value: Any) -> "Form":
        """Fill in one input."""
        if value is None:
            self.data.pop(name, None)
        else:
            self.data[name] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        return self


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.text: tuple[str, list[str]] | None = None
        self.select = ""
        self.first: str | None = None
        self.button: dict[str, str] | None = None
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "template":
            self.hidden += 1
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self.form)
        if self.form is None or self.hidden:
            return
        if tag == "button":
            self.button, self.words = given, []
        name = given.get("name", "")
        if tag == "input" and name:
            ticked = given.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in given:
                self.form.data.setdefault(name, []).append(given.get("value", "on" if ticked else ""))
        elif tag == "textarea":
            self.text = (name, [])
        elif tag == "select":
            self.select, self.first = name, None
        elif tag == "option" and self.select:
            value = given.get("value", "")
            if self.first is None:
                self.first = value
                self.form.data[self.select] = [value]
            if "selected" in given:
                self.form.data[self.select] = [value]

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text[1].append(data)
        if self.button is not None:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.hidden -= 1
        if tag == "form":
            self.form = None
        if self.form is None or self.hidden:
            return
        if tag == "textarea" and self.text is not None:
            self.form.data[self.text[0]] = ["".join(self.text[1]).removeprefix("\n")]
            self.text = None
        elif tag == "select":
            self.select = ""
        elif tag == "button" and self.button is not None:
            self.form.buttons[" ".join("".join(self.words).split())] = self.button
            self.button = None


def forms(response: HttpResponse) -> list[Form]:
    """Return the forms of a page, those of its main part."""
    reader = _Reader()
    page = response.content.decode()
    reader.feed(page[page.index("<main") :])
    return reader.forms


def form(response: HttpResponse, button: str) -> Form:
    """Return the form that has a button with these words."""
    for one in forms(response):
        if button in one.buttons:
            return one
    raise AssertionError(f"No button «{button}»: {[[*one.buttons] for one in forms(response)]}")


def press(client: Client, address: str, one: Form, button: str, *, follow: bool = True) -> HttpResponse:
    """Press a button, as a browser does without script."""
    pressed = one.buttons[button]
    data = dict(one.data)
    if pressed.get("name"):
        data[pressed["name"]] = [pressed.get("value", "")]
    where = (pressed.get("formaction") or one.action or address).split("#")[0] or address
    return cast(HttpResponse, client.post(where, data, follow=follow))

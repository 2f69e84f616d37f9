"""Serves a page with every staff component, as Django renders it, under the strict headers. No database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from samvirke.ui import hours_field
from samvirke.ui.forms import StaffForm
from samvirke.ui.headers import STRICT

PAGE = (Path(__file__).parent / "staff_page.html").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SESSION_ENDS = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
OFFICE = "Mo-Fr 08:00-15:30; We 08:00-18:00; PH off; Dec 24,Dec 31 Mo-Fr 08:00-12:00"
TEXT = (
    "Du blir kontaktet av BUP innen ca. to dager. Tilbudet gis til alle. "
    + "Vi snakker med deg om det som har skjedd. " * 4
)


class Example(StaffForm):
    """One field of each kind."""

    name = forms.CharField(label="Navn", help_text="Slik folk kjenner det.")
    email = forms.EmailField(label="E-post", required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("", "Velg"), ("a", "Kriseteam"), ("b", "Legevakt")])
    ways = forms.MultipleChoiceField(
        label="Hvordan tar folk kontakt?", choices=[("phone", "Telefon"), ("visit", "Møt opp")],
        widget=forms.CheckboxSelectMultiple, help_text="Velg én eller flere.",
    )  # fmt: skip
    fee = forms.ChoiceField(
        label="Pris", choices=[("no", "Gratis"), ("yes", "Egenandel")], widget=forms.RadioSelect
    )
    about = forms.CharField(
        label="Hva skjer når jeg tar kontakt?", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    opening_hours = hours_field.HoursField(label="Åpningstid", help_text="Når folk kan møte opp.")
    phone_hours = hours_field.HoursField(label="Telefontid", kind="phone")
    agree = forms.BooleanField(label="Jeg har sjekket tallene", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opening_hours", "phone_hours"):
            self.fields[name].widget.preview = "/vis/"


def page(language: str, form: forms.Form, **more: object) -> str:
    """The page as a person with two municipalities sees it."""
    with translation.override(language):
        return engines["django"].from_string(PAGE).render(
            {
                "form": form, "text": TEXT, "csrf_token": "x", "invented": True,
                "menu": [{"name": name, "url": "#", "current": name == "Tjenester", "count": count} for name, count in
                         [("Oversikt", 3), ("Tjenester", 0), ("Kommunens side", 0), ("Import og eksport", 0), ("Medlemmer", 0)]],
                "municipality": {"code": "9999", "name": "Eksempel kommune"},
                "places": [{"code": "9999", "name": "Eksempel kommune"}, {"code": "3116", "name": "Skiptvet kommune"}],
                "account": {"name": "Kari Nordmann", "url": "#"}, "roles": ["Redaktør", "Godkjenner"],
                "messages": [type("M", (), {"level_tag": "success", "__str__": lambda _: "Tjenesten er lagret."})()],
                "crumbs": [{"name": "Tjenester", "url": "#"}, {"name": "Kriseteam", "url": "#"}],
                "tabs": [{"name": "Alle", "url": "#", "current": True, "count": 12}, {"name": "Mangler", "url": "#", "count": 3}],
                "columns": ["Tjeneste", "Sist bekreftet", "Tilstand"],
                "rows": [
                    [{"text": "Psykososialt kriseteam", "url": "#"}, "3. november 2026", {"text": "Bekreftet", "state": "ok"}],
                    [{"text": "Legevakt", "url": "#"}, "12. mai 2026", {"text": "For gammel", "state": "late"}],
                ],
            } | more
        )  # fmt: skip


def fresh() -> Example:
    return Example(initial={"name": "Kriseteam", "opening_hours": OFFICE})


class Handler(BaseHTTPRequestHandler):
    posted: list[tuple[str, QueryDict]] = []

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        path, _, language = self.path.partition("?")
        if path.startswith("/_assets/"):
            file = settings.ASSETS / path.removeprefix("/_assets/")
            return self.send(file.read_bytes(), TYPES[file.suffix])
        if path == "/fjern/":
            asked = {
                "question": "Fjerne tjenesten?",
                "text": "Den kan hentes tilbake i 30 dager.",
                "button": "Fjern",
                "cancel": "/",
                "danger": True,
            }
            return self.send(render_to_string("ui/staff/confirm.html", asked).encode())
        if path == "/okt":
            ends = {"session_ends": SESSION_ENDS, "session_keep": "/bli/"}
            return self.send(page("nb", fresh(), **ends).encode())
        form = {"/": fresh, "/tom": Example, "/feil": wrong}[path]()
        return self.send(page(language or "nb", form).encode())

    def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        posted = QueryDict(body)
        self.posted.append((self.path, posted))
        if self.path == "/bli/":
            return self.send(b"", headers={"X-Session-Ends": str(int(SESSION_ENDS.timestamp()) + 1800)})
        if self.path == "/vis/":
            htmx = {"HX-Request": "true"} if "HX-Request" in self.headers else None
            request = RequestFactory().post("/vis/", posted.dict(), headers=htmx)
            return self.send(hours_field.answer(request, now=NOW).content)
        return self.send(page("nb", Example(posted)).encode())

    def send(
        self,
        body: bytes,
        content_type: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(200)
        told = {**STRICT, "Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def wrong() -> Example:
    """A form that was sent with something wrong in most fields."""
    raw = {
        "mode": "grid",
        "d2-from1": "8",
        "d2-to1": "25:00",
        "d3-from1": "8",
        "d3-to1": "12",
        "d3-closed": "on",
        "s0-first": "jula",
    }
    return Example(
        QueryDict("&".join([f"opening_hours-{key}={value}" for key, value in raw.items()] + ["email=x"]))
    )


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages; yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

"""The frame and the components of screens for people who log in: what is tied to what, and what stays out."""

import json
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied

from samvirke.ui import assets
from samvirke.ui.forms import StaffForm


class Given(StaffForm):
    name = forms.CharField(label="Navn", help_text="Slik folk kjenner det.")
    email = forms.EmailField(label="E-post", required=False)
    fee = forms.ChoiceField(
        label="Pris?", choices=[("no", "Gratis"), ("yes", "Egenandel")], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Slag", choices=[("a", "A")])
    sure = forms.BooleanField(label="Sikker")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def frame(**context: object) -> str:
    return (
        engines["django"]
        .from_string('{% extends "ui/staff.html" %}{% block content %}Arbeid{% endblock %}')
        .render(context)
    )


def test_the_frame_stands_without_any_context() -> None:
    html = frame()
    assert "Arbeid" in html
    assert "<nav" not in html
    assert "Logg ut" not in html
    assert "hx-headers" not in html
    assert "data-session-ends" not in html
    assert "st-frame--plain" in html


def test_the_frame_with_everything() -> None:
    html = frame(
        menu=[{"name": "Tjenester", "url": "/t", "current": True, "count": 3}, {"name": "Medlemmer", "url": "/m"}],
        municipality={"code": "9999", "name": "Eksempel kommune"},
        places=[{"code": "9999", "name": "Eksempel"}, {"code": "3116", "name": "Skiptvet", "url": "/annet/"}],
        account={"name": "Kari <b>", "url": "/konto"}, roles=["Redaktør"], invented=True, csrf_token="abc",
    )  # fmt: skip
    assert '<a href="/t" aria-current="page">' in html
    assert 'href="/arbeid/9999/" aria-current="true"' in html
    assert 'href="/annet/"' in html
    assert "Kari &lt;b&gt;" in html
    assert "Eksempel: alle personer er oppdiktet." in html
    assert """hx-headers='{"X-CSRFToken": "abc"}'""" in html


def test_one_municipality_is_nothing_to_switch() -> None:
    assert "Bytt kommune" not in frame(places=[{"code": "9999", "name": "Eksempel"}])


def test_the_frame_passes_the_strict_policy_and_keeps_htmx_in_check() -> None:
    html = frame(menu=[{"name": "x", "url": "/"}])
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", html)
    assert found
    assert json.loads(found[1]) == {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "allowScriptTags": False,
    }
    assert all("/_assets/" in tag for tag in re.findall(r"<(?:script|link)[^>]*>", html))
    assert 'name="referrer" content="same-origin"' in html  # no-referrer makes browsers send Origin: null


def test_messages_are_shown_by_what_they_say() -> None:
    said = [SimpleNamespace(level_tag=tag) for tag in ("success", "error", "warning", "debug")]
    html = frame(messages=said)
    assert re.findall(r'ds-alert" data-color="(\w+)"', html) == ["success", "danger", "warning", "info"]


def test_a_field_ties_its_hint_and_its_error_to_the_input() -> None:
    html = Given({}).as_p() and str(Given({})["name"].as_field_group())
    assert '<label class="ds-label" for="id_name">Navn' in html
    assert "(må fylles ut)" in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="ds-input"' in html
    assert '<p class="st-hint" id="id_name_helptext">Slik folk kjenner det.</p>' in html
    assert 'id="id_name_error"><p>Fyll ut feltet.</p>' in html


def test_groups_of_choices_are_fieldsets_with_a_legend() -> None:
    html = str(Given({})["fee"].as_field_group())
    assert '<fieldset class="ds-fieldset st-field" id="id_fee" aria-describedby="id_fee_error">' in html
    assert re.search(r"<legend[^>]*>Pris\?", html)
    assert html.count('class="ds-input"') == 2
    assert html.count('type="radio"') == 2


def test_hidden_fields_have_no_label() -> None:
    html = str(Given())
    assert 'type="hidden" name="secret"' in html
    assert 'for="id_secret"' not in html


def test_the_error_summary_links_to_each_input() -> None:
    html = str(Given({"email": "x"}))
    links = re.findall(r'<a class="ds-link" href="#([^"]+)">([^<]+)</a>', html)
    assert links == [
        ("id_name", "Navn: Fyll ut feltet."),
        ("id_email", "E-post: Adressen er ikke gyldig: skriv den som navn@eksempel.no."),
        ("id_fee_0", "Pris? Velg her."),
        ("id_kind", "Slag: Velg her."),
        ("id_sure", "Sikker: Velg her."),
    ]
    assert all(f'id="{target}"' in html for target, _ in links)
    assert "Rett 5 feil før du går videre" in html


def test_an_error_of_the_whole_form_comes_first_and_without_a_link() -> None:
    form = Given({"name": "a", "fee": "no", "kind": "a", "sure": "on"})
    form.add_error(None, "Noen andre har endret tjenesten.")
    html = str(form)
    assert "<li>Noen andre har endret tjenesten.</li>" in html
    assert "Rett én feil før du går videre" in html


def test_a_fresh_form_has_no_summary() -> None:
    assert "ds-error-summary" not in str(Given())


def test_a_form_is_sent_once_and_keeps_what_is_typed() -> None:
    html = render_to_string(
        "ui/staff/_form.html", {"form": Given(), "unsaved": True, "button": "Send", "cancel": "/tilbake"}
    )
    assert re.search(r"<form[^>]* novalidate data-once data-unsaved>", html)
    assert ">Send</button>" in html
    assert 'href="/tilbake"' in html


def test_a_table_says_the_column_of_each_cell() -> None:
    rows = [
        [{"text": "Kriseteam", "url": "/k"}, "3. november"],
        ["<i>", {"text": "For gammel", "state": "late"}],
    ]
    html = render_to_string(
        "ui/staff/_table.html", {"caption": "Alle", "columns": ["Navn", "Sist"], "rows": rows}
    )
    assert '<td data-label="Navn"><a href="/k">Kriseteam</a></td>' in html
    assert '<td data-label="Sist">3. november</td>' in html
    assert "&lt;i&gt;" in html
    assert 'data-color="danger"' in html
    assert (
        render_to_string("ui/staff/_table.html", {"caption": "Alle", "columns": [], "rows": []}).strip() == ""
    )


def test_a_tag_needs_a_known_state() -> None:
    with pytest.raises(KeyError):
        render_to_string("ui/staff/_tag.html", {"state": "purple", "text": "x"})


def test_hints_are_in_the_language_of_the_screen_about_the_language_of_the_text() -> None:
    text = "Du blir kontaktet, f.eks. på telefon."
    html = render_to_string("ui/staff/_hints.html", {"text": text, "language": "nb"})
    assert "2 råd om klart språk" in html
    assert '<q lang="nb">blir kontaktet</q>' in html
    with translation.override("en"):
        assert "2 pieces of advice on plain language" in render_to_string(
            "ui/staff/_hints.html", {"text": text, "language": "nb"}
        )
    assert "ingen råd" in render_to_string("ui/staff/_hints.html", {"text": None, "language": "en"})


def test_a_question_is_a_form_that_posts_and_can_be_left() -> None:
    html = render_to_string(
        "ui/staff/confirm.html", {"question": "Fjerne?", "button": "Fjern", "cancel": "/x", "danger": True}
    )
    assert re.search(r'<form[^>]*method="post"[^>]* data-confirm', html)
    assert 'data-color="danger"' in html
    assert 'href="/x" data-close' in html


@pytest.mark.parametrize(
    "answer", [lambda request: permission_denied(request, PermissionDenied()), csrf_failure]
)
def test_refusals_wear_the_frame(answer) -> None:
    request = RequestFactory().get("/arbeid/")
    request.user = AnonymousUser()
    response = answer(request)
    assert response.status_code == 403
    assert 'class="st-main"' in response.content.decode()


def test_icons_of_staff_screens_lie_in_a_sprite_of_their_own() -> None:
    public = (settings.ASSETS / assets.manifest()["icons.svg"]).read_text()
    staff = (settings.ASSETS / assets.manifest()["staff-icons.svg"]).read_text()
    named = [set(re.findall(r'symbol id="(\w+)"', sprite)) for sprite in (public, staff)]
    assert not named[0] & named[1]
    assert "icons.svg" in assets.manifest()
    assert (
        Template('{% load sv %}{% icon "HandHeart" %}').render(Context()).count(assets.url("icons.svg")) == 1
    )
    assert (
        Template('{% load sv %}{% icon "MenuHamburger" %}')
        .render(Context())
        .count(assets.url("staff-icons.svg"))
        == 1
    )


def test_public_pages_do_not_pay_for_staff_screens() -> None:
    public = (settings.ASSETS / assets.manifest()["public.css"]).read_text()
    assert len(public) < 30_000
    for part in (".st-", ".ds-alert", ".ds-input", ".ds-table", ".ds-dialog"):
        assert part not in public

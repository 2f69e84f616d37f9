"""Every address has a guard, and each guard lets in those it should and no others."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import path

from samvirke.access import guard
from samvirke.access.permissions import Need
from samvirke.access.scope import Denied, NotYours
from samvirke.access.tests.conftest import HALDEN, in_

MEMBERS = {"3101": in_(HALDEN, Need.SERVICE_READ)}


def scope_of(_request, municipality):
    if municipality == "4601":
        return HttpResponseRedirect("/second-factor/")
    return MEMBERS.get(municipality)


@pytest.fixture
def ask(rf: RequestFactory, settings, db):
    settings.SCOPE_OF = f"{__name__}.scope_of"
    settings.LOGIN_URL = "/arbeid/konto/inn/"
    settings.LOGIN_REDIRECT_URL = "/arbeid/"

    def send(view, municipality="3101", *, logged_in=True, method="get"):
        request = getattr(rf, method)("/arbeid/3101/tjenester/?side=2")
        request.user = SimpleNamespace(is_authenticated=logged_in)
        return view(request, municipality=municipality)

    return send


def scoped_setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('samvirke.scope', true)")
        return cursor.fetchone()[0]


@guard.needs(Need.SERVICE_READ)
def reads(_request, municipality):
    return HttpResponse(scoped_setting())


@guard.needs(Need.SERVICE_EDIT)
def writes(_request, municipality):
    return HttpResponse("never")


@guard.needs(Need.SERVICE_READ)
def foreign(_request, municipality):
    raise NotYours


@guard.needs(Need.SERVICE_READ)
def forbidden(_request, municipality):
    raise Denied


@guard.own
def mine(_request, municipality):
    return HttpResponse("mine")


def test_the_view_runs_inside_the_scope(ask):
    response = ask(reads)
    assert response.content == b"3101"
    assert response.headers["Cache-Control"] == "no-store"
    assert not scoped_setting()


def test_a_stranger_is_sent_to_the_login_and_back(ask):
    response = ask(reads, logged_in=False)
    assert response.status_code == 302
    assert response.url == "/arbeid/konto/inn/?next=%2Farbeid%2F3101%2Ftjenester%2F%3Fside%3D2"


def test_after_a_form_the_way_back_is_the_front(ask):
    assert ask(reads, logged_in=False, method="post").url == "/arbeid/konto/inn/?next=%2Farbeid%2F"


@pytest.mark.parametrize("code", ["0301", "9999", "x", "", "*", "national"])
def test_another_municipality_is_not_there(ask, code):
    with pytest.raises(Http404):
        ask(reads, code)


def test_a_lacking_need_is_refused(ask):
    with pytest.raises(PermissionDenied):
        ask(writes)


def test_refusals_from_inside_become_answers(ask):
    with pytest.raises(Http404):
        ask(foreign)
    with pytest.raises(PermissionDenied):
        ask(forbidden)


def test_who_must_do_something_first_is_sent_there(ask):
    assert ask(reads, "4601").url == "/second-factor/"


def test_ones_own_needs_a_login_only(ask):
    assert ask(mine).content == b"mine"
    assert ask(mine, logged_in=False).status_code == 302


def test_every_address_of_ours_has_a_guard():
    assert not guard.every_view_is_guarded()


def test_an_address_without_a_guard_is_found():
    def bare(_request):
        return HttpResponse()

    found = [
        name for name, _, view in guard.views([path("x/", bare, name="bare")]) if not guard.mark_of(view)
    ]
    assert found == ["bare"]

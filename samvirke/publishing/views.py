"""The forms of the public pages for those without script, answered from published files. Nothing is logged."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from samvirke.access.guard import public
from samvirke.catalogue.finnhjelp.cards import Page as Builder
from samvirke.catalogue.finnhjelp.frame import frame, search_form
from samvirke.catalogue.finnhjelp.site import NATIONAL, Municipality, Site
from samvirke.publishing import fallback, published
from samvirke.publishing.answers import constant
from samvirke.publishing.forms import PlaceForm, SearchForm
from samvirke.publishing.limits import Limit, address
from samvirke.publishing.origin import same_origin
from samvirke.publishing.search import search as ask
from samvirke.publishing.store import NATIONAL_SLUG
from samvirke.reference.places import find_place, sure_place

View = Callable[[HttpRequest], HttpResponse]
LIMIT = Limit()


@public
def health(_request: HttpRequest) -> HttpResponse:
    """Answer that the process lives. Looks at nothing else: a database that is away must not restart the pages."""
    return HttpResponse(
        "ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def public_form(view: View) -> Callable[..., HttpResponseBase]:
    """Guard a form that cannot carry a CSRF token, since public pages have no cookies."""

    @public
    @csrf_exempt
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect("/")
        if request.method != "POST":
            refused = constant(fallback.NOT_ALLOWED)
            refused["Allow"] = "GET, HEAD, POST"
            return refused
        if not same_origin(request):
            return constant(fallback.FOREIGN)
        whose = address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))
        if not LIMIT.allows(whose, time.monotonic()):
            return constant(fallback.TOO_MANY)
        response = view(request)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@public_form
def search(request: HttpRequest) -> HttpResponse:
    """Answer words typed into a municipality's search field."""
    form = SearchForm(request.POST)
    form.is_valid()
    words = form.cleaned_data.get("q", "")[:1000]
    slug, language = form.cleaned_data.get("kommune", ""), form.cleaned_data.get("sprak", "nb")
    index = published.search_index(settings.PUBLISHED, slug, language)
    if index is None:
        slug = ""
        index = published.search_index(settings.PUBLISHED, slug, language)
    if index is None:
        return constant(fallback.UNAVAILABLE)
    language = index["lang"]
    hits = ask(index, words)
    with translation.override(language):
        site = described(slug)
        page = Builder(site, language, timezone.localtime())
        context = surroundings(page) | {
            "words": words, "hits": hits, "search": search_form(page),
            "crisis": any(hit.crisis for hit in hits), "fallback": any(hit.fallback for hit in hits),
        }  # fmt: skip
        return render(request, "publishing/results.html", context)


@public_form
def find(request: HttpRequest) -> HttpResponse:
    """Lead from a postal code, a place or a name to the municipality's page, or to a choice."""
    form = PlaceForm(request.POST)
    form.is_valid()
    language = form.cleaned_data.get("sprak", "nb")
    index = published.places(settings.PUBLISHED)
    if index is None:
        return constant(fallback.UNAVAILABLE)
    words = form.cleaned_data.get("sted", "")
    hits = find_place(index, words)
    if sure := sure_place(hits):
        return HttpResponseRedirect(front_page(sure.slug, language), status=303)
    with translation.override(language):
        page = Builder(described(""), language, timezone.localtime())
        choices = [{"hit": hit, "url": front_page(hit.slug, language)} for hit in hits]
        context = surroundings(page) | {"words": words, "choices": choices}
        return render(request, "publishing/places.html", context)


def front_page(slug: str, language: str) -> str:
    """Return the address of a site's front page in a language, or in its own when it has not that one.

    A place outside all municipalities (Svalbard, Jan Mayen) leads to the national help.
    """
    root = f"/{slug}/" if slug != NATIONAL_SLUG else "/"
    name = "" if slug != NATIONAL_SLUG else "hjelpelinjer/"
    file = settings.PUBLISHED / "www" / slug / language / name / "index.html"
    return f"{root}{language}/{name}" if file.exists() else f"{root}{name}"


def described(slug: str) -> Site:
    """Return as much of a site as its frame needs, from what is published."""
    own = published.own_language(settings.PUBLISHED, slug)
    found = published.municipality(settings.PUBLISHED, slug) if slug else None
    if not found:
        return Site(NATIONAL, NATIONAL_SLUG, own)
    municipality = Municipality(found.code, found.name)
    return Site(found.code, slug, own, municipality=municipality, invented=not found.county)


def surroundings(page: Builder) -> dict[str, object]:
    """Return what the base page wants besides its content."""
    return {
        "frame": frame(page),
        "title": gettext("Finn hjelp"),
        "noindex": True,
        "description": "",
        "others": [],
    }

"""What messages to the team say (settings.MESSAGE_TEMPLATES): never a name of somebody affected, nor what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.scope import current
from samvirke.accounts.queries import person, place_names
from samvirke.incidents.callout import links, queries
from samvirke.incidents.callout.rules import Answer
from samvirke.incidents.models import Callout, TeamMember
from samvirke.kit.hours import OSLO
from samvirke.messaging.letters import Letter, Recipient, labelled


@labelled(_("Varsel til kriseteamet"))
def call(_recipient: Recipient, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """Call somebody out, with their own link. None when they have answered or the alert is over."""
    scope = current()
    if scope is None:
        return None
    one = queries.call(scope, UUID(str(about["call"])))
    row = one.callout
    if row.ended_at or one.answer != Answer.NONE or one.link_hash is None:
        return None
    link = settings.STAFF_URL + reverse("callout-answer", args=[links.token(links.CALL, one.id)])
    town = _town(row.municipality_id)
    lines = [
        _marked(row, gettext("Kriseteamet i {town} kalles ut.").format(town=town)),
        _what(row.text, queries.place_of(scope, row, now)),
        gettext("Svar her: {link}").format(link=link),
    ]
    return Letter(_marked(row, gettext("Kriseteamet i {town} kalles ut").format(town=town)), "\n".join(lines))


@labelled(_("Varsel om at ingen i kriseteamet kommer"))
def nobody(_recipient: Recipient, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """Tell legevakt or crisis leadership that nobody has said yes. None when the alert is over."""
    scope = current()
    row = Callout.objects.visible_to(scope).filter(id=UUID(str(about["callout"]))).first() if scope else None
    if row is None or row.ended_at:
        return None
    town, leader = _town(row.municipality_id), person(row.begun_by) if row.begun_by else None
    at = row.begun_at.astimezone(OSLO).strftime("%H.%M")
    lines = [
        _marked(row, gettext("Ingen i kriseteamet i {town} har svart at de kommer.").format(town=town)),
        gettext("De ble varslet kl. {at}.").format(at=at),
        gettext("Varslet av: {name}.").format(name=leader.name) if leader else "",
        gettext("Dette er en prøve. Du trenger ikke gjøre noe.")
        if row.test or row.exercise
        else gettext("Sørg for at de rammede får hjelp på annen måte. Ring lederen for kriseteamet."),
    ]
    subject = gettext("Ingen i kriseteamet i {town} kommer").format(town=town)
    return Letter(_marked(row, subject), "\n".join(line for line in lines if line))


@labelled(_("Spørsmål om telefonnummer til kriseteamet"))
def ask(_recipient: Recipient, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """Ask a member whether their numbers are right. None when it is confirmed or the link is too old."""
    scope = current()
    row = (
        TeamMember.objects.visible_to(scope).filter(id=UUID(str(about["member"]))).first() if scope else None
    )
    if row is None or row.ask is None or row.link_expires_at is None or row.link_expires_at <= now:
        return None
    link = settings.STAFF_URL + reverse("callout-own", args=[links.token(links.MEMBER, row.ask)])
    lines = [
        gettext("Du står i listen til kriseteamet i {town}.").format(town=_town(row.municipality_id)),
        gettext("Stemmer telefonnummeret og e-postadressen din? Svar her: {link}").format(link=link),
    ]
    return Letter(gettext("Stemmer telefonnummeret ditt?"), "\n".join(lines))


def _what(text: str, place: str) -> str:
    """Return what the team is to do."""
    if text == "ready":
        return gettext("Vær klar til å møte.") + (
            gettext(" Sted: {place}.").format(place=place) if place else ""
        )
    if text == "ring":
        return gettext("Ring lederen for kriseteamet.")
    return gettext("Møt her: {place}.").format(place=place) if place else gettext("Møt på avtalt sted.")


def _marked(row: Callout, text: str) -> str:
    """Return a text that says first that it is no real alert, where it is none."""
    if row.test:
        return gettext("PRØVE, ikke en hendelse.") + f" {text}"
    return gettext("ØVELSE.") + f" {text}" if row.exercise else text


def _town(code: str) -> str:
    return place_names({code}).get(code, code)

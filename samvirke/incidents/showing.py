"""What the screens of incidents show, put together from the queries: names, words, clocks, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.accounts.queries import place_names
from samvirke.incidents import lists, queries, rules, words
from samvirke.incidents.models import Incident, Meeting
from samvirke.incidents.rules import State
from samvirke.kit.hours import OSLO

MINUTES_IN_HOUR, MINUTES_IN_DAY = 60, 1440
STARTS_WITHIN = timedelta(days=7)
"""After it nobody is told to call out the team and tell others: it has long been at work."""


def waited(minutes: int) -> str:
    """Return how long something has waited, in words."""
    if minutes < MINUTES_IN_HOUR:
        return ngettext("{n} minutt", "{n} minutter", minutes).format(n=minutes)
    if minutes < MINUTES_IN_DAY:
        hours, rest = divmod(minutes, MINUTES_IN_HOUR)
        return gettext("{hours} t {minutes} min").format(hours=hours, minutes=rest)
    days = minutes // MINUTES_IN_DAY
    return ngettext("{n} døgn", "{n} døgn", days).format(n=days)


@dataclass(frozen=True)
class Line:
    """An incident in the list."""

    row: Incident
    state: str
    tag: str
    kind: str
    clock: str
    lead: str
    asked: bool


def lines(scope: Scope, here: str, now: datetime) -> list[Line]:
    """Return the list of incidents, the active first; three queries however many there are."""
    rows, asked = queries.incidents(scope), queries.offered_to(scope, here)
    places = place_names({row.municipality_id for row in rows})
    return [_line(row, here, places, now, asked=row.id in asked) for row in rows]


def _line(row: Incident, here: str, places: Mapping[str, str], now: datetime, *, asked: bool) -> Line:
    state = State(row.state)
    clock = waited(rules.waited_minutes(row.reported_at, now)) if state is State.REPORTED else ""
    lead = "" if row.municipality_id == here else places.get(row.municipality_id, "")
    kind = str(words.KINDS.get(row.kind, row.kind))
    return Line(row, str(words.STATES[state]), words.TAGS[state], kind, clock, lead, asked)


@dataclass(frozen=True)
class Next:
    """The next thing to do."""

    text: str
    url: str = ""
    button: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Link:
    """A way to something in the incident, with what stands there in short."""

    name: str
    url: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Page:
    """An incident's own page."""

    state: str
    tag: str
    kind: str
    clock: str
    lead: str
    leads: bool
    facts: list[tuple[str, str]]
    next: Next | None
    links: list[Link]
    decisions: list[lists.Said]
    reporter_url: str
    acts: list[Link] = field(default_factory=list)


def page(scope: Scope, event: Incident, here: str, now: datetime) -> Page:
    """Return an incident's page: state and clock, the next thing to do, the ways on."""
    state = State(event.state)
    leads = event.municipality_id == here and scope.may(Need.INCIDENT_LEAD)
    minutes = rules.waited_minutes(event.reported_at, now)
    clock = gettext("Har ventet i {time}").format(time=waited(minutes)) if state is State.REPORTED else ""
    report, lacking = queries.report(scope, event.id), len(lists.checklist(scope, event.id)[0])
    reporter = report is not None and report.municipality_id == here
    return Page(
        state=str(words.STATES[state]),
        tag=words.TAGS[state],
        kind=str(words.KINDS.get(event.kind, event.kind)),
        clock=clock,
        lead=place_names([event.municipality_id]).get(event.municipality_id, ""),
        leads=leads,
        facts=_facts(report),
        next=_next(scope, event, here, lacking, now, leads=leads),
        links=_links(scope, event, here, now, lacking),
        decisions=lists.said(scope, event.id),
        reporter_url=_url("incidents-reporter", here, event.id) if reporter else "",
        acts=_acts(event, state, here) if leads else [],
    )


def _facts(report: Any) -> list[tuple[str, str]]:
    if report is None:
        return []
    unknown = gettext("vet ikke")
    numbers = (
        (gettext("Døde"), report.dead),
        (gettext("Skadde"), report.injured),
        (gettext("Savnede"), report.missing),
        (gettext("Barn"), report.children),
    )
    found = [(name, unknown if number is None else str(number)) for name, number in numbers]
    return [
        *found,
        (gettext("Fare på stedet"), str(words.DANGERS[report.danger])),
        (gettext("Meldt av"), str(words.SOURCES.get(report.source, report.source))),
    ]


def _next(
    scope: Scope, event: Incident, here: str, lacking: int, now: datetime, *, leads: bool
) -> Next | None:
    """Return the one thing that comes next, the most urgent first."""
    offer = queries.offer(scope, event.id)
    if offer and offer.to_id == here and scope.may(Need.INCIDENT_LEAD):
        text = gettext("{name} ber dere overta ledelsen.").format(name=offer.municipality.name)
        return Next(text, _url("incidents-cooperation", here, event.id), gettext("Svar"), urgent=True)
    state = State(event.state)
    if state is State.REPORTED:
        text = (
            gettext("Avgjør om teamet skal i gang.")
            if leads
            else gettext("Lederen må avgjøre om teamet skal i gang.")
        )
        return Next(
            text, _url("incidents-decide", here, event.id) if leads else "", gettext("Avgjør"), urgent=True
        )
    if state is State.ACTIVE:
        return _next_of_active(scope, event, here, lacking, now)
    if state is State.REFUSED:
        waiting = _without_second(scope, event.id)
        if leads and waiting and waiting.by != scope.account:
            url = reverse("incidents-second-opinion", args=[here, event.id, waiting.id])
            return Next(
                gettext("Er svaret nei riktig? En annen leder kan vurdere det på nytt."),
                url,
                gettext("Vurder på nytt"),
            )
        return None
    if leads and not queries.lessons(scope, event.id):
        return Next(
            gettext("Evaluer hendelsen."), _url("incidents-evaluation", here, event.id), gettext("Evaluer")
        )
    return None


def _next_of_active(scope: Scope, event: Incident, here: str, lacking: int, now: datetime) -> Next | None:
    if now - event.reported_at > STARTS_WITHIN:
        return _next_of_old(scope, here)
    if scope.may(Need.CALL_OUT) and queries.callout_of(scope, event.id) is None:
        return Next(
            gettext("Kall ut teamet."), _callout(scope, event.id, here), gettext("Kall ut"), urgent=True
        )
    if lacking:
        text = ngettext("{n} er ikke varslet.", "{n} er ikke varslet.", lacking).format(n=lacking)
        return Next(text, _url("incidents-informed", here, event.id), gettext("Varsle"))
    if scope.may(Need.PERSON_REGISTER):
        return Next(
            gettext("Registrer dem som er rammet."),
            _url("followup-register", here, event.id),
            gettext("Registrer"),
        )
    return None


def _next_of_old(scope: Scope, here: str) -> Next | None:
    """Return what comes next when the team has long been at work: nobody is called out half a year after."""
    if not scope.may(Need.FOLLOWUP_ASSIGN):
        return None
    return Next(
        gettext("Se hvem som er for sent ute."),
        reverse("followup-leader", args=[here]),
        gettext("Lederens oversikt"),
    )


def _without_second(scope: Scope, incident_id: UUID) -> Any:
    found = queries.decisions(scope, incident_id)
    looked_at = {one.row.second_of_id for one in found}
    newest = found[0].row if found else None
    return newest if newest and newest.second_of_id is None and newest.id not in looked_at else None


def _links(scope: Scope, event: Incident, here: str, now: datetime, lacking: int) -> list[Link]:
    """Return the ways to everything in an incident, with what is lacking."""
    tasks = queries.open_tasks(scope, event.id)
    late = [one for one in tasks if one.deadline and one.deadline < now]
    coming = [one for one in queries.meetings(scope, event.id) if one.ends >= now and not one.cancelled]
    open_ = (
        ngettext("{n} åpen oppgave", "{n} åpne oppgaver", len(tasks)).format(n=len(tasks)) if tasks else ""
    )
    over = ngettext("{n} over fristen", "{n} over fristen", len(late)).format(n=len(late)) if late else ""
    missing = gettext("{n} gjenstår").format(n=lacking) if lacking else ""
    found = [
        Link(gettext("Utkalling"), _callout(scope, event.id, here)),
        Link(
            gettext("Logg"),
            _url("incidents-log", here, event.id),
            ", ".join(one for one in (open_, over) if one),
            bool(late),
        ),
        Link(gettext("Hvem er varslet?"), _url("incidents-informed", here, event.id), missing),
        Link(gettext("Møter"), _url("incidents-meetings", here, event.id), _meeting_note(coming)),
        Link(gettext("Kommuner og gjester"), _url("incidents-cooperation", here, event.id)),
    ]
    if scope.may(Need.INCIDENT_LEAD):
        found.append(
            Link(
                gettext("Politiets trusselvurdering"),
                _url("incidents-threats", here, event.id),
                *_threat_note(scope, event.id, now),
            )
        )
        found.append(Link(gettext("Evaluering"), _url("incidents-evaluation", here, event.id)))
    if scope.may(Need.PERSON_REGISTER) and event.state == State.ACTIVE:
        found.insert(1, Link(gettext("Registrer rammede"), _url("followup-register", here, event.id)))
    if scope.may(Need.FOLLOWUP_ASSIGN):
        found.append(Link(gettext("Lederens oversikt over oppfølging"), _url("followup-leader", here, None)))
    return [one for one in found if one.url]


def _callout(scope: Scope, incident_id: UUID, here: str) -> str:
    """Return the board of the newest alert, or where one is sent; "" for those who may neither."""
    if found := queries.callout_of(scope, incident_id):
        return reverse("callout-board", kwargs={"municipality": here, "callout": found})
    return (
        f"{reverse('callout-begin', args=[here])}?hendelse={incident_id}" if scope.may(Need.CALL_OUT) else ""
    )


def _threat_note(scope: Scope, incident_id: UUID, now: datetime) -> tuple[str, bool]:
    newest = queries.newest_threat(scope, incident_id)
    if newest is None:
        return gettext("Ingen er skrevet inn"), False
    return (gettext("Utløpt"), True) if newest.valid_until <= now else (gettext("Gjelder"), False)


def _meeting_note(coming: list[Meeting]) -> str:
    if not coming:
        return ""
    return gettext("Neste: {moment}").format(moment=moment(coming[0].starts))


def moment(at: datetime) -> str:
    """Return a moment in Oslo as people write it."""
    local = at.astimezone(OSLO)
    return f"{local:%d.%m.%Y} {gettext('kl.')} {local:%H.%M}"


def _acts(event: Incident, state: State, here: str) -> list[Link]:
    """Return what the leader may do besides the next thing."""
    found = []
    if state is State.REFUSED:
        found.append(Link(gettext("Avgjør på nytt"), _url("incidents-decide", here, event.id)))
    if state is State.ACTIVE:
        found.append(Link(gettext("Avslutt hendelsen"), _url("incidents-close", here, event.id)))
    if state is State.CLOSED:
        found.append(Link(gettext("Åpne hendelsen igjen"), _url("incidents-reopen", here, event.id)))
    if event.exercise:
        found.append(Link(gettext("Slett øvelsen"), _url("incidents-delete", here, event.id)))
    return found


def _url(name: str, here: str, incident: UUID | None) -> str:
    """Return an address, "" where no screen of that name exists."""
    kwargs: dict[str, Any] = {"municipality": here} | ({"incident": incident} if incident else {})
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""

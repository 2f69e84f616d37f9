"""The calendar feed (RFC 5545) of one member in one municipality: time, place, the reference. No title, no person."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts import rules as roles
from samvirke.accounts.queries import held
from samvirke.incidents import queries
from samvirke.incidents.actions.meeting import digest
from samvirke.incidents.models import Meeting
from samvirke.kit.hours import OSLO

LONGEST = 75  # octets in a line, RFC 5545 § 3.1
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


def of(token: str, now: datetime, since: datetime) -> str | None:
    """Return the feed of whoever has a secret address; None when it opens nothing any more.

    The member's roles count as they are at the moment: whoever has left gets nothing.
    """
    with opened(system_scope("finner kalenderen til en hemmelig adresse")) as everywhere:
        key = queries.calendar_of(everywhere, digest(token))
    if key is None:
        return None
    here = [one for one in held(key.account) if one.municipality == key.municipality_id]
    if Need.INCIDENT_READ not in roles.needs_of(here):
        return None
    scope = Scope(
        key.account, frozenset({key.municipality_id}), frozenset({Need.INCIDENT_READ}), key.municipality_id
    )
    with opened(scope):
        return calendar(queries.meetings_of(scope, since), key.municipality_id, now)


def calendar(meetings: Sequence[Meeting], municipality: str, now: datetime) -> str:
    """Return meetings as a calendar, CRLF at the end of each line, long lines folded."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Samvirke//Hendelser//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    lines += [f"X-WR-CALNAME:{escaped(gettext('Samvirke: møter'))}", *ZONE.splitlines()]
    for one in meetings:
        lines += _event(one, municipality, now)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def _event(one: Meeting, municipality: str, now: datetime) -> Iterator[str]:
    title = gettext("Møte {reference}").format(reference=one.incident.reference)
    if one.incident.exercise:
        title = gettext("ØVELSE: {title}").format(title=title)
    url = f"{settings.STAFF_URL}/arbeid/{municipality}/hendelser/{one.incident_id}/moter/"
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@samvirke"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{one.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTART;TZID=Europe/Oslo:{one.starts.astimezone(OSLO):%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID=Europe/Oslo:{one.ends.astimezone(OSLO):%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(title)}"
    yield f"LOCATION:{escaped(one.place)}"
    yield f"URL:{url}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text as RFC 5545 § 3.3.11 wants it: one line, with its separators escaped."""
    for plain, kept in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, kept)
    return "\\n".join("".join(sign for sign in line if sign >= " ") for line in text.splitlines())


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, never splitting a character; each but the first begins with a space."""
    part, first = b"", True
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > LONGEST:
            yield part.decode()
            part, first = b" ", False
        part += octets
    if part.strip() or first:
        yield part.decode()

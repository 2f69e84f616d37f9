"""One of each thing that an address can name, in a municipality: for the matrix and for the attack of the neighbours.

A new part of an address (`<uuid:thing>`) gets its line in `things_in`, made by the room's own actions.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from samvirke.access.permissions import Role
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.models import Invitation
from samvirke.catalogue import actions
from samvirke.catalogue.importing import File
from samvirke.catalogue.inputs import PhoneInput, ServiceInput, TextInput
from samvirke.followup import actions as followup
from samvirke.followup.actions.tips import Sent
from samvirke.followup.importing import reading
from samvirke.followup.models import Absence
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import House, house
from samvirke.incidents import actions as incidents
from samvirke.incidents import queries
from samvirke.incidents.actions import Planned, Reported
from samvirke.incidents.callout import actions as team
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Function
from samvirke.incidents.models import Guest
from samvirke.messaging.models import Message
from tests.cast import CAST, HALDEN

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def things_in(code: str) -> dict[str, Any]:
    """Make one of everything that an address can name in Halden or Oslo, and return them by the part's name.

    The cast must have moved in. Everything is seen by those of its municipality alone.
    """
    affected = _affected(code)
    return {
        **_services(code),
        **_accounts(code),
        **affected,
        **_incidents(code, affected["incident"]),
        **_team(code),
    }


def of_cast(role: str, code: str) -> UUID:
    """Return the account of one of the cast in a municipality."""
    return CAST[role if code == HALDEN else f"{role}@oslo"].id


def _services(code: str) -> dict[str, Any]:
    scope = system_scope("prøve", code)
    phones = (PhoneInput("22 00 00 00"),)
    given = ServiceInput("nav", {"nb": TextInput("Nav", description="Hjelp.")}, phones=phones)
    actions.join_municipality(scope, code, now=NOW, error_email="feil@example.no", needs_approval=True)
    service = actions.create_service(scope, code, given, now=NOW, confirmed_by="Lederen").service
    editor = CAST["editor" if code == HALDEN else "editor@oslo"]
    changed = ServiceInput("nav", {"nb": TextInput("Nav her", description="Hjelp.")}, phones=phones)
    sent = actions.publish(editor.scope(code), service, changed, version=1, confirmed_by="Eli", now=NOW)
    sheet = File("ark.csv", b"external_id;name;actor\na;Nav;nav\n")
    run = actions.prepare_import(scope, code, sheet, now=NOW)
    draft = UUID(str(sent.about["draft"]))
    return {"service": service, "draft": draft, "run": run.target, "kind": "nav", "language": "en"}


def _accounts(code: str) -> dict[str, Any]:
    with opened(system_scope("prøve", code)):
        message = Message.objects.create(
            municipality_id=code, channel="email", recipient_kind="account",
            recipient_id=str(of_cast("editor", code)), template="catalogue.reminder",
            created_at=NOW, due_at=NOW, give_up_at=NOW + timedelta(days=1),
        )  # fmt: skip
        invitation = Invitation.objects.create(
            email=f"ny@{code}.no", name="Ny", nonce="x", role=Role.EDITOR, municipality_id=code,
            invited_at=NOW, expires_at=NOW + timedelta(days=9999),
        )  # fmt: skip
    return {
        "message": message.pk,
        "invitation": invitation.pk,
        "account": of_cast("approver", code),
        "member": of_cast("contact-person", code),
        "role": "approver",
    }


def _affected(code: str) -> dict[str, Any]:
    work = house(CAST, code)
    one = work.assigned()
    tried = work.attempt(one, Outcome.NO_ANSWER, NOW).attempt
    kept = followup.keep_filter(work.contact, code, "Mine vitner", {"rolle": "witness"}, now=NOW).target
    member = work.member("contact-person")
    followup.register_absence(work.contact, code, member, NOW.date(), NOW.date(), now=NOW)
    with opened(work.contact):
        gone = Absence.objects.visible_to(work.contact).get(membership_id=member).id
    named = {"incident": work.incident, "followup": one, "step": work.steps(one)[0].id}
    return {**named, "attempt": tried, "kept": kept, "gone": gone, "name": "direct", **_desk(work, code)}


def _desk(work: House, code: str) -> dict[str, Any]:
    """A message from the public page, and a list that somebody looks over."""
    scope = system_scope("prøve", code)
    followup.open_form(scope, work.incident, code, now=NOW)
    sent = followup.receive(scope, code, Sent("Odd Dal", "00 00 12 99"), now=NOW)
    file = File("liste.csv", b"fornavn;etternavn;rolle\nAda;Nes;vitne\n")
    sheet = reading.read(file, reading.Defaults(), NOW)
    listing = followup.prepare_list(scope, work.incident, code, sheet, now=NOW)
    return {"tip": sent.target, "listing": listing.target}


def _incidents(code: str, incident: UUID) -> dict[str, Any]:
    """What stands in the incident, and another one that was refused."""
    leader = CAST["team-leader" if code == HALDEN else "team-leader@oslo"].scope(code)
    told = Reported("fire", NOW - timedelta(hours=1), "politi", reporter="Jens", phone="00 00 12 34")
    refused = incidents.report(leader, code, told, now=NOW).incident
    assert refused
    incidents.decide(leader, refused, "no", reason="Få rammede", offered="Fastlegen", now=NOW)
    incidents.write(leader, incident, "task", "Ring skolen", owner="Kari", now=NOW)
    incidents.plan(
        leader, incident, Planned("Samordning", NOW, NOW + timedelta(hours=1), "Rådhuset", "Teamet"), now=NOW
    )
    incidents.learn(
        leader, incident, "better", "Listen", to_do="Ny", owner="Kari", deadline=NOW.date(), now=NOW
    )
    row: dict[str, Any] = {"incident_id": incident, "municipality_id": code}
    with opened(leader):
        guest = Guest.objects.create(home_id="5001", account=UUID(int=1), until=NOW, at=NOW, **row)
        return {
            "refused": refused,
            "decision": queries.decisions(leader, refused)[0].row.id,
            "entry": queries.log(leader, incident)[0].row.id,
            "meeting": queries.meetings(leader, incident)[0].id,
            "lesson": queries.lessons(leader, incident)[0].row.id,
            "guest": guest.id,
            "actor": "politi",
            "code": "5001",
        }


def _team(code: str) -> dict[str, Any]:
    scope = system_scope("prøve", code)
    doctor = team.Facts(Function.DOCTOR, Contact("Yngvild Sæther", ("00 00 11 03",)))
    teammate = team.add(scope, code, doctor, now=NOW).target
    return {"teammate": teammate, "callout": team.begin(scope, code, team.Order(None), now=NOW).target}

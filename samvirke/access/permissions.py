"""What one may do, and which role may do it: one list, one table. Screens and docs are rendered from here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """One thing one may need to be allowed: "room.object:verb". It stands on the view and on the action."""

    WORK = "access.work:enter"
    SERVICE_READ = "catalogue.service:read"
    SERVICE_EDIT = "catalogue.service:edit"
    SERVICE_CONFIRM = "catalogue.service:confirm"
    SERVICE_APPROVE = "catalogue.service:approve"
    SERVICE_IMPORT = "catalogue.service:import"
    MUNICIPALITY_EDIT = "catalogue.municipality:edit"
    SHARED_EDIT = "catalogue.shared:edit"
    COMPLETENESS_READ = "catalogue.completeness:read"
    MEMBER_READ = "accounts.member:read"
    MEMBER_MANAGE = "accounts.member:manage"
    MESSAGE_READ = "messaging.message:read"
    MESSAGE_SEND_AGAIN = "messaging.message:send-again"
    JOURNAL_READ = "access.journal:read"
    ACCESS_LOG_READ = "access.log:read"
    READINESS_READ = "access.readiness:read"
    READINESS_EDIT = "access.readiness:edit"
    INVENTORY_READ = "access.inventory:read"
    INCIDENT_READ = "incidents.incident:read"
    INCIDENT_REPORT = "incidents.incident:report"
    INCIDENT_LEAD = "incidents.incident:lead"
    INCIDENT_LOG = "incidents.log:write"
    TEAM_READ = "incidents.team:read"
    TEAM_EDIT = "incidents.team:edit"
    CALL_OUT = "incidents.callout:send"
    PERSON_REGISTER = "followup.person:register"
    PERSON_READ = "followup.person:read"
    PERSON_READ_ALL = "followup.person:read-all"
    PERSON_EDIT = "followup.person:edit"
    PERSON_LOG_READ = "followup.person-log:read"
    FOLLOWUP_ASSIGN = "followup.followup:assign"
    FOLLOWUP_CLOSE = "followup.followup:close"
    ATTEMPT_WRITE = "followup.attempt:write"
    PLAN_EDIT = "followup.plan:edit"
    TIP_HANDLE = "followup.tip:handle"


class Role(StrEnum):
    """What somebody is in a municipality, a county, or the nation."""

    EDITOR = "editor"
    APPROVER = "approver"
    CONTACT_PERSON = "contact-person"
    TEAM_LEADER = "team-leader"
    REGISTRAR = "registrar"
    HEALTH_PROFESSIONAL = "health-professional"
    REVIEWER = "reviewer"
    PRIVACY_OFFICER = "privacy-officer"
    ADMINISTRATOR = "administrator"
    GOVERNOR = "governor"
    DIRECTORATE = "directorate"
    RVTS_ADVISER = "rvts-adviser"
    OPERATOR = "operator"


class Level(StrEnum):
    """How far a role reaches: its municipality, the municipalities of its county or region, or all of them."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    REGION = "region"
    NATION = "nation"


@dataclass(frozen=True)
class RoleFacts:
    """`sees_people`: the role may see affected persons, so a second factor is demanded before any screen opens."""

    level: Level
    sees_people: bool
    needs: frozenset[Need]


def _role(level: Level, *needs: Need, sees_people: bool = False) -> RoleFacts:
    return RoleFacts(level, sees_people, frozenset({Need.WORK, *needs}))


_TEAM = (Need.SERVICE_READ, Need.COMPLETENESS_READ)
_WRITES = (*_TEAM, Need.SERVICE_EDIT, Need.SERVICE_CONFIRM, Need.SERVICE_IMPORT)
_IN_INCIDENTS = (Need.INCIDENT_READ, Need.INCIDENT_LOG, Need.TEAM_READ)
_FOLLOWS_UP = (*_TEAM, *_IN_INCIDENTS, Need.PERSON_READ, Need.PERSON_EDIT, Need.ATTEMPT_WRITE)
_SUPERVISES = (
    Need.JOURNAL_READ,
    Need.ACCESS_LOG_READ,
    Need.PERSON_LOG_READ,
    Need.READINESS_READ,
    Need.INVENTORY_READ,
)

ROLES: Mapping[Role, RoleFacts] = {
    Role.EDITOR: _role(Level.MUNICIPALITY, *_WRITES),
    Role.APPROVER: _role(Level.MUNICIPALITY, *_WRITES, Need.SERVICE_APPROVE),
    Role.CONTACT_PERSON: _role(Level.MUNICIPALITY, *_FOLLOWS_UP, sees_people=True),
    Role.TEAM_LEADER: _role(
        Level.MUNICIPALITY,
        *_FOLLOWS_UP,
        Need.INCIDENT_REPORT,
        Need.INCIDENT_LEAD,
        Need.TEAM_EDIT,
        Need.CALL_OUT,
        Need.PERSON_REGISTER,
        Need.PERSON_READ_ALL,
        Need.PERSON_LOG_READ,
        Need.FOLLOWUP_ASSIGN,
        Need.FOLLOWUP_CLOSE,
        Need.PLAN_EDIT,
        Need.TIP_HANDLE,
        Need.MEMBER_READ,
        Need.MESSAGE_READ,
        Need.READINESS_READ,
        sees_people=True,
    ),
    Role.REGISTRAR: _role(
        Level.MUNICIPALITY, *_TEAM, *_IN_INCIDENTS, Need.PERSON_REGISTER, Need.TIP_HANDLE, sees_people=True
    ),
    Role.HEALTH_PROFESSIONAL: _role(Level.MUNICIPALITY, *_FOLLOWS_UP, sees_people=True),
    Role.REVIEWER: _role(Level.MUNICIPALITY, *_SUPERVISES, Need.MEMBER_READ, sees_people=True),
    Role.PRIVACY_OFFICER: _role(Level.MUNICIPALITY, *_SUPERVISES, Need.MEMBER_READ, sees_people=True),
    Role.ADMINISTRATOR: _role(
        Level.MUNICIPALITY,
        *_TEAM,
        Need.TEAM_READ,
        Need.TEAM_EDIT,
        Need.MUNICIPALITY_EDIT,
        Need.MEMBER_READ,
        Need.MEMBER_MANAGE,
        Need.MESSAGE_READ,
        Need.MESSAGE_SEND_AGAIN,
        Need.JOURNAL_READ,
        Need.READINESS_READ,
        Need.READINESS_EDIT,
        Need.INVENTORY_READ,
    ),
    Role.GOVERNOR: _role(Level.COUNTY, Need.COMPLETENESS_READ),
    Role.DIRECTORATE: _role(Level.NATION, Need.COMPLETENESS_READ, Need.SERVICE_READ, Need.SHARED_EDIT),
    Role.RVTS_ADVISER: _role(Level.REGION, Need.COMPLETENESS_READ),
    # Keeps the machine running and sees no content: no screen of any municipality opens for this role.
    Role.OPERATOR: _role(Level.NATION),
}
"""Role → what it may. A role that may see people gets those needs in the commit that brings the room they belong to."""


def may_hand_out(giver: frozenset[Need], role: Role, levels: Mapping[Role, RoleFacts] = ROLES) -> bool:
    """Say whether somebody with these needs in a municipality may give another this role there.

    Only roles that live in a municipality; the others are given by command, by those who run the installation.
    """
    return Need.MEMBER_MANAGE in giver and levels[role].level is Level.MUNICIPALITY

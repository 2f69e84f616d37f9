"""People who log in, their roles, and the invitations they came by.

An invented person can only belong to an invented municipality, and a real one only to a real: composite foreign
keys over `invented` hold it in the database (migration 0002).
"""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from samvirke.access.inventory import Personal
from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.tenancy import TenantQuerySet
from samvirke.access.words import ROLE_NAMES

LANGUAGES = ("nb", "nn", "en")


def _of(level: Level) -> list[str]:
    return sorted(role.value for role, facts in ROLES.items() if facts.level is level)


def _above(level: Level, *, county: bool = False, region: bool = False) -> Q:
    return Q(
        role__in=_of(level),
        invented=False,
        municipality__isnull=True,
        county__isnull=not county,
        region__isnull=not region,
    )


IN_ONE_PLACE = (
    Q(municipality__isnull=False, county__isnull=True, region__isnull=True)
    & (Q(role__in=_of(Level.MUNICIPALITY)) | Q(invented=True))
    | _above(Level.COUNTY, county=True)
    | _above(Level.REGION, region=True)
    | _above(Level.NATION)
)
"""A role stands where its level says. An invented person's stands in an invented municipality, whatever the level."""


class Accounts(BaseUserManager["Account"]):
    """What the library asks accounts by; our own code goes through queries."""


class Account(AbstractBaseUser):
    """Somebody who can log in. Nobody makes one for themselves: an invitation does, or the first command."""

    holds = "PERSONAL"
    personal = Personal(
        what="navn, e-postadresse, språk og passord (bare som avtrykk) til dem som logger inn",
        erased_by="administratoren avslutter medlemskapet; kontoen stenges når det siste er avsluttet",
        kept="til kontoen stenges; deretter så lenge journalen, fordi den viser til kontoen",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = Accounts()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="account_with_invented", fields=["id", "invented"]),
            models.CheckConstraint(
                name="account_email_is_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(name="account_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="account_language_is_known", condition=Q(language__in=LANGUAGES)),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where a role counts: a municipality, a county, a region (RVTS), or, with none of them, the nation."""

    tenant = "municipality"

    role = models.CharField(max_length=20)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey("reference.County", models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("reference.Rvts", models.PROTECT, null=True, related_name="+")
    invented = models.BooleanField(default=False)

    municipality_id: str | None
    county_id: str | None
    region_id: str | None

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_role_is_known", condition=Q(role__in=[x.value for x in Role])
            ),
            models.CheckConstraint(name="%(class)s_stands_in_one_place", condition=IN_ONE_PLACE),
        ]

    @property
    def title(self) -> str:
        """Return the role's name in the reader's language."""
        return str(ROLE_NAMES[Role(self.role)])


class Membership(Place):
    """A role that somebody has, or had, in a place. Ended ones stay: who could do what then?"""

    holds = "PERSONAL"
    personal = Personal(
        what="hvilke roller en medarbeider har og har hatt, hvor og når",
        erased_by="slettes ikke; rollen avsluttes med tidspunkt",
        kept="så lenge journalen",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    active = models.BooleanField(default=True)
    since = models.DateTimeField()
    given_by = models.UUIDField(null=True)  # null: by command
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta(Place.Meta):
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(
                name="role_is_held_once_per_place",
                fields=["account", "role", "municipality", "county", "region"],
                condition=Q(active=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="membership_is_active_until_it_ends",
                condition=Q(active=True, ended_at__isnull=True) | Q(active=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")),
            ),
        ]
        indexes = [
            models.Index(name="members_of_a_municipality", fields=["municipality", "active"]),
            models.Index(name="roles_of_an_account", fields=["account", "active"]),
        ]


class Invitation(Place):
    """An offer of a role to an e-mail address. The link is signed over id and `nonce`: it is not stored anywhere.

    `account` is the id that a new person will get: the passkey is bound to it before the account exists.
    """

    holds = "PERSONAL"
    personal = Personal(
        what="navn og e-postadresse til dem som er invitert",
        erased_by="ryddingen: innholdet blankes et halvt år etter at invitasjonen er brukt, trukket eller utløpt",
        kept="et halvt år etter at den ikke lenger gjelder",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="nb")
    nonce = models.CharField(max_length=43)
    account = models.UUIDField(default=uuid.uuid4)
    invited_by = models.UUIDField(null=True)  # null: by command
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta(Place.Meta):
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(
                name="one_open_invitation_per_role",
                fields=["email", "role", "municipality", "county", "region"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="invitation_email_is_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(name="invitation_language_is_known", condition=Q(language__in=LANGUAGES)),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_sent", condition=Q(expires_at__gt=F("invited_at"))
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="invitations_of_a_municipality", fields=["municipality", "-invited_at"])]

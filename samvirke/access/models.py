"""The installation's kind, the journal, the access log, the chain over both, and what must be in order before people.

Rows of the journal and the access log are only added: the application's role can neither change nor delete them.
Account ids stand without foreign keys, so that a log outlives the account.
"""

import uuid

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet

INSTALLATIONS = ("demo", "real")
LOGS = ("journal", "access")
DOCUMENTS = ("dpia", "processor-agreement", "legal-basis")
THIS_TRANSACTION = Cast(
    Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
)
WRITTEN = Func(function="clock_timestamp")


class Installation(models.Model):
    """What this installation is: one row, made by the owner, that nobody can change (triggers refuse)."""

    holds = "PUBLIC"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=4)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_installation", condition=Q(id=1)),
            models.CheckConstraint(name="installation_kind_is_known", condition=Q(kind__in=INSTALLATIONS)),
        ]


class LogRow(models.Model):
    """A row of one of the two logs. `at` is the act's own time, `written_at` and `transaction` are the database's."""

    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=WRITTEN)
    transaction = models.BigIntegerField(db_default=THIS_TRANSACTION)
    account = models.UUIDField(null=True)  # who; null: the system itself
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=100)
    target = models.CharField(max_length=100, blank=True)
    payload = models.JSONField(null=True)  # null: erased; the digest stays
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_payload_and_salt_go_together",
                condition=Q(payload__isnull=True, salt__isnull=True)
                | Q(payload__isnull=False, salt__isnull=False),
            )
        ]
        indexes = [
            models.Index(name="%(class)s_by_transaction", fields=["transaction", "id"]),
            models.Index(name="%(class)s_by_place", fields=["municipality", "-at", "-id"]),
            models.Index(name="%(class)s_by_target", fields=["target", "-at"], condition=~Q(target="")),
        ]


class Journal(LogRow):
    """What was changed: code, ids, before and after. Written by @action."""

    holds = "TENANT"


class AccessLog(LogRow):
    """Who read whose personal data: one row per request, with the ids of the persons."""

    holds = "PERSONAL"
    personal = Personal(
        what="hvem som har lest opplysninger om hvem",
        erased_by="innholdet slettes av systemeier når oppbevaringstiden er over; kjeden består",
        kept="10 år",
    )


class Link(models.Model):
    """One link of a log's hash chain, added by the sealer after the row was committed. Hashes only."""

    holds = "PUBLIC"

    id = models.BigAutoField(primary_key=True)
    log = models.CharField(max_length=7)
    number = models.BigIntegerField()
    row = models.UUIDField()
    transaction = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_has_its_own_number", fields=["log", "number"]),
            models.UniqueConstraint(name="row_is_linked_once", fields=["log", "row"]),
            models.CheckConstraint(name="link_is_of_a_known_log", condition=Q(log__in=LOGS)),
        ]


class Readiness(models.Model):
    """A document that must be in order before a municipality holds persons' data: where it is, and since when."""

    holds = "TENANT"
    tenant = "municipality"

    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    document = models.CharField(max_length=20)
    reference = models.CharField(max_length=300)  # archive number or address
    decided = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_stands_once_per_municipality", fields=["municipality", "document"]
            ),
            models.CheckConstraint(name="document_is_known", condition=Q(document__in=DOCUMENTS)),
            models.CheckConstraint(name="document_has_a_reference", condition=~Q(reference="")),
            models.CheckConstraint(
                name="document_ends_after_it_is_decided",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("decided")),
            ),
        ]


class MunicipalityKey(models.Model):
    """A municipality's key, wrapped under the master key. Persons' keys are wrapped under it."""

    holds = "TENANT"
    tenant = "municipality"

    municipality = models.OneToOneField(
        "reference.Municipality", models.PROTECT, primary_key=True, related_name="+"
    )
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

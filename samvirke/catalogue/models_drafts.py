"""What editors need beside what is published: every version of a service, drafts, and kinds of their own."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samvirke.access.tenancy import TenantQuerySet
from samvirke.catalogue.finnhjelp.site import Level

DRAFT_STATES = ("open", "sent", "returned")


class ServiceVersion(models.Model):
    """A service as it was after one change, whole. Only added to. The account stands without a foreign key."""

    holds = "TENANT"
    tenant = "service__municipality"

    service = models.ForeignKey("catalogue.Service", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # contents.snapshot: the service, its state, its answers, its notice
    at = models.DateTimeField()
    account = models.UUIDField(null=True)  # null: the system itself
    code = models.CharField(max_length=100)  # the act, as in the journal
    run = models.UUIDField(null=True)  # the import it came with

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="version_stands_once_per_service", fields=["service", "number"])
        ]
        indexes = [models.Index(name="versions_of_a_run", fields=["run"], condition=Q(run__isnull=False))]


class Draft(models.Model):
    """A working copy of a service, apart from what is published: the pages never see it.

    `base_version` is the version it was made from, `revision` counts its own changes, `earlier` has what they
    replaced. `writers` are all who have written in it: none of them may approve it.
    """

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    service = models.OneToOneField("catalogue.Service", models.CASCADE, related_name="draft")
    content = models.JSONField()
    reasons = models.JSONField(default=dict, blank=True)  # piece → why it does not apply, per language
    base_version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    earlier = models.JSONField(default=list, blank=True)
    account = models.UUIDField(null=True)  # who wrote last
    writers = ArrayField(models.UUIDField(), default=list, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    confirmed_by = models.CharField(max_length=200, blank=True)  # who is to stand for it on the page
    note = models.TextField(blank=True)  # why it was sent back

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="draft_state_is_known", condition=Q(state__in=DRAFT_STATES)),
            models.CheckConstraint(
                name="sent_draft_says_who_stands_for_it", condition=~Q(state="sent", confirmed_by="")
            ),
            models.CheckConstraint(name="returned_draft_says_why", condition=~Q(state="returned", note="")),
        ]


class OwnKind(models.Model):
    """A kind of service that the guideline lacks and one municipality needs. Services carry its key."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    names = models.JSONField()  # {"nb": "Senter for ungdom", "nn": "…"}
    level = models.CharField(max_length=20)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="own_kind_stands_once_per_municipality", fields=["municipality", "key"]
            ),
            models.CheckConstraint(name="own_kind_has_a_name", condition=~Q(names={})),
            models.CheckConstraint(
                name="own_kind_level_is_known", condition=Q(level__in=[x.value for x in Level])
            ),
        ]

    def name(self, language: str) -> str:
        """What it is called in a language, or else in another."""
        return str(self.names.get(language) or next(iter(self.names.values())))

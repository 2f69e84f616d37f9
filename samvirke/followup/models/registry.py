"""How people come onto the list: the dead and missing they relate to, lists from files, doubles, and the public page."""

import uuid

from django.db import models
from django.db.models import F, Q

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet
from samvirke.followup.models.people import SEALED, TRACE, Person
from samvirke.followup.rules.people import REFERENCE

ON_ITS_WAY = Personal(
    what="rader fra en liste som noen må ta stilling til; forseglet med kommunens nøkkel",
    erased_by="innholdet slettes når raden er avgjort, og senest etter 30 dager",
    kept="til raden er avgjort, høyst 30 dager",
)
RUN_STATES = ("preview", "done", "dropped")
ROW_STATES = ("new", "alike", "same", "another", "registered", "added", "left")
OPEN_ROWS = ("new", "alike", "same", "another")


class Reference(models.Model):
    """One of the dead or missing of an incident. Others relate to them; they are never contacted."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    incident = models.ForeignKey("incidents.Incident", models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reference_stands_once_per_incident", fields=["person", "incident"]),
            models.CheckConstraint(
                name="reference_is_dead_or_missing", condition=Q(part__in=sorted(REFERENCE))
            ),
        ]


class Merge(models.Model):
    """Two registrations that are one person: `gone` is read as `kept` until it is undone. Nothing is deleted.

    `sealed`: the kept one's identity before, under their key. `before`: ids and states of the follow-ups and steps
    that the merge changed, nothing about the person. `version`: the kept one's after it.
    """

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    before = models.JSONField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_is_merged_with_themselves", condition=~Q(kept=F("gone"))),
            models.UniqueConstraint(
                name="person_is_merged_into_one", fields=["gone"], condition=Q(undone_at__isnull=True)
            ),
        ]


class ListRun(models.Model):
    """A list from a file. `rejected`: row, field and what is wrong, never what stood there."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    incident = models.ForeignKey("incidents.Incident", models.PROTECT, related_name="+")
    account = models.UUIDField(null=True)  # who brought the file; null: the system itself
    state = models.CharField(max_length=8, default="preview")
    rows_read = models.PositiveIntegerField()
    rejected = models.JSONField(default=list)
    at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="list_state_is_known", condition=Q(state__in=RUN_STATES)),
        ]


class ListRow(models.Model):
    """One row of a list that has not come to rest: new, perhaps somebody who is registered, or waiting for an answer.

    `sealed` (under the municipality's key) is emptied when the row is settled. `like`: the registered person it may
    be; `like_row`: the row further up that it may be.
    """

    holds = "PERSONAL"
    personal = ON_ITS_WAY
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    run = models.ForeignKey(ListRun, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    sealed = models.BinaryField(null=True)
    likeness = models.FloatField(null=True)
    like = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    like_row = models.PositiveIntegerField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="list_row_stands_once", fields=["run", "number"]),
            models.CheckConstraint(name="list_row_state_is_known", condition=Q(state__in=ROW_STATES)),
            models.CheckConstraint(
                name="open_list_row_has_its_content",
                condition=~Q(state__in=OPEN_ROWS) | Q(sealed__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="list_rows_that_wait", fields=["municipality"], condition=Q(state="alike")),
        ]


class Intake(models.Model):
    """The public page of an incident: opened and closed by the leader. One at a time in a municipality."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    incident = models.ForeignKey("incidents.Incident", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_public_form_at_a_time", fields=["municipality"], condition=Q(closed_at__isnull=True)
            )
        ]

"""The log of an incident, the police's assessment, and who was told. Rows are only added."""

import uuid

from django.db import models
from django.db.models import Q

from samvirke.access.tenancy import TenantQuerySet
from samvirke.incidents.models.incident import Incident
from samvirke.incidents.rules import HOW, KINDS_OF_ENTRY, POINTING


class Entry(models.Model):
    """One entry. A correction and a "done" are entries that point at another. Sealed under the incident's key."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=11)
    sealed = models.BinaryField()  # the text, and who has the task
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    deadline = models.DateTimeField(null=True)
    happened_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entry_has_its_own_number", fields=["incident", "number"]),
            models.CheckConstraint(name="entry_kind_is_known", condition=Q(kind__in=KINDS_OF_ENTRY)),
            models.CheckConstraint(
                name="corrections_and_what_is_done_point_at_an_entry",
                condition=Q(kind__in=POINTING, about__isnull=False)
                | (~Q(kind__in=POINTING) & Q(about__isnull=True)),
            ),
            models.CheckConstraint(
                name="only_a_task_has_a_deadline", condition=Q(deadline__isnull=True) | Q(kind="task")
            ),
            models.UniqueConstraint(name="a_task_is_done_once", fields=["about"], condition=Q(kind="done")),
        ]


class Threat(models.Model):
    """The police's assessment of the threat, in words that they have approved for this system. Leaders only."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    sealed = models.BinaryField()  # the text, and who in the police it came from
    approved = models.BooleanField()
    valid_until = models.DateTimeField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="only_what_the_police_have_approved", condition=Q(approved=True))
        ]
        indexes = [models.Index(name="threats_of_an_incident", fields=["incident", "-at"])]


class Informed(models.Model):
    """That one kind of actor was told, or need not be. The newest row for an actor counts."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    actor = models.CharField(
        max_length=40
    )  # a key of reference.Actor, or one of the municipality's own leaders
    how = models.CharField(max_length=10)
    sealed = models.BinaryField()  # whom one spoke with, or why it is not needed
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="way_of_telling_is_known", condition=Q(how__in=HOW))]
        indexes = [models.Index(name="informed_about_an_incident", fields=["incident", "actor", "-at"])]

"""What was reported and by whom, what was decided, and how references are counted."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet
from samvirke.incidents.models.incident import Incident
from samvirke.incidents.rules import ANSWERS, DANGERS


class Numbering(models.Model):
    """The last number given to an incident of a municipality in a year; drills have a row of their own."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    exercise = models.BooleanField()
    last = models.PositiveIntegerField(default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="numbers_are_counted_in_one_row", fields=["municipality", "year", "exercise"]
            )
        ]


class Report(models.Model):
    """The report of an incident as it came. Null: nobody knew. The reporter opens only where it was reported."""

    holds = "PERSONAL"
    personal = Personal(
        what="navn og telefonnummer til den som meldte en hendelse (forseglet)",
        erased_by="systemeier når hendelsen er avsluttet og evaluert",
        kept="så lenge hendelsen oppbevares",
    )
    tenant = "municipality"

    incident = models.OneToOneField(Incident, models.PROTECT, primary_key=True, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    sealed = models.BinaryField()  # the reporter's name and phone, under the municipality's key
    dead = models.PositiveIntegerField(null=True)
    injured = models.PositiveIntegerField(null=True)
    missing = models.PositiveIntegerField(null=True)
    children = models.PositiveIntegerField(null=True)
    danger = models.CharField(max_length=7, default="unknown")
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="danger_is_known", condition=Q(danger__in=DANGERS))]


class Decision(models.Model):
    """One answer to "shall the team begin?". Rows are only added: a second opinion points at what it is about."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=6)
    criteria = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sealed = models.BinaryField()  # the reason and what was offered instead
    second_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="answer_is_known", condition=Q(answer__in=ANSWERS))]
        indexes = [models.Index(name="decisions_of_an_incident", fields=["incident", "-at"])]

"""An incident: what happened, who leads, who takes part. Persons are never here: they stand in followup."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samvirke.access.tenancy import TenantQuerySet

STATES = ("reported", "refused", "active", "closed")
PARTS = ("participating", "takeover", "home")


class Incident(models.Model):
    """One event. `municipality` leads. `title` is neutral: it may stand on a screen behind somebody's back.

    `communities` that were hit stand here only, never at a person: after an attack on a queer venue it would out them.
    """

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)  # "3101-2026-01"
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, default="reported")
    exercise = models.BooleanField(default=False)
    communities = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    reported_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="incident_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="incident_is_reported_after_it_happened", condition=Q(reported_at__gte=F("happened_at"))
            ),
        ]
        indexes = [
            models.Index(name="incidents_of_a_municipality", fields=["municipality", "-happened_at", "id"])
        ]


class Participation(models.Model):
    """A municipality that takes part in another's incident, from when, and until when."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    part = models.CharField(max_length=13)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="municipality_takes_part_once", fields=["incident", "municipality"]),
            models.CheckConstraint(name="participation_part_is_known", condition=Q(part__in=PARTS)),
        ]

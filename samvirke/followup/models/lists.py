"""What belongs to staff rather than to a person: when they are away, and the filters they keep for themselves."""

import uuid

from django.db import models
from django.db.models import F, Q

from samvirke.access.tenancy import TenantQuerySet


class SavedFilter(models.Model):
    """A choice in the worklist that one member of staff keeps for themselves. It names no person."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField()
    name = models.CharField(max_length=40)
    choices = models.JSONField()  # as in the address: {"rolle": "witness", "tolk": "1"}

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="filter_name_stands_once", fields=["municipality", "account", "name"]
            )
        ]


class Absence(models.Model):
    """When a member of staff is away: the deputy's list shows their people meanwhile."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    first = models.DateField()
    last = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(last__gte=F("first")))
        ]
        indexes = [models.Index(name="absences_by_their_end", fields=["municipality", "last"])]

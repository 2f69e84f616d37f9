"""What belongs to the lists rather than to a person: the filters that somebody keeps for themselves."""

import uuid

from django.db import models

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

"""Imports: what was in a file, what each row means for the services there are, and what became of it."""

import uuid

from django.db import models
from django.db.models import Q

from samvirke.access.tenancy import TenantQuerySet

RUN_STATES = ("preview", "working", "done", "undone")
ROW_STATES = ("new", "changed", "same", "rejected", "kindless")
DID = ("created", "changed", "confirmed", "drafted")
OUTCOMES = ("", *DID, "left")


class ImportRun(models.Model):
    """A file on its way in. Nothing of it is written to the services before somebody says so.

    `step` counts what was done with it: 1 carried out, 2 undone, 3 done again … `working`: the step is not finished.
    `confirmed_by` "": its services become drafts. Its rows' contents are erased 30 days after `at`.
    """

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField(null=True)  # who brought the file; null: the system itself
    file_name = models.CharField(max_length=200)
    form = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="preview")
    step = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)  # when the last step began
    acted_by = models.UUIDField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    missing = models.JSONField(default=list)  # services that are not in the file: [id, name]
    erased = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="run_state_is_known", condition=Q(state__in=RUN_STATES))]
        indexes = [models.Index(name="runs_of_a_municipality", fields=["municipality", "at"])]


class ImportedRow(models.Model):
    """One row of a file. `content`: {"row": what the file tells, "after": the service as it makes it}.

    `service` is the one there was, and after the import the one there is. `base_version`: what it was when the
    preview was made (null: there was none); `made_version`: what the import made; `version`: what the last step made.
    """

    holds = "TENANT"
    tenant = "run__municipality"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8)
    name = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    chosen = models.BooleanField(default=False)
    content = models.JSONField(null=True)
    problems = models.JSONField(default=list)  # [field, sentence]
    service = models.UUIDField(null=True)
    base_version = models.PositiveIntegerField(null=True)
    made_version = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    draft = models.JSONField(null=True)  # the working copy it became: [id, revision]
    outcome = models.CharField(max_length=9, blank=True)
    applied = models.BooleanField(default=False)  # what it did counts now, it has not been undone
    step = models.PositiveSmallIntegerField(default=0)  # the last step that has looked at it
    left = models.CharField(max_length=400, blank=True)  # why that step left it as it was

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="row_stands_once_per_run", fields=["run", "number"]),
            models.CheckConstraint(name="row_state_is_known", condition=Q(state__in=ROW_STATES)),
            models.CheckConstraint(name="row_outcome_is_known", condition=Q(outcome__in=OUTCOMES)),
        ]

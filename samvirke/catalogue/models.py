"""What help exists: services, their texts, phones and channels, notices, and who has verified what.

`holds` says whose the rows are; the inventory test reads it. TENANT: a municipality's own.
Opening hours are OSM strings of the subset in samvirke.kit.hours, in Europe/Oslo.
"""

import uuid
from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from samvirke.access.scope import EVERYWHERE, NATIONAL, Scope, require_opened
from samvirke.access.tenancy import TenantQuerySet
from samvirke.catalogue.finnhjelp.site import LANGUAGES, Access, Group, Level
from samvirke.catalogue.models_drafts import Draft, OwnKind, ServiceVersion
from samvirke.catalogue.models_imports import ImportedRow, ImportRun
from samvirke.catalogue.reminders import Reminder, Shortening
from samvirke.catalogue.rules import DAYS
from samvirke.catalogue.values import CHANNEL_KINDS
from samvirke.catalogue.verifying import LONGEST, SHORTEST

__all__ = [
    "Channel",
    "Draft",
    "ImportRun",
    "ImportedRow",
    "Joined",
    "Notice",
    "OwnKind",
    "Phone",
    "Reminder",
    "Service",
    "ServiceArea",
    "ServiceText",
    "ServiceVersion",
    "Shortening",
    "Verification",
]

STATES = ("draft", "confirmed", "withdrawn")
AREA_KINDS = ("country", "region", "trust", "county", "municipality")
ANSWERS = ("confirmed", "not-applicable")
PUBLISHED = Q(state="confirmed")
OF_PUBLISHED = Q(service__state="confirmed")
OF_PUBLISHED_OR_PLACE = Q(municipality__isnull=False) | OF_PUBLISHED

Row = TypeVar("Row", bound=models.Model)


class CatalogueQuerySet(TenantQuerySet[Row]):
    """A closed table, of which the rows behind public pages can be read by everybody: `shown` says which."""

    def published(self) -> Self:
        """Return the rows that public pages are made from. The database lets them be read without a scope."""
        return self._opened().filter(self.model.shown)  # type: ignore[attr-defined]


class EitherQuerySet(CatalogueQuerySet[Row]):
    """Rows of a municipality or of one service."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the rows of the scope's municipalities and of their services. Raises NotOpened."""
        require_opened(scope)
        if EVERYWHERE in scope.municipalities:
            return self._opened()
        codes = sorted(scope.municipalities - {NATIONAL})
        mine = Q(municipality__in=codes) | Q(service__municipality__in=codes)
        if NATIONAL in scope.municipalities:
            mine |= Q(service__isnull=False, service__municipality__isnull=True)
        return self._opened().filter(mine)


class Joined(models.Model):
    """A municipality that has joined and answers for its own page.

    Its confirmations count for `check_days`. Since when, stands in `check_days_since` (null: always): a shorter limit
    does not reach back. `shortened`: the shortenings that count now, without their reasons; pages are made from it.
    `verifier` answers for the services that name nobody.
    """

    holds = "TENANT"
    tenant = "municipality"
    shown = Q()

    municipality = models.OneToOneField(
        "reference.Municipality", models.PROTECT, primary_key=True, related_name="+"
    )
    joined_at = models.DateTimeField()
    error_email = models.EmailField(blank=True)
    statement_url = models.URLField(max_length=500, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    check_days = models.PositiveSmallIntegerField(default=DAYS, db_default=DAYS)
    check_days_since = models.DateTimeField(null=True)
    verifier = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    needs_approval = models.BooleanField(default=False, db_default=False)  # a second person publishes
    shortened = models.JSONField(
        default=list, db_default=Value([], models.JSONField())
    )  # [{"days": 14, "since": "2026-…", "until": "2026-…"}]

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="joined_has_known_languages",
                condition=Q(languages__contained_by=list(LANGUAGES), languages__len__gte=1),
            ),
            models.CheckConstraint(
                name="check_days_are_a_week_to_a_year", condition=Q(check_days__range=(SHORTEST, LONGEST))
            ),
        ]


class Service(models.Model):
    """One service. Without `municipality` it is national, county or specialist, and attached by area.

    A template becomes a draft here, and a draft is never published. Exactly one of `actor` (a kind of
    the guideline) and `own_kind` (one the guideline lacks, e.g. "akuttmottak") is set.
    """

    holds = "TENANT"
    tenant = "municipality"
    shown = PUBLISHED

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    external_id = models.CharField(max_length=200, blank=True)
    slug = models.SlugField(max_length=100)
    actor = models.ForeignKey("reference.Actor", models.PROTECT, null=True, related_name="+")
    own_kind = models.SlugField(max_length=60, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="draft")
    language = models.CharField(max_length=3, default="nb")  # the language the others are translated from
    groups = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    access = models.CharField(max_length=15, default=Access.SELF.value)
    through_actor = models.ForeignKey("reference.Actor", models.PROTECT, null=True, related_name="+")
    street_address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=4, blank=True)
    opening_hours = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=500, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)  # spoken by staff
    interpreter = models.BooleanField(null=True)
    verifier = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, db_default=1)  # counts its changes

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="external_id_is_unique_in_municipality",
                fields=["municipality", "external_id"],
                condition=~Q(external_id=""),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="slug_is_unique_in_municipality", fields=["municipality", "slug"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="service_has_one_kind",
                condition=Q(actor__isnull=False, own_kind="") | (Q(actor__isnull=True) & ~Q(own_kind="")),
            ),
            models.CheckConstraint(
                name="service_level_is_known", condition=Q(level__in=[x.value for x in Level])
            ),
            models.CheckConstraint(name="service_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="service_language_is_known", condition=Q(language__in=LANGUAGES)),
            models.CheckConstraint(
                name="service_access_is_known", condition=Q(access__in=[x.value for x in Access])
            ),
            models.CheckConstraint(
                name="service_groups_are_known",
                condition=Q(groups__contained_by=[x.value for x in Group]),
            ),
            models.CheckConstraint(
                name="service_ages_are_in_order",
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
            ),
            models.CheckConstraint(
                name="service_ages_are_human",
                condition=(Q(age_min__isnull=True) | Q(age_min__lte=120))
                & (Q(age_max__isnull=True) | Q(age_max__lte=120)),
            ),
            models.CheckConstraint(
                name="service_postal_code_has_four_digits",
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[0-9]{4}$"),
            ),
        ]

    @property
    def kind(self) -> str:
        """The key of the actor kind, the guideline's or the municipality's own."""
        return self.actor_id or self.own_kind


class ServiceArea(models.Model):
    """Where a shared service counts: never copied into 357 places, attached by area instead.

    `key` is the county's, region's, trust's or municipality's key; "" for the whole country.
    """

    holds = "TENANT"
    tenant = "service__municipality"
    shown = OF_PUBLISHED

    service = models.ForeignKey(Service, models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=60, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="services_of_an_area", fields=["kind", "key"])]
        constraints = [
            models.UniqueConstraint(name="area_stands_once_per_service", fields=["service", "kind", "key"]),
            models.CheckConstraint(name="area_kind_is_known", condition=Q(kind__in=AREA_KINDS)),
            models.CheckConstraint(
                name="area_has_a_key_unless_country",
                condition=Q(kind="country", key="") | (~Q(kind="country") & ~Q(key="")),
            ),
        ]


class ServiceText(models.Model):
    """The texts of a service in one language.

    `version` counts this text's changes. `source_version` is the version of the source language's text
    that this translation was made from; lower than the source's own: the translation is out of date.
    """

    holds = "TENANT"
    tenant = "service__municipality"
    shown = OF_PUBLISHED

    service = models.ForeignKey(Service, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=3)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)  # what it does
    what_happens = models.TextField(blank=True)  # what happens when you get in touch
    who = models.TextField(blank=True)  # for whom, in words
    how = models.TextField(blank=True)  # who sends for it, how a referral is had
    price = models.TextField(blank=True)
    confidentiality = models.TextField(blank=True)
    premises = models.TextField(blank=True)  # step-free entrance, hearing loop …
    alert = models.TextField(blank=True)  # how professionals alert it, day and night
    version = models.PositiveIntegerField(default=1)
    source_version = models.PositiveIntegerField(default=1)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="text_stands_once_per_language", fields=["service", "language"]),
            models.CheckConstraint(name="text_language_is_known", condition=Q(language__in=LANGUAGES)),
            models.CheckConstraint(name="text_has_a_name", condition=~Q(name="")),
        ]


class Phone(models.Model):
    """A number of a service. Eight digits as +47…; national short numbers are constants, never rows."""

    holds = "TENANT"
    tenant = "service__municipality"
    shown = OF_PUBLISHED

    service = models.ForeignKey(Service, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=16)
    label = models.JSONField(default=dict, blank=True)  # {"nb": "Vakttelefon"}
    for_residents = models.BooleanField(default=True)
    phone_hours = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="number_stands_once_per_service", fields=["service", "number"]),
            models.CheckConstraint(name="number_is_e164", condition=Q(number__regex=r"^\+[0-9]{7,15}$")),
        ]


class Channel(models.Model):
    """A digital way in, with hours of its own."""

    holds = "TENANT"
    tenant = "service__municipality"
    shown = OF_PUBLISHED

    service = models.ForeignKey(Service, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=8)
    address = models.CharField(max_length=500)
    label = models.JSONField(default=dict, blank=True)
    hours = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="channel_kind_is_known", condition=Q(kind__in=CHANNEL_KINDS)),
            models.CheckConstraint(name="channel_has_an_address", condition=~Q(address="")),
        ]


class Notice(models.Model):
    """A temporary notice of a municipality or of one service, with its last day (inclusive)."""

    holds = "TENANT"
    tenant = "municipality"
    shown = OF_PUBLISHED_OR_PLACE

    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    service = models.OneToOneField(Service, models.CASCADE, null=True, related_name="notice")
    texts = models.JSONField()  # {"nb": "…", "en": "…"}
    starts = models.DateField()
    ends = models.DateField()

    objects = EitherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_belongs_to_one",
                condition=Q(municipality__isnull=True, service__isnull=False)
                | Q(municipality__isnull=False, service__isnull=True),
            ),
            models.CheckConstraint(name="notice_ends_after_it_starts", condition=Q(ends__gte=F("starts"))),
        ]

    @property
    def by_language(self) -> list[tuple[str, str]]:
        """The texts, in the order that languages stand in everywhere."""
        return [(language, self.texts[language]) for language in LANGUAGES if language in self.texts]


class Verification(models.Model):
    """Who has verified one piece of information, when, and when it is due again.

    `piece` is a code of catalogue.rules. Pieces of a municipality (not of one service) have no service.
    `verified_by` is a role or an organisation, never a person's name: it stands on the public page.
    """

    holds = "TENANT"
    tenant = "municipality"
    shown = OF_PUBLISHED_OR_PLACE

    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="verifications")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    piece = models.CharField(max_length=30)
    state = models.CharField(max_length=15, default="confirmed")
    reason = models.JSONField(default=dict, blank=True)  # {"nb": "Teamet har ikke egne lokaler"}
    verified_by = models.CharField(max_length=200)
    verified_at = models.DateTimeField()
    due_at = models.DateTimeField()

    objects = EitherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="piece_is_verified_once_per_service",
                fields=["service", "piece"],
                condition=Q(service__isnull=False),
            ),
            models.UniqueConstraint(
                name="piece_is_verified_once_per_municipality",
                fields=["municipality", "piece"],
                condition=Q(service__isnull=True),
            ),
            models.CheckConstraint(
                name="verification_belongs_to_one",
                condition=Q(municipality__isnull=True, service__isnull=False)
                | Q(municipality__isnull=False, service__isnull=True),
            ),
            models.CheckConstraint(name="verification_state_is_known", condition=Q(state__in=ANSWERS)),
            models.CheckConstraint(
                name="not_applicable_has_a_reason", condition=Q(state="confirmed") | ~Q(reason={})
            ),
            models.CheckConstraint(name="verified_before_due", condition=Q(verified_at__lt=F("due_at"))),
            models.CheckConstraint(name="verified_by_somebody", condition=~Q(verified_by="")),
        ]

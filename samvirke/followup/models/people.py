"""Affected persons, sealed: who they are stands in one sealed field under a key of their own.

Of keys, tokens and steps, which come in tens of thousands at once, the row they belong to and the municipality are held
by one foreign key over both (migration 0002): a second one for each column would look everything up three times.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet
from samvirke.followup.rules.people import Protection, Source

SEALED = Personal(
    what="hvem den rammede er, og hvordan de nås; forseglet med personens egen nøkkel",
    erased_by="nøkkelen slettes av systemeier når kommunens oppbevaringstid er over",
    kept="som kommunens plan for bevaring sier",
)
TRACE = Personal(
    what="at en person er fulgt opp, og når; hvem det er, står forseglet hos personen",
    erased_by="raden tømmes sammen med personen",
    kept="som kommunens plan for bevaring sier",
)
SENT = Personal(
    what="hva noen har sendt fra den åpne siden; forseglet med kommunens nøkkel",
    erased_by="innholdet tømmes automatisk 30 dager etter at henvendelsen er behandlet",
    kept="til 30 dager etter at den er behandlet",
)


class Person(models.Model):
    """A person who was hit, or one whom others relate to (the dead and the missing are never contacted).

    `sealed` holds names, birth, identity number, phones, e-mail, address and how to contact safely, as JSON under
    the key in PersonKey. Nothing else here tells who it is.
    """

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    protection = models.CharField(max_length=17, default=Protection.NONE.value)
    language = models.CharField(max_length=8, default="nb")
    interpreter = models.BooleanField(default=False)
    reference = models.BooleanField(default=False)
    through_parents = models.BooleanField(default=False)  # a young person: safe to reach through the parents
    invented = models.BooleanField(default=False)  # of the demonstration or an exercise
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="person_is_in_one_municipality", fields=["id", "municipality"]),
            models.CheckConstraint(
                name="person_protection_is_known",
                condition=Q(protection__in=[one.value for one in Protection]),
            ),
        ]


class PersonKey(models.Model):
    """A person's data key, wrapped by the municipality's. Without it nothing about the person can be read again."""

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    person = models.OneToOneField(
        Person, models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    municipality = models.ForeignKey(
        "reference.Municipality", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    wrapped = models.BinaryField()

    objects = TenantQuerySet.as_manager()


class Token(models.Model):
    """A blind index: a keyed digest of a phone number, an identity number, or a name's sound with the birth year."""

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)
    municipality = models.ForeignKey(
        "reference.Municipality", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=8)
    token = models.BinaryField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="token_stands_once_per_person", fields=["kind", "token", "person"])
        ]


class Relation(models.Model):
    """How two persons belong together. `no_contact`: the two must never share contact person, list or gathering."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    no_contact = models.BooleanField(default=False)
    custody = models.BooleanField(default=False)  # the other has parental responsibility for the person
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="relation_stands_once", fields=["person", "other", "kind"]),
            models.CheckConstraint(name="nobody_relates_to_themselves", condition=~Q(person=models.F("other"))),
            models.CheckConstraint(
                name="relation_kind_is_known",
                condition=Q(
                    kind__in=(
                        "spouse", "parent", "child", "sibling", "grandparent", "friend", "guardian",
                        "barnevern", "colleague", "close-to-dead", "close-to-missing", "close-to-injured",
                        "other",
                    )
                ),
            ),
        ]  # fmt: skip


class Consent(models.Model):
    """What a person has said about sharing with one recipient for one purpose. The newest row counts; rows stay."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20)
    recipient = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    given_by = models.CharField(max_length=10)
    how = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_state_is_known", condition=Q(state__in=("given", "objected", "withdrawn"))
            ),
            models.CheckConstraint(
                name="consent_is_given_by_somebody", condition=Q(given_by__in=("self", "guardian"))
            ),
            models.CheckConstraint(
                name="consent_was_given_somehow", condition=Q(how__in=("oral", "written"))
            ),
        ]


class Barred(models.Model):
    """A member of staff who may not open the person: the person asked for it, or the member has declared inhabilitet."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField()
    by_person = models.BooleanField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # the person takes it back

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="account_is_barred_once", fields=["person", "account", "by_person"])
        ]


class Declared(models.Model):
    """A member of staff who was asked, before the record opened, and answered that they are not inhabil."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField()
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="account_is_asked_once_per_person", fields=["person", "account"])
        ]


class Named(models.Model):
    """A member of staff who may open somebody with strengt fortrolig address, besides contact person and deputy."""

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField()
    given_by = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)  # why
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="account_is_named_once_per_person",
                fields=["person", "account"],
                condition=Q(ended_at__isnull=True),
            )
        ]


class Block(models.Model):
    """The least that is kept of somebody who never wants contact again: digests that a new list is compared with."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    tokens = ArrayField(models.BinaryField())
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()


class Tip(models.Model):
    """What somebody sent through the public page: about themselves, or that another may need contact. Nobody is
    registered by it.

    `sealed` (under the municipality's key) is emptied 30 days after it was handled. `token`: blind, of the sender's
    phone, so that one phone cannot flood the inbox. `person`: whom it came to be about.
    """

    holds = "PERSONAL"
    personal = SENT
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    incident = models.ForeignKey("incidents.Incident", models.PROTECT, related_name="+")
    about_self = models.BooleanField()
    sealed = models.BinaryField()
    token = models.BinaryField()
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.UUIDField(null=True)
    became = models.CharField(max_length=12, blank=True)
    reason = models.BinaryField(null=True)  # why it is nothing for the team, sealed as the rest
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="tips_that_wait", fields=["municipality", "at"], condition=Q(handled_at=None)),
            models.Index(name="tips_of_a_phone", fields=["token", "at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="handled_tip_became_something",
                condition=Q(handled_at__isnull=True, became="")
                | Q(handled_at__isnull=False, became__in=("registered", "known", "answered", "nothing")),
            )
        ]


SOURCES = [one.value for one in Source]

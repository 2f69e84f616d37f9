"""Norway's public structure, helplines and actors. Loaded by command, read by all, written by none.

The application's role may only read these tables (migration 0002). A table added here needs the same line
in its own migration.
"""

from django.db import models
from django.db.models import Q

TEXTS = ("nb", "nn", "en")

Texts = dict[str, str]
"""One text in bokmål, nynorsk and English."""


class Governor(models.Model):
    """County governor (statsforvalter)."""

    holds = "PUBLIC"

    key = models.CharField(primary_key=True, max_length=60)
    name_nb = models.CharField(max_length=120)
    name_nn = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    orgnr = models.CharField(max_length=9)
    website = models.URLField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name_nb


class HealthRegion(models.Model):
    """Regional health authority (RHF)."""

    holds = "PUBLIC"

    key = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)
    orgnr = models.CharField(max_length=9)
    website = models.URLField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class HealthTrust(models.Model):
    """Health trust (HF), or a private hospital with an area of its own. Areas are the somatic ones."""

    holds = "PUBLIC"

    key = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[("trust", "helseforetak"), ("private", "privat, ideelt")])
    region = models.ForeignKey(HealthRegion, models.PROTECT, related_name="trusts")
    orgnr = models.CharField(max_length=9)
    website = models.URLField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Rvts(models.Model):
    """Regional resource centre on violence, traumatic stress and suicide prevention."""

    holds = "PUBLIC"

    key = models.CharField(primary_key=True, max_length=20)
    name_short = models.CharField(max_length=40)
    name_nb = models.CharField(max_length=160)
    name_nn = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    website = models.URLField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name_short

    @property
    def county_codes(self) -> list[str]:
        """Return the codes of its counties; one query."""
        return list(self.counties.values_list("code", flat=True))


class SamiNames(models.Model):
    """The Sámi and Kven names of a county or municipality; empty where there is none."""

    name_se = models.CharField("nordsamisk", max_length=60, blank=True)
    name_sma = models.CharField("sørsamisk", max_length=60, blank=True)
    name_smj = models.CharField("lulesamisk", max_length=60, blank=True)
    name_fkv = models.CharField("kvensk", max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def other_names(self) -> list[tuple[str, str]]:
        """Return (language code, name) of the Sámi and Kven names there are."""
        names = {"se": self.name_se, "sma": self.name_sma, "smj": self.name_smj, "fkv": self.name_fkv}
        return [(language, name) for language, name in names.items() if name]


class County(SamiNames):
    """County (fylke), with those who cover it."""

    holds = "PUBLIC"

    code = models.CharField(primary_key=True, max_length=2)
    iso = models.CharField(max_length=6)
    name = models.CharField(max_length=60)
    name_official = models.CharField(max_length=120)
    sami_area = models.BooleanField()
    governor = models.ForeignKey(Governor, models.PROTECT, related_name="counties")
    health_region = models.ForeignKey(HealthRegion, models.PROTECT, related_name="counties")
    rvts = models.ForeignKey(Rvts, models.PROTECT, related_name="counties")
    rvts_status = models.CharField(
        max_length=12, choices=[(word, word) for word in ("confirmed", "unconfirmed", "disputed")]
    )

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "counties"

    def __str__(self) -> str:
        return self.name


class Municipality(SamiNames):
    """Municipality. `invented` marks the demonstration's own, which has no county and rings nobody."""

    holds = "PUBLIC"

    code = models.CharField(primary_key=True, max_length=4)
    name = models.CharField("navn til daglig", max_length=60)
    name_unique = models.CharField("navn som skiller", max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name_official = models.CharField(max_length=120)
    county = models.ForeignKey(County, models.PROTECT, null=True, related_name="municipalities")
    language_form = models.CharField(
        max_length=7, choices=[("bokmal", "bokmål"), ("nynorsk", "nynorsk"), ("noytral", "nøytral")]
    )
    sami_area = models.BooleanField(default=False)
    sami_category = models.CharField(
        max_length=12,
        blank=True,
        choices=[(word, word) for word in ("development", "vitalisation", "stimulation")],
    )
    centre = models.CharField(max_length=60, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)
    population_date = models.DateField(null=True)
    orgnr = models.CharField(max_length=9, blank=True)
    website = models.URLField(blank=True)
    website_status = models.CharField(
        max_length=12, blank=True, choices=[(word, word) for word in ("two-sources", "one-source", "decided")]
    )
    hex_q = models.SmallIntegerField(null=True)
    hex_r = models.SmallIntegerField(null=True)
    trust = models.ForeignKey(HealthTrust, models.PROTECT, null=True, related_name="municipalities")
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "municipalities"
        constraints = [
            models.CheckConstraint(name="municipality_code", condition=Q(code__regex=r"^[0-9]{4}$")),
            # what foreign keys hold on to that keep invented people out of real municipalities
            models.UniqueConstraint(name="municipality_with_invented", fields=["code", "invented"]),
            models.CheckConstraint(
                name="real_municipality_is_whole",
                condition=Q(invented=True)
                | Q(county__isnull=False, population__isnull=False, lat__isnull=False, hex_q__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name_unique

    @property
    def default_language(self) -> str:
        """Return the language its pages open in: nn where the council chose nynorsk, else nb."""
        return "nn" if self.language_form == "nynorsk" else "nb"


class District(models.Model):
    """District (bydel) of Oslo, with the hospital whose area it is in."""

    holds = "PUBLIC"

    code = models.CharField(primary_key=True, max_length=2)
    name = models.CharField(max_length=60)
    trust = models.ForeignKey(HealthTrust, models.PROTECT, related_name="districts")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class PostalCode(models.Model):
    """Postal code. Those of Svalbard and Jan Mayen have a territory instead of a municipality."""

    holds = "PUBLIC"

    code = models.CharField(primary_key=True, max_length=4)
    place = models.CharField(max_length=40)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="postal_codes")
    territory = models.CharField(
        max_length=10, blank=True, choices=[("svalbard", "Svalbard"), ("jan-mayen", "Jan Mayen")]
    )
    kind = models.CharField(
        max_length=7, choices=[(word, word) for word in ("street", "box", "both", "service")]
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="postal_code_lies_somewhere",
                condition=Q(municipality__isnull=False, territory="")
                | Q(municipality__isnull=True, territory__in=["svalbard", "jan-mayen"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


class Helpline(models.Model):
    """National helpline. Numbers and hours only where the service's own page was read (confidence A).

    `texts`: per language name, audience, description, anonymity, hours_note, language_note; "" where nothing
    is known. Hours are OSM strings in Europe/Oslo. `no_badge` and `holidays`: see rules.hours_are_sure; neither
    concerns hours that are 24/7.
    """

    holds = "PUBLIC"

    key = models.CharField(primary_key=True, max_length=40)
    rank = models.PositiveSmallIntegerField()
    operator = models.CharField(max_length=80)
    confidence = models.CharField(max_length=1, choices=[(letter, letter) for letter in "ABC"])
    number = models.CharField("nummer, E.164 eller kort", max_length=16, blank=True)
    from_abroad = models.CharField(max_length=16, blank=True)
    sms = models.CharField(max_length=16, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    sms_hours = models.CharField(max_length=120, blank=True)
    chat_url = models.URLField(blank=True)
    chat_hours = models.CharField(max_length=120, blank=True)
    no_badge = models.CharField(max_length=60, blank=True)
    holidays = models.CharField(
        max_length=7, blank=True, choices=[("known", "kjent"), ("unknown", "ikke kjent")]
    )
    groups = models.JSONField(default=list)
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    topics = models.JSONField(default=list)
    for_youth = models.BooleanField()
    for_relatives = models.BooleanField()
    free = models.BooleanField("gratis", null=True)
    url = models.URLField()
    checked = models.DateField(null=True)
    texts = models.JSONField(default=dict)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.CheckConstraint(
                name="helpline_number_is_confirmed",
                condition=Q(confidence="A", checked__isnull=False)
                | Q(number="", from_abroad="", sms="", hours="", sms_hours="", chat_url="", chat_hours=""),
            )
        ]

    def __str__(self) -> str:
        return self.key

    def text(self, field: str) -> Texts:
        """Return one text in the languages it exists in: {"nb": …, "nn": …, "en": …}, or {}."""
        return {language: texts[field] for language, texts in self.texts.items() if texts.get(field)}


class Actor(models.Model):
    """One of the guideline's 48 kinds of actors.

    Level as the guideline places it and as it is today (`level_note` says why they differ), target group and
    tasks in the three languages; `source`: document, section and row; `change`: what has changed since 2016
    with its source, None where nothing is confirmed.
    """

    holds = "PUBLIC"

    key = models.CharField(primary_key=True, max_length=40)
    rank = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12)
    level_today = models.CharField(max_length=12)
    level_note = models.JSONField(null=True)
    name = models.JSONField()
    guideline_name = models.CharField(max_length=120)
    target = models.JSONField()
    tasks = models.JSONField()
    source = models.JSONField()
    change = models.JSONField(null=True)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.key

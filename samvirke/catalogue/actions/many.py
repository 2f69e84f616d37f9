"""Writing many services of one municipality at once: gathered one by one, then a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import connection

from samvirke.access.scope import Scope
from samvirke.catalogue import inputs, rules
from samvirke.catalogue.actions import versions, writing
from samvirke.catalogue.actions.versions import Written
from samvirke.catalogue.contents import Plain, from_json, snapshot_fields, to_json
from samvirke.catalogue.inputs import Known, ServiceInput, TextInput
from samvirke.catalogue.models import Channel, Notice, Phone, Service, ServiceText, Verification
from samvirke.catalogue.stored import as_input, snapshot

BATCH = 1000
TEXT_COLUMNS = [*asdict(TextInput("")), "version", "source_version"]


@dataclass
class Many:
    """Services to write. `by` "": nobody confirms them. `taken`: slugs in use."""

    scope: Scope
    municipality: str
    facts: Known
    now: datetime
    by: str
    max_age: timedelta
    taken: set[str]
    used: dict[str, int] = field(default_factory=dict)  # name → the number its slugs have come to
    shown: bool = False  # something that stands on a page was touched
    written: dict[UUID, Written] = field(default_factory=dict)
    services: dict[UUID, Service] = field(default_factory=dict)
    texts: list[ServiceText] = field(default_factory=list)
    gone_texts: list[tuple[Service, str]] = field(default_factory=list)
    new_phones_of: list[Service] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    new_channels_of: list[Service] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    unsure: dict[UUID, frozenset[str]] = field(default_factory=dict)  # service → pieces whose answers go
    verified: dict[frozenset[str], list[UUID]] = field(
        default_factory=lambda: defaultdict(list)
    )  # pieces → services
    answers: list[Verification] = field(default_factory=list)
    notices: list[tuple[Service, Mapping[str, Plain] | None]] = field(default_factory=list)

    def create(self, given: ServiceInput, pieces: frozenset[str] | None) -> Service:
        """Make a service of cleaned input. `pieces`: those that `by` stands for; None: it is not confirmed."""
        name = given.texts[given.language].name
        service = Service(
            municipality_id=self.municipality, slug=writing.free_slug(name, self.taken, self.used)
        )
        self.taken.add(service.slug)
        writing.fill(service, given, self.facts, self.now)
        self.services[service.id] = service
        self.texts += [writing.text_row(service, language, text) for language, text in given.texts.items()]
        self.phones += writing.phone_rows(service, given)
        self.channels += writing.channel_rows(service, given)
        self._confirm(service, pieces)
        self._keep(service, None, given, pieces, self.texts[-len(given.texts) :])
        return service

    def update(
        self, service: Service, before: ServiceInput, after: ServiceInput, pieces: frozenset[str] | None
    ) -> None:
        """Let a service, fetched whole, tell what `after` (cleaned) tells. `pieces`: as in create."""
        was = snapshot(service)
        names, changed = inputs.changed_fields(before, after), inputs.changed_pieces(before, after)
        self.shown |= bool(names) and service.state == "confirmed"
        rows = self._put(service, before, after, names)
        if service.state == "withdrawn":  # it is in use again, and nobody has confirmed it since
            changed |= frozenset(was["answers"])
            service.state = "draft"
            self.services[service.id] = service
        if rules.SERVICES in changed and service.state == "confirmed":
            service.state = "draft"
        self._confirm(service, pieces)
        if gone := changed | (pieces or frozenset()):
            self.unsure[service.id] = gone
        self._keep(service, was, after, pieces, rows)

    def put_back(self, service: Service, content: Mapping[str, Plain]) -> None:
        """Let a service, fetched whole, be as a version has it: its state, its answers and its notice too."""
        was, before, after = snapshot(service), as_input(service), from_json(content["service"])
        self.shown |= "confirmed" in (service.state, content["state"])
        rows = self._put(service, before, after, inputs.changed_fields(before, after))
        service.state, service.changed_at = content["state"], self.now
        self.services[service.id] = service
        self.unsure[service.id] = frozenset({*was["answers"], *content["answers"]})
        self.answers += [
            _stored_answer(service, piece, answer) for piece, answer in content["answers"].items()
        ]
        self._put_out_of_date(rows, after.language, content["outdated"])
        if content["notice"] != was["notice"]:
            self.notices.append((service, content["notice"]))
        self.written[service.id] = Written(service, was, content)

    def put_notice(self, service: Service, notice: Mapping[str, Plain]) -> None:
        """Give a service that was created or updated here a notice."""
        there = self.written.get(service.id) or Written(service, snapshot(service), snapshot(service))
        if there.after["notice"] != notice:
            self.shown |= service.state == "confirmed"
            self.notices.append((service, notice))
            self.written[service.id] = replace(there, after={**there.after, "notice": dict(notice)})

    def _put(
        self, service: Service, before: ServiceInput, after: ServiceInput, names: Collection[str]
    ) -> list[ServiceText]:
        """Put new content into a service; return its texts as they will be."""
        rows = list(service.texts.all())
        if not names:
            return rows
        writing.fill(service, after, self.facts, self.now)
        self.services[service.id] = service
        created, updated = writing.new_text_rows(service, before, after)
        self.texts += created + updated
        self.gone_texts += [(service, language) for language in before.texts if language not in after.texts]
        self._put_ways(service, after, names)
        return [row for row in [*rows, *created] if row.language in after.texts]

    def _put_out_of_date(self, rows: Iterable[ServiceText], source: str, languages: Collection[str]) -> None:
        """Let translations that were out of date be so again."""
        texts = {row.language: row for row in rows}
        written = {id(row) for row in self.texts}
        for language in languages:
            texts[language].source_version = texts[source].version - 1
            if id(texts[language]) not in written:
                self.texts.append(texts[language])

    def _put_ways(self, service: Service, after: ServiceInput, names: Iterable[str]) -> None:
        if "phones" in names:
            self.new_phones_of.append(service)
            self.phones += writing.phone_rows(service, after)
        if "channels" in names:
            self.new_channels_of.append(service)
            self.channels += writing.channel_rows(service, after)

    def _confirm(self, service: Service, pieces: frozenset[str] | None) -> None:
        if pieces is None:
            return
        self.shown = True
        self.verified[pieces].append(service.id)
        if service.state != "confirmed":
            service.state = "confirmed"
            self.services[service.id] = service

    def _keep(
        self,
        service: Service,
        was: Mapping[str, Plain] | None,
        after: ServiceInput,
        pieces: frozenset[str] | None,
        rows: Iterable[ServiceText],
    ) -> None:
        """Work out the version that this makes, as snapshot would read it back."""
        gone = self.unsure.get(service.id, frozenset())
        answers = {piece: row for piece, row in (was["answers"] if was else {}).items() if piece not in gone}
        answers |= dict.fromkeys(pieces or (), self._answer())
        texts = {row.language: row for row in rows}
        source = texts[after.language]
        content = {
            "service": to_json(after),
            "state": service.state,
            "answers": {piece: answers[piece] for piece in sorted(answers)},
            "notice": was["notice"] if was else None,
            "outdated": sorted(
                row.language
                for row in texts.values()
                if row.language != after.language and row.source_version < source.version
            ),
        }
        if was is None or snapshot_fields(was, content):
            self.written[service.id] = Written(service, was, content)

    def _answer(self) -> dict[str, Plain]:
        due = self.now + self.max_age
        return {
            "state": rules.CONFIRMED,
            "reason": {},
            "by": self.by,
            "at": self.now.astimezone(UTC).isoformat(),
            "due": due.astimezone(UTC).isoformat(),
        }

    def write(self, code: str, run: UUID | None) -> None:
        """Write all that was gathered, and a version of each service that was changed."""
        Service.objects.bulk_create(
            self.services.values(),
            BATCH,
            update_conflicts=True,
            update_fields=writing.COLUMNS,
            unique_fields=["id"],
        )
        ServiceText.objects.bulk_create(
            self.texts,
            BATCH,
            update_conflicts=True,
            update_fields=TEXT_COLUMNS,
            unique_fields=["service", "language"],
        )
        by_language: dict[str, list[Service]] = defaultdict(list)
        for service, language in self.gone_texts:
            by_language[language].append(service)
        for language, services in by_language.items():
            old_texts = ServiceText.objects.filter(service__in=services, language=language)
            old_texts.visible_to(self.scope).delete()
        Phone.objects.filter(service__in=self.new_phones_of).visible_to(self.scope).delete()
        Phone.objects.bulk_create(self.phones, BATCH)
        Channel.objects.filter(service__in=self.new_channels_of).visible_to(self.scope).delete()
        Channel.objects.bulk_create(self.channels, BATCH)
        self._forget()
        self._verify()
        Verification.objects.bulk_create(self.answers, BATCH)
        self._put_up_notices()
        versions.add(self.scope, list(self.written.values()), code, self.now, run=run)

    def _put_up_notices(self) -> None:
        services = [service for service, _notice in self.notices]
        Notice.objects.filter(service__in=services).visible_to(self.scope).delete()
        Notice.objects.bulk_create(
            [
                Notice(
                    service=service,
                    texts=notice["texts"],
                    starts=date.fromisoformat(notice["starts"]),
                    ends=date.fromisoformat(notice["ends"]),
                )
                for service, notice in self.notices
                if notice
            ],
            BATCH,
        )

    def _forget(self) -> None:
        together: dict[frozenset[str], list[UUID]] = defaultdict(list)
        for service, pieces in self.unsure.items():
            together[pieces].append(service)
        for pieces, services in together.items():
            old = Verification.objects.filter(service__in=services, piece__in=pieces)
            old.visible_to(self.scope).delete()

    def _verify(self) -> None:
        """Write who verified what. One row per service and piece would be most of the time as objects."""
        with connection.cursor() as cursor:
            for pieces, services in self.verified.items():
                cursor.execute(
                    "INSERT INTO catalogue_verification"
                    " (service_id, piece, state, reason, verified_by, verified_at, due_at)"
                    " SELECT service, piece, %s, '{}', %s, %s, %s"
                    " FROM unnest(%s::uuid[]) AS service CROSS JOIN unnest(%s::text[]) AS piece",
                    [rules.CONFIRMED, self.by, self.now, self.now + self.max_age, services, sorted(pieces)],
                )


def _stored_answer(service: Service, piece: str, answer: Mapping[str, Plain]) -> Verification:
    return Verification(
        service=service,
        piece=piece,
        state=answer["state"],
        reason=answer["reason"],
        verified_by=answer["by"],
        verified_at=datetime.fromisoformat(answer["at"]),
        due_at=datetime.fromisoformat(answer["due"]),
    )

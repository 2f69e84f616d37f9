"""Before an import: what is in a file, what each row would do, and which rows somebody chooses. Writes no service."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.access.tenancy import TenantQuerySet
from samvirke.catalogue import contents, importing, values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.bulk import by_code, for_service
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.importing import File, ImportRow, Sheet, stored
from samvirke.catalogue.importing.files import too_large
from samvirke.catalogue.importing.merging import blank, result_of
from samvirke.catalogue.inputs import Known, ServiceInput
from samvirke.catalogue.models import ImportedRow, ImportRun, Service
from samvirke.catalogue.queries import siblings, whole
from samvirke.catalogue.sheet_queries import import_facts
from samvirke.catalogue.stored import as_input, snapshot, source_text
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

LARGEST_UPLOAD = 5_000_000  # bytes; a little more is let in by publishing.bodies and deploy/nginx.conf
MOST_ROWS = 2_000  # what a person can wait for; the command line takes more
MOST_WAITING = 20  # previews of a municipality that nobody has carried out
BATCH = 500


@dataclass
class Previewer:
    """Works out what rows mean for the services there are. `there`: by code, those without a code by id."""

    municipality: str
    language: str
    known: Known
    there: Mapping[str, Service]
    met: set[UUID] = field(default_factory=set)

    def tried(self, run: ImportRun, row: ImportRow) -> ImportedRow:
        """Return what a row would do."""
        service = self.there.get(row.external_id)
        row = for_service(row, service)
        before = as_input(service) if service else blank(self.language)
        after, wrong = result_of(before, row, self.municipality, self.known)
        found = self._row(run, row.number, row.external_id, row.text.get("name", ""))
        if wrong:
            found.problems = [[one.field, one.error] for one in wrong]
            return found
        found.name = after.texts[after.language].name
        found.content = {"row": stored.to_json(row), "after": contents.to_json(after)}
        found.state = _state(service, before, after, row)
        found.chosen = found.state in ("new", "changed") and not (service and service.state == "withdrawn")
        return found

    def refused(
        self, run: ImportRun, number: int, title: tuple[str, str], problems: Collection[tuple[str, str]]
    ) -> ImportedRow:
        """Return a row that cannot be used."""
        found = self._row(run, number, *title)
        found.problems = [list(one) for one in problems]
        return found

    def _row(self, run: ImportRun, number: int, code: str, name: str) -> ImportedRow:
        service = self.there.get(code)
        if service:
            self.met.add(service.id)
        return ImportedRow(
            run=run,
            number=number,
            state="rejected",
            external_id=code[:200],
            name=name[:200],
            service=service.id if service else None,
            base_version=service.version if service else None,
        )


@action(
    "catalogue.import.prepared",
    needs=Need.SERVICE_IMPORT,
    says=_("la opp en fil med tjenester for å se hva den endrer"),
)
def prepare_import(scope: Scope, municipality: str, file: File, *, now: datetime) -> Change:
    """Read a file and keep what it would do, row by row, for somebody to look at. No service is changed.

    `Change.target` is the run. Raises BadInput when the file as a whole cannot be used.
    """
    scope.require_sight(municipality)
    if len(file.data) > LARGEST_UPLOAD:
        raise too_large(file.name, LARGEST_UPLOAD)
    sheet = importing.read(file, import_facts(municipality, now, scope))
    if sheet.read > MOST_ROWS:
        raise BadInput(
            gettext("Filen har {read} rader. Det er plass til {most}: del den i flere.").format(
                read=sheet.read, most=MOST_ROWS
            ),
            file.name,
        )
    _make_room(scope, municipality)
    run = ImportRun(
        municipality_id=municipality,
        account=scope.account,
        file_name=values.shown(file.name) or "fil",
        form=sheet.form,
        at=now,
    )
    services = list(whole(siblings(scope, municipality)))
    previewer = previewer_for(scope, municipality, services)
    rows = _rows(previewer, run, sheet)
    left = [one for one in services if one.id not in previewer.met and one.state != "withdrawn"]
    run.missing = sorted(
        ([str(one.id), source_text(one).name] for one in left), key=lambda one: one[1].casefold()
    )
    run.save(force_insert=True)
    ImportedRow.objects.bulk_create(rows, BATCH)
    counted = Counter(row.state for row in rows)
    return Change(municipality, run.id, about={"file": run.file_name, "read": sheet.read, "rows": counted})


@action("catalogue.import.chosen", needs=Need.SERVICE_IMPORT, says=_("valgte rader i en import"))
def choose_rows(
    scope: Scope,
    run_id: UUID,
    shown: Collection[int],
    chosen: Collection[int],
    kinds: Mapping[int, str],
    *,
    now: datetime,  # noqa: ARG001  (every act has it)
) -> Change:
    """Keep which of the rows that were `shown` are to come along, and the kinds chosen for rows that lacked one.

    Raises BadInput when the import is carried out already, NotYours.
    """
    run = run_of(scope, run_id)
    if run.state != "preview":
        raise BadInput(gettext("Importen er allerede gjort. Last siden på nytt."), field="state")
    rows = rows_of(scope, run)
    asked = list(rows.filter(state="kindless", number__in=[number for number, kind in kinds.items() if kind]))
    if asked:
        _give_kinds(scope, run, asked, kinds)
    usable = rows.filter(number__in=list(shown), state__in=("new", "changed"))
    usable.exclude(number__in=list(chosen)).exclude(number__in=[row.number for row in asked]).update(
        chosen=False
    )
    usable.filter(number__in=list(chosen)).update(chosen=True)
    return Change(run.municipality_id, run.id, nothing=True)


@action("catalogue.import.dropped", needs=Need.SERVICE_IMPORT, says=_("forkastet en import"))
def drop_import(scope: Scope, run_id: UUID, *, now: datetime) -> Change:  # noqa: ARG001  (the journal's)
    """Throw away a preview that nobody carries out. Raises BadInput when it is carried out already, NotYours."""
    run = run_of(scope, run_id, lock=True)
    if run.state != "preview":
        raise BadInput(gettext("Importen er allerede gjort. Last siden på nytt."), field="state")
    run.delete()
    return Change(run.municipality_id, run_id, about={"file": run.file_name})


def run_of(scope: Scope, run_id: UUID, *, lock: bool = False) -> ImportRun:
    """Return an import. Raises NotYours when the scope has no such import."""
    found = ImportRun.objects.visible_to(scope).filter(id=run_id)
    run = (found.select_for_update(of=("self",)) if lock else found).first()
    if run is None:
        raise NotYours(run_id)
    return run


def rows_of(scope: Scope, run: ImportRun) -> TenantQuerySet[ImportedRow]:
    """Return the rows of an import."""
    return ImportedRow.objects.visible_to(scope).filter(run=run)


def previewer_for(scope: Scope, municipality: str, services: Iterable[Service]) -> Previewer:
    """Return what works out rows for a municipality. `services`: its own, fetched whole."""
    place = Municipality.objects.get(code=municipality)
    return Previewer(
        municipality, place.default_language, writing.known(None, scope, municipality), by_code(services)
    )


def _rows(previewer: Previewer, run: ImportRun, sheet: Sheet) -> list[ImportedRow]:
    found = [previewer.tried(run, row) for row in sheet.rows]
    problems: dict[int, list[tuple[str, str]]] = {}
    for one in sheet.rejected:
        problems.setdefault(one.row, []).append((one.field, one.error))
    for number, said in problems.items():
        row = previewer.refused(run, number, sheet.titles.get(number, ("", "")), said)
        if number in sheet.kindless:
            row.state, row.content = "kindless", {"row": stored.to_json(sheet.kindless[number])}
        found.append(row)
    return sorted(found, key=lambda row: row.number)


def _give_kinds(
    scope: Scope, run: ImportRun, rows: Collection[ImportedRow], kinds: Mapping[int, str]
) -> None:
    """Try rows anew with the kinds that somebody has chosen for them."""
    services = list(whole(siblings(scope, str(run.municipality_id))))
    previewer = previewer_for(scope, str(run.municipality_id), services)
    for row in rows:
        told = stored.from_json((row.content or {})["row"])
        told = replace(told, fields={**told.fields, "kind": kinds[row.number]}, asked=None)
        tried = previewer.tried(run, told)
        tried.id = row.id
        if tried.state != "rejected":
            tried.save(force_update=True)


def _make_room(scope: Scope, municipality: str) -> None:
    """Throw away the oldest previews that nobody has carried out."""
    waiting = ImportRun.objects.visible_to(scope).filter(municipality=municipality, state="preview")
    for run in waiting.order_by("-at")[MOST_WAITING - 1 :]:
        run.delete()


def _state(service: Service | None, before: ServiceInput, after: ServiceInput, row: ImportRow) -> str:
    if service is None:
        return "new"
    same = contents.same(before, after) and service.state != "withdrawn"
    return "same" if same and row.notice in (None, snapshot(service)["notice"]) else "changed"

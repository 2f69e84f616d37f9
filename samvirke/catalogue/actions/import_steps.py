"""Carrying out an import, taking it back, and carrying it out again: step by step, some rows at a time.

Odd steps put the rows' content into the services, even ones take it out again. A service that somebody has changed
meanwhile is left as it is, and its row says so. What is done so far counts: a step that stops goes on where it was.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samvirke import jobs
from samvirke.access.acts import act, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.access.tenancy import TenantQuerySet
from samvirke.catalogue import contents
from samvirke.catalogue.actions import approval, drafts, writing
from samvirke.catalogue.actions.bulk import IMPORTED, ROW_IN, changes_of
from samvirke.catalogue.actions.import_preview import rows_of, run_of
from samvirke.catalogue.actions.many import Many
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.contents import Plain
from samvirke.catalogue.importing import ImportRow, stored
from samvirke.catalogue.importing.merging import confirmable
from samvirke.catalogue.inputs import ServiceInput, clean
from samvirke.catalogue.models import Draft, ImportedRow, ImportRun, Service, ServiceVersion
from samvirke.catalogue.models_imports import DID
from samvirke.catalogue.queries import siblings, whole
from samvirke.catalogue.stored import as_input, snapshot
from samvirke.kit.errors import BadInput

AT_ONCE = 100  # rows that are done while the person waits; more are done by a job
AT_A_TIME = 250
KEPT = timedelta(days=30)
ROW_COLUMNS = ["service", "made_version", "version", "draft", "outcome", "applied", "step", "left"]

IMPORT = Need.SERVICE_IMPORT
ROW_OUT = act("catalogue.service.import-undone", needs=IMPORT, says=_("angret importen av en tjeneste"))
RUN_OUT = act("catalogue.import.undone", needs=IMPORT, says=_("angret en import"))
RUN_AGAIN = act("catalogue.import.redone", needs=IMPORT, says=_("gjorde en angret import på nytt"))


class _Left(Exception):
    """A row's service is left as it is; the text says why."""


@dataclass
class _Step:
    """One chunk of a step: the services, locked, and what is to be written. `made`: row → its service."""

    scope: Scope
    run: ImportRun
    now: datetime
    work: Many
    by_id: Mapping[UUID, Service]
    codes: Mapping[str, Service]
    kept: Mapping[tuple[UUID, int], Mapping[str, Plain]]  # contents of earlier versions
    made: dict[int, Service] = field(default_factory=dict)

    def service(self, row: ImportedRow) -> Service | None:
        return self.by_id.get(row.service) if row.service else None


@action("catalogue.import.begun", needs=IMPORT, says=_("begynte på en import"))
def carry_out(
    scope: Scope, run_id: UUID, *, confirmed_by: str = "", also_same: bool = False, now: datetime
) -> Change:
    """Write the chosen rows of a preview. More than a few are written by a job: the run's state says when it is done.

    `confirmed_by` (a role or organisation) stands for what the file tells; "": new services become drafts, and what
    would change a published one becomes its working copy. `also_same`: it stands for the services that do not
    change too. A service that somebody has changed since the preview is left, and its row says so. Raises BadInput.
    """
    run, by = run_of(scope, run_id, lock=True), confirmed_by.strip()
    if run.state != "preview":
        raise BadInput(gettext("Importen er allerede gjort. Last siden på nytt."), field="state")
    code = str(run.municipality_id)
    if by:
        writing.require_confirming(scope, code)
        writing.must_have_joined(code)
        approval.require_alone(scope, None, code, publishes=True)
    if by and also_same:
        rows_of(scope, run).filter(state="same").update(chosen=True)
    run.confirmed_by = by
    return _begin(scope, run, now)


@action("catalogue.import.undo-begun", needs=IMPORT, says=_("begynte å angre en import"))
def take_back(scope: Scope, run_id: UUID, *, now: datetime) -> Change:
    """Let every service of an import be as it was before; what the import created is withdrawn.

    A service that somebody has changed since is left, and its row says so. Raises BadInput.
    """
    return _turn(scope, run_id, "done", now)


@action("catalogue.import.redo-begun", needs=IMPORT, says=_("begynte å gjøre en import på nytt"))
def do_again(scope: Scope, run_id: UUID, *, now: datetime) -> Change:
    """Undo the undoing of an import, for the services that nobody has changed since. Raises BadInput."""
    return _turn(scope, run_id, "undone", now)


@action("catalogue.import.went-on", needs=IMPORT, says=_("fortsatte en import"))
def go_on(scope: Scope, run_id: UUID, *, now: datetime, most: int = AT_A_TIME) -> list[Change]:
    """Do the next rows of the step that is under way; nothing when none is. Returns a change for each service."""
    run = run_of(scope, run_id, lock=True)
    if run.state != "working":
        return []
    rows = list(_waiting(scope, run).order_by("number")[:most])
    done = _done(scope, run, rows, now)
    if not _waiting(scope, run).exists():
        run.state = "done" if run.step % 2 else "undone"
        run.save(update_fields=["state"])
        done.append(_told(scope, run))
    return done


@action("catalogue.import.erased", needs=IMPORT, says=_("slettet innholdet av en gammel import"))
def erase_imports(scope: Scope, *, now: datetime) -> list[Change]:
    """Erase what files of more than 30 days ago held. Previews go as a whole; what was done stays, and can be undone."""
    old = ImportRun.objects.visible_to(scope).filter(at__lt=now - KEPT)
    forgotten = list(old.filter(state="preview")) + list(
        old.exclude(state__in=["preview", "working"]).filter(erased=False)
    )
    changes = [Change(str(run.municipality_id), run.id, about={"state": run.state}) for run in forgotten]
    for run in forgotten:
        if run.state == "preview":
            run.delete()
        else:
            rows_of(scope, run).filter(outcome="").delete()
            rows_of(scope, run).update(content=None, problems=[])
            run.erased, run.missing = True, []
            run.save(update_fields=["erased", "missing"])
    return changes


def _turn(scope: Scope, run_id: UUID, state: str, now: datetime) -> Change:
    run = run_of(scope, run_id, lock=True)
    if run.state != state:
        raise BadInput(gettext("Noen har gjort dette før deg. Last siden på nytt."), field="state")
    code = str(run.municipality_id)
    approval.require_alone(scope, None, code, publishes=bool(run.confirmed_by))
    return _begin(scope, run, now)


def _begin(scope: Scope, run: ImportRun, now: datetime) -> Change:
    run.step, run.state, run.acted_at, run.acted_by = run.step + 1, "working", now, scope.account
    rows = _waiting(scope, run).count()
    if not rows:
        raise BadInput(
            gettext("Velg minst én rad.") if run.step == 1 else gettext("Det er ingenting å gjøre."),
            field="rows",
        )
    run.save(update_fields=["step", "state", "acted_at", "acted_by", "confirmed_by"])
    if rows <= AT_ONCE:
        go_on(scope, run.id, now=now)
    else:
        jobs.later(
            "catalogue.import",
            run=str(run.id),
            municipality=str(run.municipality_id),
            account=str(scope.account or ""),
            language=get_language() or "nb",
        )
    return Change(run.municipality_id, run.id, nothing=True)


def _waiting(scope: Scope, run: ImportRun) -> TenantQuerySet[ImportedRow]:
    """The rows that the step under way has not looked at."""
    rows = rows_of(scope, run).filter(step__lt=run.step)
    if run.step == 1:
        return rows.filter(chosen=True)
    return rows.filter(outcome__in=DID, applied=run.step % 2 == 0)


def _done(scope: Scope, run: ImportRun, rows: Sequence[ImportedRow], now: datetime) -> list[Change]:
    """Do one chunk; return what became of each service."""
    step = _opened(scope, run, rows, now)
    do, code = (_put_in_again, ROW_IN) if run.step % 2 else (_take_out, ROW_OUT)
    if run.step == 1:
        do = _put_in
    for row in rows:
        row.step, row.left = run.step, ""
        try:
            do(step, row)
        except _Left as left:
            row.left = str(left)[:400]
            row.outcome = row.outcome or "left"
    step.work.write(code, run.id)
    for row in rows:
        _note(step, row)
    ImportedRow.objects.visible_to(scope).bulk_update(rows, ROW_COLUMNS)
    if step.work.shown:
        _rebuild(step)
    return changes_of(step.work, run, code)


def _opened(scope: Scope, run: ImportRun, rows: Sequence[ImportedRow], now: datetime) -> _Step:
    code = str(run.municipality_id)
    family = siblings(scope, code)
    new = [row.external_id for row in rows if row.base_version is None and row.external_id]
    wanted = Q(id__in=[row.service for row in rows if row.service]) | Q(external_id__in=new)
    there = list(whole(family.filter(wanted).select_for_update(of=("self",))))
    numbers = {number for row in rows for number in (row.base_version, row.made_version) if number}
    versions = ServiceVersion.objects.visible_to(scope).filter(service__in=there, number__in=numbers)
    taken = set(family.values_list("slug", flat=True))
    return _Step(
        scope,
        run,
        now,
        Many(
            scope, code, writing.known(None, scope, code), now, run.confirmed_by, writing.max_age(code), taken
        ),
        {one.id: one for one in there},
        {one.external_id: one for one in there if one.external_id},
        {(one.service_id, one.number): one.content for one in versions} if run.step > 1 else {},
    )


def _put_in(step: _Step, row: ImportedRow) -> None:
    """The first time: make or change the service, or its working copy."""
    told, after = _content(step, row)
    service = step.service(row)
    if row.base_version is None:
        if row.external_id in step.codes:
            raise _Left(gettext("Noen har laget en tjeneste med samme kode siden forhåndsvisningen."))
    elif service is None or service.version != row.base_version:
        raise _Left(gettext("Noen har endret tjenesten siden forhåndsvisningen."))
    pieces = confirmable(after, told) if step.run.confirmed_by and not told.draft else None
    if service and service.state == "confirmed" and pieces is None:
        _write_draft(step, row, service, after)
        return
    if service:
        step.work.update(service, as_input(service), after, pieces)
    else:
        service = step.work.create(after, pieces)
    if told.notice:
        step.work.put_notice(service, told.notice)
    step.made[row.number] = service
    row.outcome = "created" if row.base_version is None else "confirmed" if row.state == "same" else "changed"


def _take_out(step: _Step, row: ImportedRow) -> None:
    """Let the service be as it was before the import; without a before it is withdrawn."""
    if row.draft:
        found = Draft.objects.visible_to(step.scope).filter(id=row.draft[0], revision=row.draft[1])
        if not found.exists():
            raise _Left(gettext("Utkastet er endret, forkastet eller publisert siden importen."))
        drafts.drop_draft(step.scope, _known(row.service), now=step.now)
        row.applied = False
        return
    service = step.service(row)
    if service is None or service.version != row.version:
        raise _Left(gettext("Noen har endret tjenesten siden importen."))
    if row.base_version is None:
        content: Mapping[str, Plain] | None = {**snapshot(service), "state": "withdrawn"}
    else:
        content = step.kept.get((service.id, row.base_version))
    if content is None:
        raise _Left(gettext("Det som sto før importen, er ikke bevart."))
    step.work.put_back(service, content)
    step.made[row.number] = service
    row.applied = False


def _put_in_again(step: _Step, row: ImportedRow) -> None:
    """Undo what _take_out did."""
    service = step.service(row)
    if row.draft:
        if step.run.erased or service is None or service.version != row.base_version:
            raise _Left(gettext("Noen har endret tjenesten siden importen, eller filens innhold er slettet."))
        _write_draft(step, row, service, _content(step, row)[1])
        return
    content = step.kept.get((service.id, row.made_version or 0)) if service else None
    if service is None or content is None or service.version != row.version:
        raise _Left(gettext("Noen har endret tjenesten siden importen ble angret."))
    step.work.put_back(service, content)
    step.made[row.number] = service


def _write_draft(step: _Step, row: ImportedRow, service: Service, after: ServiceInput) -> None:
    """Write a working copy beside what is published."""
    try:
        done = drafts.save_draft(
            step.scope, service.id, after, version=service.version, revision=0, now=step.now
        )
    except BadInput as error:
        raise _Left(error.text) from error
    if done.nothing:
        raise _Left(gettext("Det er ingenting å endre."))
    row.draft = [str(done.about["draft"]), done.about["revision"]]
    row.outcome, row.applied = "drafted", True


def _note(step: _Step, row: ImportedRow) -> None:
    """Write down in a row what became of its service."""
    service = step.made.get(row.number)
    if service is None:
        return
    row.service, row.version = service.id, service.version
    if step.run.step % 2:
        row.applied = True
    if step.run.step == 1:
        row.made_version = service.version
    if service.id not in step.work.written:
        row.applied, row.outcome, row.left = False, "left", gettext("Det er ingenting å endre.")


def _content(step: _Step, row: ImportedRow) -> tuple[ImportRow, ServiceInput]:
    if row.content is None:
        raise _Left(gettext("Innholdet i filen er slettet."))
    after, problems = clean(contents.from_json(row.content["after"]), step.work.municipality, step.work.facts)
    if problems:
        raise _Left(problems[0].text)
    return stored.from_json(row.content["row"]), after


def _rebuild(step: _Step) -> None:
    """Ask for new pages of the municipality, and of its neighbours where they share a service."""
    writing.rebuild_places([step.work.municipality])
    for service in step.made.values():
        if step.by_id.get(service.id) and service.areas.all():
            writing.rebuild(service)


def _told(scope: Scope, run: ImportRun) -> Change:
    """Return the journal row of a whole step."""
    rows = rows_of(scope, run).filter(step=run.step)
    counted = Counter("left" if left else outcome for outcome, left in rows.values_list("outcome", "left"))
    code = IMPORTED if run.step == 1 else RUN_AGAIN if run.step % 2 else RUN_OUT
    about = {"file": run.file_name, **counted, "confirmed_by": run.confirmed_by}
    return Change(run.municipality_id, run.id, about=about, code=code)


def _known(service: UUID | None) -> UUID:
    if service is None:
        raise _Left(gettext("Tjenesten finnes ikke."))
    return service

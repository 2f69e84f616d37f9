"""What is on record: journal, access log, documents, the inventory, and what each role may do."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from samvirke.access import readiness as documents
from samvirke.access.guard import needs
from samvirke.access.permissions import Need
from samvirke.access.queries import is_invented, readiness_of
from samvirke.access.scope import Scope
from samvirke.accounts import logs
from samvirke.accounts.forms import LogFilterForm, ReadinessForm
from samvirke.accounts.holdings import holdings
from samvirke.accounts.logs import Page, Sought
from samvirke.accounts.scopes import roles_of
from samvirke.accounts.tables import roles_table
from samvirke.accounts.views.again import put, scoped
from samvirke.kit.errors import BadInput

Read = Callable[[Scope, str, Sought], Page]


@needs(Need.JOURNAL_READ)
def journal(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show what was changed, and by whom."""
    return _log(request, municipality, logs.journal, "accounts/journal.html", logs.acts())


@needs(Need.ACCESS_LOG_READ)
def access_log(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show who has read personal data."""
    return _log(request, municipality, logs.access_log, "accounts/access_log.html", [])


def _log(
    request: HttpRequest, municipality: str, read: Read, template: str, codes: list[tuple[str, Any]]
) -> HttpResponse:
    scope = scoped(request).scope
    form = LogFilterForm(request.GET or None, codes=codes, people=logs.people(scope, municipality))
    told = form.cleaned_data if form.is_valid() else {}
    sought = Sought(
        told.get("code", ""),
        UUID(told["account"]) if told.get("account") else None,
        told.get("since"),
        told.get("until"),
        request.GET.get("etter", ""),
    )
    page = read(scope, municipality, sought)
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    more = f"?{urlencode(kept | {'etter': page.next})}" if page.next else ""
    return render(request, template, {"form": form, "page": page, "more": more, "sought": bool(kept)})


@needs(Need.READINESS_READ)
def readiness(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show the documents that must be in order before persons are registered, and record them."""
    scope, now = scoped(request).scope, timezone.now()
    form = ReadinessForm(request.POST or None, initial={"document": request.GET.get("dokument")})
    if request.method == "POST" and form.is_valid():
        try:
            documents.record(scope, municipality, **form.cleaned_data, now=now)
        except BadInput as error:
            put(error, form)
        else:
            messages.success(request, gettext("Dokumentet er registrert."))
            return redirect("accounts-readiness", municipality=municipality)
    there = {row.document: row for row in readiness_of(scope, municipality)}
    missing = documents.lacking(scope, municipality, _today())
    shown = {
        "form": form,
        "documents": [(key, name, there.get(key), key in missing) for key, name in documents.NAMES.items()],
        "missing": missing,
        "example": is_invented(municipality),
        "may_edit": scope.may(Need.READINESS_EDIT),
    }
    return render(request, "accounts/readiness.html", shown)


def _today() -> date:
    return timezone.localdate()


@needs(Need.INVENTORY_READ)
def inventory(request: HttpRequest, municipality: str) -> HttpResponse:  # noqa: ARG001
    """Show which personal data the system holds, who erases it and when."""
    return render(request, "accounts/inventory.html", {"holdings": holdings()})


@needs(Need.WORK)
def roles(request: HttpRequest) -> HttpResponse:
    """Show what each role may do. Rendered from the table the system itself goes by."""
    table = roles_table({one.role for one in roles_of(request)})
    return render(request, "accounts/roles.html", {"table": table})

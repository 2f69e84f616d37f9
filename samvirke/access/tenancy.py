"""Tables that stay closed until somebody says whose rows they want.

    class Service(models.Model):
        tenant = "municipality"            # or a path: "service__municipality"
        objects = TenantQuerySet.as_manager()

    Service.objects.filter(state="draft").visible_to(scope)

The queryset can be built freely and refuses where SQL leaves it. PostgreSQL's row-level security is the second
belt. Known edges: a forward foreign key and `refresh_from_db` use Django's base manager (the row is yours
already); a closed queryset as a subquery of an open one is not refused here, only by the database.
"""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from samvirke.access.scope import EVERYWHERE, NATIONAL, Scope, require_opened

Row = TypeVar("Row", bound=Model)

LEAVES = (
    "iterator", "aiterator", "count", "exists", "aggregate", "explain", "update", "_update", "delete",
    "_raw_delete", "raw",
)  # fmt: skip
MEETS = ("_merge_sanity_check", "_combinator_query")


class ScopeMissing(RuntimeError):
    """A tenant table was asked without a scope."""


class TenantQuerySet(QuerySet[Row, Row]):
    """A queryset that is closed until `visible_to` or `across_tenants`."""

    _open = False

    def visible_to(self, scope: Scope) -> Self:
        """Return the rows of the scope's municipalities. Raises NotOpened outside `opened(scope)`."""
        require_opened(scope)
        found = self._opened()
        if EVERYWHERE in scope.municipalities:
            return found
        path = self.model.tenant  # type: ignore[attr-defined]
        mine = Q(**{f"{path}__in": sorted(scope.municipalities - {NATIONAL})})
        return found.filter(
            mine | Q(**{f"{path}__isnull": True}) if NATIONAL in scope.municipalities else mine
        )

    def across_tenants(self, *, why: str) -> Self:  # noqa: ARG002  (the reason is for the reader)
        """Return rows of all municipalities, as far as the database lets them be seen. A test counts who calls this."""
        return self._opened()

    def _opened(self) -> Self:
        clone = self.all()
        clone._open = True  # noqa: SLF001
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._open = self._open  # noqa: SLF001
        return clone

    def _refuse(self) -> None:
        if not self._open:
            raise ScopeMissing(
                f"{self.model.__name__} is closed: say .visible_to(scope), or .across_tenants(why=…)."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:  # rows that were prefetched by an open queryset are here already
            self._refuse()
        super()._fetch_all()


def seen_by(scope: Scope, column: str) -> tuple[str, list[Any]]:
    """Return what `visible_to` means in a statement of one's own: a condition on the column, and its values.

    Raises NotOpened outside `opened(scope)`.
    """
    require_opened(scope)
    if EVERYWHERE in scope.municipalities:
        return "true", []
    mine = f"{column} = ANY(%s)"
    if NATIONAL in scope.municipalities:
        mine = f"({mine} OR {column} IS NULL)"
    return mine, [sorted(scope.municipalities - {NATIONAL})]


def _guarded(name: str) -> Callable[..., Any]:
    def method(self: TenantQuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        if name == "aiterator" or self._result_cache is None or name in {"update", "delete", "raw"}:
            self._refuse()
        return getattr(super(TenantQuerySet, self), name)(*args, **kwargs)

    method.__name__ = name
    for flag in ("alters_data", "queryset_only"):
        if hasattr(getattr(QuerySet, name), flag):
            setattr(method, flag, getattr(getattr(QuerySet, name), flag))
    return method


def _guarded_meeting(name: str) -> Callable[..., Any]:
    def method(self: TenantQuerySet[Any], *others: Any, **kwargs: Any) -> Any:
        for one in (self, *others):
            if isinstance(one, TenantQuerySet):
                one._refuse()  # noqa: SLF001
        return getattr(super(TenantQuerySet, self), name)(*others, **kwargs)

    method.__name__ = name
    return method


for _name in LEAVES:
    setattr(TenantQuerySet, _name, _guarded(_name))
for _name in MEETS:
    setattr(TenantQuerySet, _name, _guarded_meeting(_name))

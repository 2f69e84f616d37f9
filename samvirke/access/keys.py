"""The municipalities' keys: made when first needed, unwrapped once per process."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings

from samvirke.access import queries, sealed
from samvirke.access.models import MunicipalityKey
from samvirke.access.scope import Scope
from samvirke.access.sealed import Key


def municipality_key(scope: Scope, municipality: str, now: datetime) -> Key:
    """Return a municipality's key. Raises NotYours when the municipality lies outside the scope."""
    scope.require_sight(municipality)
    kept = queries.wrapped_key(scope, municipality)
    if kept is None:
        wrapped = sealed.wrap(sealed.new_key(), sealed.wrapping_key(), municipality)
        fresh = MunicipalityKey(municipality_id=municipality, wrapped=wrapped, made_at=now)
        MunicipalityKey.objects.bulk_create([fresh], ignore_conflicts=True)
        kept = bytes(MunicipalityKey.objects.visible_to(scope).get(municipality=municipality).wrapped)
    return _unwrapped(kept, municipality, settings.MASTER_KEY)


@lru_cache(maxsize=512)
def _unwrapped(wrapped: bytes, municipality: str, _master: str) -> Key:
    return sealed.unwrap(wrapped, sealed.wrapping_key(), municipality)

"""How complete and how fresh the municipalities of somebody's area are, in a table."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import overview as figures
from samvirke.catalogue.views import common


@needs(Need.COMPLETENESS_READ)
def overview(request: ScopedRequest) -> HttpResponse:
    """One county at a time; the county that is asked for, else the first of the person's area."""
    counties = figures.counties(request.scope)
    asked = request.GET.get("fylke", "")
    county = next((one for one in counties if one.code == asked), counties[0] if counties else None)
    order = request.GET.get("ordne", "")
    rows = figures.rows(request.scope, county.code, common.clock(), order) if county else []
    label = _("Fylker")
    context = {
        "counties": counties,
        "county": county,
        "tabs": [
            {"name": one.name, "url": f"?fylke={one.code}", "current": one == county} for one in counties
        ],
        "tabs_label": label,
        "rows": rows,
        "order": order,
        "joined": sum(1 for row in rows if row.joined),
    }
    return common.screen(request, "overview", context)

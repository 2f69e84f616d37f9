"""Services that are shared by several municipalities: those who answer for them say that they are still right."""

from django.http import HttpResponse
from django.utils.translation import ngettext

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import answering, shared_words
from samvirke.catalogue.forms.answers import ConfirmManyForm
from samvirke.catalogue.views import common


@needs(Need.SHARED_EDIT)
def shared(request: ScopedRequest) -> HttpResponse:
    """What is due or soon due of them, service by service, to be confirmed in one go."""
    now = common.clock()
    rows = shared_words.due(request.scope, now, common.tongue())
    pieces = {id_: row.pieces for id_, row in rows.items()}
    form = ConfirmManyForm(request.POST or None, rows=pieces, initial={"by": shared_words.confirmer(rows)})
    if request.method == "POST" and form.is_valid():
        by = form.cleaned_data["by"]
        done = common.fill(form, lambda: answering.confirm_many(request.scope, form.chosen(), by, now=now))
        if done is not None:
            said = ngettext("%(n)s tjeneste er bekreftet.", "%(n)s tjenester er bekreftet.", done)
            common.done(request, said % {"n": done})
            return common.to("catalogue-shared")
    context = {"rows": rows, "form": form, "all": request.GET.get("velg") == "alle"}
    context["ticked"] = request.POST.getlist("services")
    return common.screen(request, "shared", context)

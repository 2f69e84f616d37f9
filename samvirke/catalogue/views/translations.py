"""A service in another language: the source beside the translation, and what has changed since it was made."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, desk_queries, history_words, labels, preview, queries
from samvirke.catalogue.forms.translation import TranslationForm
from samvirke.catalogue.views import common


@needs(Need.SERVICE_EDIT)
def translate(request: ScopedRequest, municipality: str, service: UUID, language: str) -> HttpResponse:
    """Write a service's texts in another language. To save is also to say that it is up to date."""
    found = desk_queries.own_service(request.scope, municipality, service)
    place, joined = desk_queries.place_of(municipality)
    languages = desk_queries.languages_of(place, joined)
    if language not in languages or language == found.language:
        raise Http404
    given = queries.as_input(found)
    source, text = given.texts[given.language], given.texts.get(language)
    made_from = history_words.source_when_translated(request.scope, found, language)
    form = TranslationForm(
        request.POST or None, source=source, text=text, made_from=made_from, language=language
    )
    if request.method == "POST" and form.is_valid():
        act = common.fill(
            form,
            lambda: actions.set_translation(
                request.scope, found.id, language, form.text(), now=common.clock()
            ),
        )
        if act:
            common.done(request, _("Oversettelsen er lagret."))
            return common.to("catalogue-service", municipality, found.id)
    context = _named(language, found.language, languages) | {
        "form": form,
        "service": found,
        "name": source.name,
        "crumbs": common.crumbs(municipality, found),
        "pairs": list(form.pairs()),
        "outdated": made_from is not None,
        "shown": preview.page(
            place, given, desk_queries.place_names([given]), now=common.clock(), language=language
        ),
    }
    return common.screen(request, "translate", context)


def _named(language: str, source: str, languages: Sequence[str]) -> dict[str, object]:
    """Return both languages with their names, and the others that one may go to."""
    return {
        "language": language,
        "language_name": labels.LANGUAGES[language],
        "source_language": source,
        "source_name": labels.LANGUAGES[source],
        "others": [(code, labels.LANGUAGES[code]) for code in languages if code not in (language, source)],
    }

"""Woven templates say what Django says, byte for byte; what weaving does not know is left to Django."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from django.template import Context, Engine, engines
from django.utils import translation
from django.utils.safestring import mark_safe

from samvirke.catalogue.finnhjelp import build
from samvirke.catalogue.tests import sites
from samvirke.kit.hours import OSLO
from samvirke.publishing import folding, weaving

MOMENTS = (datetime(2026, 11, 23, 10, 0, tzinfo=OSLO), datetime(2026, 12, 24, 19, 0, tzinfo=OSLO))
NASTY = {"nb": "<b>\"Åse\" & 'co' 12:30</b>", "en": "%(name)s %% </script>"}


@pytest.mark.parametrize(
    "site",
    [
        *sites.ALL,
        replace(sites.JOINED, services=(replace(sites.SERVICES[0], name=NASTY, description=NASTY),)),
    ],
    ids=lambda site: f"{site.slug}-{len(site.services)}",
)
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_every_page_of_finn_hjelp_is_woven_and_reads_as_django_writes_it(site, moment):
    for page in build.pages(site, moment):
        if page.template:
            with translation.override(page.language):
                theirs = engines["django"].engine.get_template(page.template).render(Context(dict(page.data)))
                assert weaving.woven(folding.template(page.template, page.language)), page.template
                assert weaving.render(page.template, page.language, page.data) == theirs, page.path


@dataclass
class Thing:
    name: str
    none: None = None

    def shout(self) -> str:
        return self.name.upper()

    @property
    def broken(self) -> str:
        raise ZeroDivisionError


DATA = {
    "name": "<Kari> & 'Ola'", "safe": mark_safe("<b>x</b>"), "number": 999, "large": 1234567, "part": 2.5,
    "day": datetime(2026, 11, 23, 10, 0, tzinfo=OSLO), "yes": True, "nothing": None, "empty": [], "zero": 0,
    "thing": Thing("<t>"), "deep": {"a": {"b": "<c>", "items": "own"}, "list": ["p", "<q>"]}, "call": lambda: "<called>",
    "rows": ["<a>", "b", "c"], "pairs": [("x", "<1>"), ("y", 2)], "made": (letter for letter in "ab"),
    "things": [Thing("one"), Thing("two")],
}  # fmt: skip
WOVEN = [
    "{{ name }}{{ safe }}{{ number }}{{ large }}{{ part }}{{ day }}{{ yes }}{{ nothing }}{{ missing }}",
    "{{ thing.name }}{{ thing.shout }}{{ thing.none }}{{ thing.missing }}{{ missing.name }}{{ call }}",
    "{{ deep.a.b }}{{ deep.a.items }}{{ deep.list.1 }}{{ deep.list.7 }}{{ deep.no.b }}{{ 'written <x>' }}{{ 12 }}",
    "{{ name|upper }}{{ safe|upper }}{{ name|safe }}{{ rows|join:', <' }}{{ name|linebreaksbr }}{{ missing|upper }}",
    "{% if yes %}a{% endif %}{% if not zero %}b{% elif name %}c{% else %}d{% endif %}{% if missing %}e{% else %}f{% endif %}",
    "{% if thing.none is None and yes or missing.x %}a{% endif %}{% if number is not None %}b{% endif %}{% if empty %}c{% endif %}",
    "{% include './row.html' %}{% for row in rows %}{{ forloop.counter }}{{ forloop.counter0 }}{% empty %}none{% endfor %}{{ row }}",
    "{% for row in rows %}{{ forloop.revcounter }}{{ forloop.revcounter0 }}{% if forloop.first %}F{% endif %}{% if forloop.last %}L{% endif %}{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{% for row in rows %}{{ forloop.parentloop.counter }}{{ row }}{% endfor %}{% endfor %}",
    "{% for row in empty %}x{% empty %}none{% endfor %}{% for row in missing %}x{% empty %}none{% endfor %}{% for one in nothing %}{% endfor %}",
    "{% with a=name b=number %}{{ a }}{{ b }}{{ yes }}{% endwith %}{{ a }}",
    "{% include 'row.html' %}{% include 'row.html' with row='z' %}{% include 'row.html' with row=name only %}{{ kept }}",
    "{% for thing in things %}{% include 'thing.html' %}{% endfor %}{% include 'thing.html' with thing=thing only %}",
    "{% blocktranslate with a=name b=thing.name %}Hei {{ a }} og {{ b }} 100 %{% endblocktranslate %}{% blocktranslate %}{{ number }}{{ no }}{% endblocktranslate %}",
    "{% translate 'Søk' as find %}{{ find }}{% translate '100%% <sikkert>' as sure %}{{ sure }}{% load sv %}{% number name %}{{ name|num }}",
    "{% extends 'base.html' %}{% block top %}{% translate 'Søk' as own %}{{ own }}{% block inner %}{{ name }}{% endblock %}{% endblock %}",
    "{% extends 'middle.html' %}{% block inner %}{{ number }}{% endblock %}",
]
LEFT = [
    "{% extends 'base.html' %}{% block top %}{{ block.super }}{% endblock %}",
    "{% for row in rows reversed %}{{ row }}{% endfor %}{% cycle 'a' 'b' %}",
    "{% if number > 3 %}a{% endif %}{% include chosen %}{{ name|default:number }}{{ _('Søk') }}",
    "{% blocktranslate count n=number %}{{ n }} rad{% plural %}{{ n }} rader{% endblocktranslate %}{% translate name %}",
]
TEMPLATES = {
    "base.html": "<{% block top %}top {{ name }}{% endblock %}|{% block bottom %}bottom{% endblock %}|{{ own }}>",
    "middle.html": "{% extends 'base.html' %}{% block top %}mid {% block inner %}{% endblock %}{% endblock %}",
    "row.html": "({{ row }}{{ name }}{% translate 'Søk' as kept %}{{ kept }})",
    "thing.html": "[{{ thing.name }}{% if forloop.first %}first{% endif %}]",
}


def template(text, language):
    """Return a template, folded as `folding` does it."""
    loaders = [
        (
            "samvirke.publishing.folding.Loader",
            [("django.template.loaders.locmem.Loader", {"page.html": text, **TEMPLATES})],
        )
    ]
    engine = Engine(
        loaders=loaders,
        libraries=engines["django"].engine.libraries,
        builtins=[*engines["django"].engine.builtins],
    )
    with translation.override(language):
        return engine.get_template("page.html")


def fresh():
    return {**DATA, "made": (letter for letter in "ab"), "chosen": "row.html"}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("text", WOVEN)
def test_what_is_known_reads_as_django_writes_it(text, language):
    folded = template(text, language)
    with translation.override(language):
        say = weaving.woven(folded)
        assert say is not None
        for _ in range(2):
            assert say({**weaving.ALWAYS_KNOWN, **fresh()}) == folded.render(Context(fresh()))


@pytest.mark.parametrize("text", LEFT)
def test_the_rest_is_left_to_django(text):
    assert weaving.woven(template(text, "nb")) is None


def test_an_error_in_the_data_is_not_hidden():
    say = weaving.woven(template("{{ thing.broken }}", "nb"))
    with pytest.raises(ZeroDivisionError):
        say(fresh())


def test_a_page_changes_nothing_in_what_it_is_given():
    data = fresh()
    known = dict(data)
    for text in WOVEN:
        weaving.woven(template(text, "nb"))({**weaving.ALWAYS_KNOWN, **data})
    assert data == known

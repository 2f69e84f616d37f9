"""Folded templates as plain functions: what Django works out for every tag on every page is worked out once.

Each tag becomes a small function from what the page knows to text. The bytes are those that Django makes: a test
holds the two against each other. A template with a tag that is not known here is left to Django.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.template import Context, Engine, Template, VariableDoesNotExist
from django.template.base import (
    FilterExpression,
    Node,
    TextNode,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import ForNode, IfNode, TemplateLiteral, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext

from samvirke.publishing import folding

Scope = dict[str, Any]
Get = Callable[[Scope], Any]
Say = Callable[[Scope], str]
ALWAYS_KNOWN: Scope = {"True": True, "False": False, "None": None}
PLAIN = Context()
SMALL = 1000  # from here on numbers are written as the language does


class Unknown(Exception):  # noqa: N818
    """A template uses what only Django can render."""


def render(name: str, language: str, data: Mapping[str, object]) -> str:
    """Return a page. Call with the language active."""
    template = folding.template(name, language)
    say = woven(template)
    return say({**ALWAYS_KNOWN, **data}) if say else str(template.render(Context(dict(data))))


@lru_cache(maxsize=256)
def woven(template: Template) -> Say | None:
    """Return a folded template as a function, or None when only Django can render it."""
    try:
        return _whole(template, {})
    except Unknown:
        return None


def _whole(template: Template, blocks: Mapping[str, BlockNode]) -> Say:
    """Return a template with its blocks replaced by those of the templates that extend it."""
    for node in template.nodelist:
        if isinstance(node, ExtendsNode):
            return _whole(template.engine.get_template(_name(node.parent_name)), {**node.blocks, **blocks})
    return _Weaver(template.engine, blocks).sequence(template.nodelist)


def _name(told: Any) -> str:
    """Return the name of a template that is written out."""
    if isinstance(told, FilterExpression) and isinstance(told.var, str) and not told.filters:
        return told.var
    raise Unknown


@dataclass(frozen=True)
class _Weaver:
    """Makes a function of each tag of one template."""

    engine: Engine
    blocks: Mapping[str, BlockNode]

    def sequence(self, nodes: Sequence[Any]) -> Say:
        says = [self.one(node) for node in nodes]
        if len(says) == 1:
            return says[0]
        return lambda scope: "".join([say(scope) for say in says])

    def one(self, node: Node) -> Say:  # noqa: PLR0911  (one line per tag)
        match node:
            case TextNode():
                return partial(_constant, node.s)
            case VariableNode():
                get = expression(node.filter_expression, "")
                return lambda scope: said(get(scope))
            case IfNode():
                return self.choice(node)
            case ForNode():
                return self.loop(node)
            case BlockNode():
                return pushed(self.sequence(self.blocks.get(node.name, node).nodelist), {})
            case WithNode():
                return pushed(self.sequence(node.nodelist), node.extra_context)
            case IncludeNode():
                return self.include(node)
            case folding.OfFrame():
                return _of_frame(self.one(node.include))
            case BlockTranslateNode():
                return _sentence(node)
            case TranslateNode():
                return _kept_sentence(node)
            case SimpleNode():
                return _simple(node)
        raise Unknown

    def choice(self, node: IfNode) -> Say:
        branches = [
            (condition(told) if told else partial(_constant, True), self.sequence(nodes))
            for told, nodes in node.conditions_nodelists
        ]

        def say(scope: Scope) -> str:
            for holds, text in branches:
                if holds(scope):
                    return text(scope)
            return ""

        return say

    def loop(self, node: ForNode) -> Say:
        if node.is_reversed:
            raise Unknown
        get, names = expression(node.sequence, None), node.loopvars
        body, empty = self.sequence(node.nodelist_loop), self.sequence(node.nodelist_empty)

        def say(scope: Scope) -> str:
            values = get(scope)
            values = values if hasattr(values, "__len__") else list(values or ())
            if len(values) == 0:
                return empty(scope)
            inner = {**scope}
            loop = inner["forloop"] = _Loop(len(values), scope.get("forloop", {}))
            found = []
            for loop.counter0, value in enumerate(values):
                inner.update(zip(names, value if len(names) > 1 else (value,), strict=True))
                found.append(body(inner))
            return "".join(found)

        return say

    def include(self, node: IncludeNode) -> Say:
        text = _whole(self.engine.get_template(_name(node.template)), {})
        return pushed(text, node.extra_context, alone=node.isolated_context)


def pushed(text: Say, extra: Mapping[str, FilterExpression], *, alone: bool = False) -> Say:
    """Return a text that sees more than its surroundings (`alone`: instead), and whose own names stay its own."""
    gets = [(name, expression(value, "")) for name, value in extra.items()]

    def say(scope: Scope) -> str:
        inner = {**(ALWAYS_KNOWN if alone else scope)}
        for name, get in gets:
            inner[name] = get(scope)
        return text(inner)

    return say


class _Loop:
    """What a template may ask about the loop that it is in."""

    counter0 = 0

    def __init__(self, length: int, parentloop: object) -> None:
        self.length, self.parentloop = length, parentloop

    counter = property(lambda self: self.counter0 + 1)
    revcounter = property(lambda self: self.length - self.counter0)
    revcounter0 = property(lambda self: self.length - self.counter0 - 1)
    first = property(lambda self: self.counter0 == 0)
    last = property(lambda self: self.counter0 == self.length - 1)


def _constant(value: Any, _scope: Scope) -> Any:
    return value


def said(value: object) -> str:
    """Return a value as Django writes it on a page."""
    if type(value) is str:
        return _escaped(value)
    if type(value) is SafeString:
        return value
    if type(value) is int and -SMALL < value < SMALL:
        return str(value)
    return str(render_value_in_context(value, PLAIN))


@lru_cache(maxsize=16384)
def _escaped(text: str) -> str:
    return html.escape(text)


def expression(told: Any, missing: object) -> Get:
    """Return how to get at a value. `missing`: what a variable is that is not there."""
    get = looked_up(told.var, missing) if isinstance(told.var, Variable) else partial(_constant, told.var)
    for function, arguments in told.filters:
        get = _filtered(get, function, arguments)
    return get


def looked_up(variable: Variable, missing: object) -> Get:
    """Return how to look a variable up; anything unusual is left to Django."""
    if variable.translate or (variable.lookups and variable.lookups[0] == "block"):
        raise Unknown
    if variable.lookups is None:
        return partial(_constant, variable.literal)
    first, *rest = variable.lookups

    def carefully(scope: Scope) -> Any:
        try:
            return variable.resolve(Context(scope))
        except VariableDoesNotExist:
            return missing

    def get(scope: Scope) -> Any:
        if first not in scope:
            return missing
        value = scope[first]
        try:
            for name in rest:
                value = value[name] if type(value) is dict else getattr(value, name)
        except (KeyError, AttributeError):
            return carefully(scope)
        return carefully(scope) if callable(value) else value

    return get


def _filtered(get: Get, function: Callable[..., Any], arguments: Sequence[tuple[bool, Any]]) -> Get:
    if getattr(function, "expects_localtime", False) or any(varies for varies, _ in arguments):
        raise Unknown
    given = [mark_safe(argument) for _, argument in arguments]  # noqa: S308  (written in the template)
    asked = partial(function, autoescape=True) if getattr(function, "needs_autoescape", False) else function
    keeps_safe = getattr(function, "is_safe", False)

    def filtered(scope: Scope) -> Any:
        value = get(scope)
        result = asked(value, *given)
        return mark_safe(result) if keeps_safe and isinstance(value, SafeData) else result  # noqa: S308

    return filtered


def condition(told: Any) -> Get:
    """Return how to decide what stands in an `if`."""
    if isinstance(told, TemplateLiteral):
        return expression(told.value, None)
    one = condition(told.first)
    other = condition(told.second) if told.second is not None else one
    match told.id:
        case "not":
            return lambda scope: not one(scope)
        case "is":
            return lambda scope: one(scope) is other(scope)
        case "is not":
            return lambda scope: one(scope) is not other(scope)
        case "and":
            return lambda scope: one(scope) and other(scope)
        case "or":
            return lambda scope: one(scope) or other(scope)
    raise Unknown


def _of_frame(text: Say) -> Say:
    """Return a text that shows only the page's frame: made once for all pages with that frame."""
    kept: list[tuple[object, str]] = [
        (None, "")
    ]  # a pair, put and taken whole: threads render at the same time

    def say(scope: Scope) -> str:
        frame = scope.get("frame")
        known, made = kept[0]
        if frame is None or frame is not known:
            made = text(scope)
            kept[0] = (frame, made)
        return made

    return say


def _sentence(node: BlockTranslateNode) -> Say:
    if node.plural or node.message_context or node.asvar:
        raise Unknown
    message, names = node.render_token_list(node.singular)
    sentence = gettext(message)

    def say(scope: Scope) -> str:
        return sentence % {name: said(scope.get(name, "")) for name in names}

    return pushed(say, node.extra_context)


def _kept_sentence(node: TranslateNode) -> Say:
    """Return a translation that is kept under a name; others are folded to text already."""
    if not node.asvar or node.message_context or not folding.is_literal(node.filter_expression):
        raise Unknown
    name, context = node.asvar, Context()
    node.render(context)
    text = context[name]

    def say(scope: Scope) -> str:
        scope[name] = text
        return ""

    return say


def _simple(node: SimpleNode) -> Say:
    if node.takes_context or node.target_var:
        raise Unknown
    gets = [expression(argument, "") for argument in node.args]
    named = {name: expression(argument, "") for name, argument in node.kwargs.items()}
    function = node.func

    def say(scope: Scope) -> str:
        keywords = {name: get(scope) for name, get in named.items()}
        return str(conditional_escape(function(*[get(scope) for get in gets], **keywords)))

    return say

"""Templates with what never varies worked out beforehand: translations, icons and addresses of assets.

A public page is mostly fixed text in a known language. Django looks each `{% translate %}` up on each page;
for 40,000 pages that is a third of the time. Here every language has an engine of its own, and when it loads a
template the constant nodes become plain text. The rest of the template is untouched, and a test holds the
result against Django's own. What shows only the frame of a page (its footer) is kept for the next page.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template, engines
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.safestring import SafeString

PURE_TAGS = {"asset", "icon", "number", "phone"}  # of ui.templatetags.sv: they know their arguments only


def template(name: str, language: str) -> Template:
    """Return a template for a language. Render it, too, with that language active."""
    return _engine(engines["django"].engine, language, _assets()).get_template(name)  # type: ignore[attr-defined]


@lru_cache(maxsize=16)
def _engine(configured: Engine, language: str, assets: int) -> Engine:  # noqa: ARG001  (keys of the cache)
    return Engine(
        dirs=configured.dirs,
        loaders=[("samvirke.publishing.folding.Loader", _plain(configured.loaders))],
        libraries=configured.libraries,
        builtins=configured.builtins,
    )


def _plain(loaders: Any) -> list[Any]:
    """Return the loaders without a cache around them; ours is one."""
    first = loaders[0]
    return list(first[1] if isinstance(first, tuple) and first[0].endswith("cached.Loader") else loaders)


def _assets() -> int:
    try:
        return int((settings.ASSETS / "manifest.json").stat().st_mtime_ns)
    except OSError:
        return 0


class Loader(cached.Loader):
    """Django's caching loader, folding each template once."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a template, folded in the language that is active."""
        known = self.cache_key(template_name, skip) in self.get_template_cache
        found: Template = super().get_template(template_name, skip)
        if not known:
            fold(found.nodelist, self.engine)
        return found


def fold(nodes: NodeList, engine: Engine) -> None:
    """Replace constant nodes by their text, in place and all the way down, and join neighbouring texts."""
    folded: list[Node] = []
    for node in nodes:
        text = _constant(node, engine)
        if text is None:
            for below in _below(node):
                fold(below, engine)
            folded.append(OfFrame(node) if _shows_only_the_frame(node) else node)
        elif folded and type(folded[-1]) is TextNode:
            folded[-1] = TextNode(folded[-1].s + text)
        else:
            folded.append(TextNode(text))
    nodes[:] = folded


class OfFrame(Node):
    """An include that is given the page's frame and nothing else: rendered once for all pages with that frame."""

    def __init__(self, include: Node) -> None:
        self.include, self.token, self.origin = include, include.token, include.origin
        self.last: tuple[object, str] = (None, "")

    def render(self, context: Context) -> SafeString:
        """Return the text of the frame, the last one's if it is the same."""
        frame = context.get("frame")
        known, text = self.last
        if frame is None or frame is not known:
            text = str(self.include.render(context))
            self.last = (frame, text)
        return SafeString(text)


def _shows_only_the_frame(node: Node) -> bool:
    if type(node) is not IncludeNode or not node.isolated_context:
        return False
    return {name: value.token for name, value in node.extra_context.items()} == {"frame": "frame"}


def _below(node: Node) -> list[NodeList]:
    found = [getattr(node, name) for name in node.child_nodelists if hasattr(node, name)]
    if isinstance(node, IfNode):
        found = [branch for _, branch in node.conditions_nodelists]
    return [below for below in found if isinstance(below, NodeList)]


def _constant(node: Node, engine: Engine) -> str | None:
    """Return the text of a node that is the same on every page, else None."""
    if type(node) is TextNode:
        return node.s
    if isinstance(node, LoadNode | CommentNode):
        return ""
    if type(node) is IncludeNode:
        return _constant_include(node, engine)
    if _says_the_same(node):
        alone = Template("", engine=engine)
        alone.nodelist = NodeList([node])
        return str(alone.render(Context()))
    return None


def _says_the_same(node: Node) -> bool:
    if type(node) is TranslateNode:
        return not node.asvar and not node.message_context and is_literal(node.filter_expression)
    if type(node) is BlockTranslateNode:
        varying = node.plural or node.countervar or node.asvar or node.message_context or node.extra_context
        return not varying and all(token.token_type == TokenType.TEXT for token in node.singular)
    if type(node) is SimpleNode:
        arguments = [*node.args, *node.kwargs.values()]
        named = node.func.__module__ == "samvirke.ui.templatetags.sv" and node.func.__name__ in PURE_TAGS
        return named and not node.takes_context and not node.target_var and all(map(is_literal, arguments))
    return False


def _constant_include(node: IncludeNode, engine: Engine) -> str | None:
    if node.extra_context or not is_literal(node.template):
        return None
    included = engine.get_template(str(node.template.resolve(Context())))
    texts = [inner.s for inner in included.nodelist if isinstance(inner, TextNode)]
    return "".join(texts) if len(texts) == len(included.nodelist) else None


def is_literal(expression: FilterExpression) -> bool:
    """Say whether an expression is written out, without filters."""
    if expression.filters:
        return False
    return not isinstance(expression.var, Variable) or expression.var.lookups is None

from django.template import Library, defaulttags
from django.template.base import TextNode, Variable, VariableNode
from django.template.loader_tags import IncludeNode, do_include
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

register = Library()

_ALWAYS = {"True": True, "False": False, "None": None}


class Include(IncludeNode):
    """`{% include %}` of a template that is named by a constant."""

    found = None
    # Where the arguments are constants and the template shows nothing else: what it shows in each language.
    shown = None

    def render(self, context):
        if self.found is None:
            self._find(context.template.engine)
        if self.shown is None:
            return self._draw(context)
        language = get_language()
        if language not in self.shown:
            self.shown[language] = self._draw(context)
        return self.shown[language]

    def _find(self, engine):
        self.found = engine.get_template(self.template.var)
        if all(map(_is_constant, self.extra_context.values())) and _is_fixed(self, engine, ()):
            self.shown = {}

    def _draw(self, context):
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        outside, state = context.dicts, context.render_context
        outer = state.template
        context.dicts = [_ALWAYS, values] if self.isolated_context else [*outside, values]
        state.template = self.found
        state.dicts.append({})
        try:
            return self.found._render(context)
        finally:
            state.dicts.pop()
            state.template = outer
            context.dicts = outside


def _is_constant(argument):
    """Whether an argument of an include is written in the template, for translation or not."""
    variable = argument.var
    return not argument.filters and (
        not isinstance(variable, Variable) or variable.lookups is None or variable.var in _ALWAYS
    )


# What shows the same whenever its variables and the language are the same.
_PURE = (
    TextNode,
    VariableNode,
    TranslateNode,
    StaticNode,
    defaulttags.CommentNode,
    defaulttags.FirstOfNode,
    defaulttags.IfNode,
    defaulttags.LoadNode,
)


def _is_fixed(include, engine, above):
    """Whether an include shows what follows from its arguments and the language alone."""
    name = include.template.var
    if not include.isolated_context or name in above:
        return False
    nodes = engine.get_template(name).nodelist.get_nodes_by_type(object)
    return all(
        _is_fixed(node, engine, (*above, name)) if isinstance(node, Include) else isinstance(node, _PURE)
        for node in nodes
    )


@register.tag("include")
def include(parser, token):
    """Django's `{% include %}`."""
    node = do_include(parser, token)
    if isinstance(node.template.var, str) and not node.template.filters:
        node.__class__ = Include
    return node

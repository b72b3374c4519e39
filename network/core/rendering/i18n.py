from django.template import Library
from django.templatetags import i18n as plain
from django.utils.translation import get_language

register = Library()
register.tags |= plain.register.tags
register.filters |= plain.register.filters


class Words(plain.TranslateNode):
    """`{% translate %}` of words that stand in the template."""

    def render(self, context):
        language = get_language()
        if language not in self.known:
            self.known[language] = super().render(context)
        return self.known[language]


def translate(parser, token):
    """Django's `{% translate %}`."""
    node = plain.do_translate(parser, token)
    expression = node.filter_expression
    if expression.var.lookups is None and not (expression.filters or node.asvar or node.message_context):
        node.__class__ = Words
        node.known = {}
    return node


register.tag("translate", translate)
register.tag("trans", translate)

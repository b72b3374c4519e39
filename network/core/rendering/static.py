from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Library
from django.templatetags import static as plain

register = Library()
register.tags |= plain.register.tags
register.filters |= plain.register.filters


class Static(plain.StaticNode):
    """`{% static %}` of a file that is named by a constant."""

    _known = None, ""

    def render(self, context):
        storage, address = self._known
        if storage is not staticfiles_storage._wrapped:
            address = super().render(context)
            self._known = staticfiles_storage._wrapped, address
        return address


@register.tag("static")
def static(parser, token):
    """Django's `{% static %}`."""
    node = plain.do_static(parser, token)
    if node.varname is None and isinstance(node.path.var, str) and not node.path.filters:
        node.__class__ = Static
    return node

"""What is the same on page after page: rendered once, as icons are drawn once.

It is code, not data: nothing from the database belongs in it.
"""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class Once(template.Node):
    def __init__(self, nodelist: NodeList, varying: list[FilterExpression]) -> None:
        self.nodelist, self.varying = nodelist, varying
        self.rendered: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = (each.resolve(context, ignore_failures=True) for each in self.varying)
        key = get_language(), get_script_prefix(), *values
        if key not in self.rendered:
            self.rendered[key] = self.nodelist.render(context)
        return self.rendered[key]


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """`{% once section %}…{% endonce %}`: for each language and each value of these variables.

    They are to have few values, and what they vary must follow from them alone.
    """
    _, *varying = token.split_contents()
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist, [parser.compile_filter(each) for each in varying])

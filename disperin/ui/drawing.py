"""Parts of a page that are drawn once and then only repeated: the same for everybody, or the same for many rows."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST_KEPT = 500  # drawings of one part; more come only from a part that is given what differs with every reader


class DrawnOnce(Node):
    """`{% drawn_once place=place %}…{% enddrawn_once %}`: one drawing in each language for all who read.

    It sees only what it is given, so that nothing of one reader stays for another, and is drawn again for other values
    of that, which must therefore be few.
    """

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression]) -> None:
        self.nodelist, self.given = nodelist, given
        self.drawn: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        given = {name: value.resolve(context) for name, value in self.given.items()}
        key = (get_language(), *given.values())
        if key in self.drawn:
            return self.drawn[key]
        text = self.nodelist.render(context.new(given))
        if len(self.drawn) < MOST_KEPT:
            self.drawn[key] = text
        return text


class Each(DrawnOnce):
    """`{% each rows %}<li>{name}</li>{% endeach %}`: many rows alike, `{name}` being what a row (a dict) has there.

    For long lists, where a loop would take ten times as long. What differs from row to row is prepared in the rows, as
    text; it is always escaped. The piece itself is drawn once, as above, and must hold no braces but these.
    """

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression], rows: FilterExpression) -> None:
        super().__init__(nodelist, given)
        self.rows = rows

    def render(self, context: Context) -> SafeString:
        piece = super().render(context)
        return mark_safe("".join(piece.format_map(_Escaped(row)) for row in self.rows.resolve(context)))  # noqa: S308


class _Escaped:
    """A row whose texts come out escaped, whatever they are marked as."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row

    def __getitem__(self, name: str) -> str:
        return escape(str(self.row[name]))


def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    """Reads the tag and all up to its end."""
    given = token_kwargs(token.split_contents()[1:], parser)
    return DrawnOnce(_up_to(parser, "enddrawn_once"), given)


def each(parser: Parser, token: Token) -> Each:
    """Reads the tag and all up to its end."""
    _name, *words = token.split_contents()
    if not words:
        raise TemplateSyntaxError("each: name the rows, as in {% each rows %}.")
    rows, given = parser.compile_filter(words[0]), token_kwargs(words[1:], parser)
    return Each(_up_to(parser, "endeach"), given, rows)


def _up_to(parser: Parser, end: str) -> NodeList:
    nodelist = parser.parse((end,))
    parser.delete_first_token()
    return nodelist

"""From the text of a filter to a ``Filter``."""

from __future__ import annotations

from simtui.views.filter.fields import FIELDS, Field
from simtui.views.filter.lexer import Piece, pieces
from simtui.views.filter.problem import FilterError, nearest, one_of
from simtui.views.filter.quantities import EXPECTED, parse_quantity
from simtui.views.filter.terms import CompareTerm, FieldTerm, Filter, Term, TextTerm
from simtui.views.filter.values import normalised
from simtui.views.filter.vocabulary import Vocabulary
from simtui.views.text import clean

_QUOTE_HINT = 'To search for the text itself, put it in quotes: "{}".'


def parse(text: str, vocabulary: Vocabulary | None = None) -> Filter:
    """Read a filter; raises ``FilterError`` with the column and what was expected there.

    With a ``vocabulary`` a group, network or IP profile that it does not know is refused
    as well; without one (or while it is still empty) such names are taken as they are.
    """
    return Filter(tuple(_term(piece, vocabulary) for piece in pieces(text)))


def _term(piece: Piece, vocabulary: Vocabulary | None) -> Term:
    if not piece.operator:
        return _text_term(piece)
    field = _field(piece)
    if field.quantity:
        return _compare_term(field, piece)
    values = (normalised(field, value, vocabulary) for value in piece.values)
    return FieldTerm(field.name, tuple(dict.fromkeys(values)), piece.negated)


def _text_term(piece: Piece) -> TextTerm:
    for value in piece.values:
        if not value.text:
            raise FilterError("A word is missing", value.position, "text to search for")
    words = dict.fromkeys(value.text.lower() for value in piece.values)
    return TextTerm(tuple(words), piece.negated)


def _field(piece: Piece) -> Field:
    field = FIELDS.get(piece.field)
    if field is None:
        close = nearest(piece.field, FIELDS)
        raise FilterError(
            f'There is no field "{clean(piece.field, 40)}"',
            piece.position,
            one_of([known.usage for known in FIELDS.values()]),
            suggestion=FIELDS[close].usage if close else "",
            hint=_QUOTE_HINT.format(clean(piece.field + piece.operator + piece.values[0].text, 40)),
        )
    if piece.operator not in field.operators:
        raise FilterError(
            f'{field.name} does not go with "{piece.operator}"',
            piece.position + len(piece.field),
            " or ".join(field.operators) + f" as in {field.usage}",
        )
    return field


def _compare_term(field: Field, piece: Piece) -> CompareTerm:
    kind = field.quantity or "count"
    if len(piece.values) > 1:
        raise FilterError(
            f"{field.name} is compared with one amount",
            piece.values[1].position,
            "a blank or the end",
        )
    value = piece.values[0]
    amount = parse_quantity(value.text, kind)
    if amount is None:
        what = f'"{clean(value.text, 40)}" is no amount for it' if value.text else "needs an amount"
        raise FilterError(f"{field.name}{piece.operator}: {what}", value.position, EXPECTED[kind])
    return CompareTerm(field.name, "<" if piece.operator == "<" else ">", amount, piece.negated)

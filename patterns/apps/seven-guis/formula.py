"""Formulas: `=A1+B2*3`, `=SUM(A1:B3)`. Knows neither pages nor sheets, so it is tested in CPython.

    sum     = product {("+" | "-") product}
    product = sign {("*" | "/") sign}
    sign    = ("+" | "-") sign | power
    power   = atom ["^" sign]
    atom    = number | text | cell | name "(" argument {"," argument} ")" | "(" sum ")"
    argument = cell ":" cell | sum

A formula is parsed into a function that computes it, so that computing it again needs no parsing.
"""

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

COLUMNS, ROWS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 100

Value = float | str | None  # None: the cell is empty
Read = Callable[[str], Value]  # the value of a cell, by its name
Formula = Callable[[Read], Value]
Argument = Callable[[Read], list[Value]]


class FormulaError(Exception):
    """Why a cell has no value.

    Args:
        code: what the cell shows instead, such as "#DIV/0!".
        reason: the same in a sentence.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def number(value: Value) -> float:
    """A value to calculate with; an empty cell counts as 0."""
    if isinstance(value, str):
        raise FormulaError("#VALUE!", f"{value!r} is not a number")
    return value or 0.0


def _divide(left: float, right: float) -> float:
    if not right:
        raise FormulaError("#DIV/0!", "division by zero")
    return left / right


def _mean(numbers: list[float]) -> float:
    return _divide(sum(numbers), len(numbers))


OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divide,
    "^": lambda left, right: left**right,
}
FUNCTIONS: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum,
    "PRODUCT": math.prod,
    "AVG": _mean,
    "MIN": lambda numbers: min(numbers, default=0.0),
    "MAX": lambda numbers: max(numbers, default=0.0),
    "COUNT": len,
    "ABS": lambda numbers: abs(_only(numbers)),
    "SQRT": lambda numbers: math.sqrt(_only(numbers)),
    "ROUND": lambda numbers: round(numbers[0], int(numbers[1]) if len(numbers) > 1 else 0),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)"
    r'|"(?P<text>[^"]*)"|(?P<name>[A-Za-z]+\d*)|(?P<sign>[-+*/^(),:])|(?P<other>\S))'
)
_CELL = re.compile(r"[A-Z]\d{1,2}")


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """The content of a cell as a function: a formula, a number, or text.

    Raises:
        FormulaError: it is a formula, but one that makes no sense.
    """
    if not text.startswith("="):
        constant = _constant(text)
        return lambda _read: constant
    try:
        return _Parser(text[1:]).formula()
    except RecursionError:
        raise FormulaError("#SYNTAX!", "there are too many parentheses") from None


def evaluate(formula: Formula, read: Read) -> Value:
    """Compute a formula.

    Raises:
        FormulaError: it has no value.
    """
    try:
        value = formula(read)
    except (ArithmeticError, ValueError, IndexError, TypeError) as error:
        raise FormulaError("#NUM!", str(error)) from None
    if isinstance(value, complex) or (isinstance(value, float) and not math.isfinite(value)):
        raise FormulaError("#NUM!", "the result is not a number")
    return value


def _constant(text: str) -> Value:
    text = text.strip()
    try:
        value = float(text)
    except ValueError:
        return text or None
    return value if math.isfinite(value) else text


def _only(numbers: list[float]) -> float:
    if len(numbers) != 1:
        raise FormulaError("#VALUE!", f"one number is wanted, not {len(numbers)}")
    return numbers[0]


class _Parser:
    """Recursive descent, one method for each line of the grammar."""

    def __init__(self, text: str) -> None:
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(text)
        self._next()

    def _next(self) -> None:
        token = next(self._tokens, None)
        self._kind = token.lastgroup if token else None
        self._text = token[token.lastgroup or 0] if token else ""

    def _take(self, signs: str) -> str:
        """Take the next token if it is one of these signs."""
        sign = self._text if self._kind == "sign" and self._text in signs else ""
        if sign:
            self._next()
        return sign

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            found = repr(self._text) if self._kind else "the end"
            raise FormulaError("#SYNTAX!", f"{sign!r} is wanted, not {found}")

    def formula(self) -> Formula:
        formula = self._sum()
        if self._kind:
            raise FormulaError("#SYNTAX!", f"{self._text!r} is too much")
        return formula

    def _sum(self) -> Formula:
        left = self._product()
        while sign := self._take("+-"):
            left = _binary(sign, left, self._product())
        return left

    def _product(self) -> Formula:
        left = self._sign()
        while sign := self._take("*/"):
            left = _binary(sign, left, self._sign())
        return left

    def _sign(self) -> Formula:
        if sign := self._take("+-"):
            return _binary(sign, lambda _read: 0.0, self._sign())
        return self._power()

    def _power(self) -> Formula:
        base = self._atom()
        return _binary("^", base, self._sign()) if self._take("^") else base

    def _atom(self) -> Formula:
        kind, text = self._kind, self._text
        if self._take("("):
            inner = self._sum()
            self._expect(")")
            return inner
        if kind not in ("number", "text", "name"):
            raise FormulaError("#SYNTAX!", f"{text!r} is not expected" if kind else "something is missing")
        self._next()
        if kind == "name":
            return self._call(text.upper()) if self._take("(") else _reference(text.upper())
        constant: Value = float(text) if kind == "number" else text
        return lambda _read: constant

    def _call(self, name: str) -> Formula:
        function = FUNCTIONS.get(name)
        if function is None:
            raise FormulaError("#NAME?", f"there is no function {name}")
        arguments = [self._argument()]
        while self._take(","):
            arguments.append(self._argument())
        self._expect(")")

        def call(read: Read) -> Value:
            values = [value for argument in arguments for value in argument(read)]
            return float(function([value for value in values if isinstance(value, float)]))

        return call

    def _argument(self) -> Argument:
        first = self._text.upper()
        formula = self._sum()
        if not self._take(":"):
            return lambda read: [formula(read)]
        last = self._text.upper()
        self._next()
        names = _range(first, last)
        return lambda read: [read(name) for name in names]


def _binary(sign: str, left: Formula, right: Formula) -> Formula:
    operator = OPERATORS[sign]
    return lambda read: operator(number(left(read)), number(right(read)))


def _reference(name: str) -> Formula:
    if not _CELL.fullmatch(name):
        raise FormulaError("#REF!", f"there is no cell {name}")
    name = f"{name[0]}{int(name[1:])}"
    return lambda read: read(name)


def _range(first: str, last: str) -> list[str]:
    """The cells of a rectangle between two corners."""
    if not (_CELL.fullmatch(first) and _CELL.fullmatch(last)):
        raise FormulaError("#REF!", f"{first}:{last} is no range of cells")
    left, right = sorted((first[0], last[0]))
    top, bottom = sorted((int(first[1:]), int(last[1:])))
    columns = COLUMNS[COLUMNS.index(left) : COLUMNS.index(right) + 1]
    return [f"{column}{row}" for row in range(top, bottom + 1) for column in columns]

"""Expressions, parsed to functions of the data. The grammar and its binding powers are the specification's."""

import json
import re

from jmespath.exceptions import EmptyExpressionError, IncompleteExpressionError, LexerError, ParseError
from jmespath.functions import Reference, call, kind

_TOKENS = re.compile(
    r"""(?P<space>\s+)|(?P<name>[A-Za-z_]\w*)|(?P<number>-?\d+)|(?P<quoted>"(?:\\.|[^"\\])*")|(?P<raw>'(?:\\.|[^'\\])*')|(?P<literal>`(?:\\.|[^`\\])*`)"""
    r"""|(?P<op>\[\?|\[\]|\|\||&&|==|!=|<=|>=|[.*\[\](){},:|&@<>!])"""
)
_POWER = {"eof": 0, "]": 0, ")": 0, "}": 0, ",": 0, ":": 0, "number": 0, "name": 0, "quoted": 0, "literal": 0, "raw": 0, "@": 0, "&": 0,
          "|": 1, "||": 2, "&&": 3, "==": 5, "!=": 5, "<": 5, "<=": 5, ">": 5, ">=": 5, "[]": 9, "*": 20, "[?": 21, ".": 40, "!": 45, "{": 50, "[": 55, "(": 60}
_STOPS_PROJECTION = 10


def _tokens(text):
    at, found = 0, []
    while at < len(text):
        match = _TOKENS.match(text, at)
        if not match:
            raise LexerError(at, text[at], "unknown", "Unknown token" if text[at] not in "\"'`" else "Unclosed delimiter")
        kind_of, value = match.lastgroup, match.group()
        if kind_of == "op":
            found.append((value, value, at))
        elif kind_of == "number":
            found.append(("number", int(value), at))
        elif kind_of == "quoted":
            found.append(("quoted", json.loads(value), at))
        elif kind_of == "raw":
            found.append(("raw", value[1:-1].replace("\\'", "'"), at))
        elif kind_of == "literal":
            inner = value[1:-1].replace("\\`", "`").lstrip()
            try:
                literal = json.loads(inner)
            except ValueError:
                literal = json.loads(f'"{inner}"')
            found.append(("literal", literal, at))
        elif kind_of != "space":
            found.append((kind_of, value, at))
        at = match.end()
    return [*found, ("eof", "", len(text))]


def _true(value):
    return not (value is None or value is False or (kind(value) in "sao" and len(value) == 0))


def _same(left, right):
    return kind(left) == kind(right) and left == right


_ORDER = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def _field(name):
    return lambda data: data.get(name) if isinstance(data, dict) else None


def _index(at):
    return lambda data: data[at] if kind(data) == "a" and -len(data) <= at < len(data) else None


def _compare(operator, left, right):
    if operator == "==":
        return lambda data: _same(left(data), right(data))
    if operator == "!=":
        return lambda data: not _same(left(data), right(data))

    def ordered(data):
        a, b = left(data), right(data)
        return _ORDER[operator](a, b) if kind(a) == kind(b) == "n" else None

    return ordered


def _project(items, right):
    """``items`` gives the list to be projected, or None."""

    def evaluate(data):
        found = items(data)
        if found is None:
            return None
        results = (right(item) for item in found)
        return [item for item in results if item is not None]

    return evaluate


class _Parser:
    def __init__(self, text):
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0

    @property
    def kind(self):
        return self.tokens[self.at][0]

    def fail(self):
        token, value, at = self.tokens[self.at]
        cls = IncompleteExpressionError if token == "eof" else ParseError
        raise cls(at, value, token)

    def take(self, expected=None):
        token = self.tokens[self.at]
        if expected and token[0] != expected:
            self.fail()
        self.at += 1
        return token

    def whole(self):
        parsed = self.expression()
        if self.kind != "eof":
            self.fail()
        return parsed

    def expression(self, power=0):
        left = self.first()
        while power < _POWER[self.kind]:
            left = self.then(left)
        return left

    def first(self):
        token, value, _ = self.take()
        if token in ("literal", "raw"):
            return lambda data: value
        if token in ("name", "quoted"):
            if token == "name" and self.kind == "(":
                return self.function(value)
            return _field(value)
        if token == "@":
            return lambda data: data
        if token == "*":
            return _project(lambda data: list(data.values()) if isinstance(data, dict) else None, self.after_projection(20))
        if token == "[]":
            return self.flatten(lambda data: data)
        if token == "[?":
            return self.filter(lambda data: data)
        if token == "[":
            if self.kind in ("number", ":"):
                return self.subscript(lambda data: data)
            if self.kind == "*" and self.tokens[self.at + 1][0] == "]":
                self.at += 2
                return _project(lambda data: data if kind(data) == "a" else None, self.after_projection(20))
            return self.multi_list()
        if token == "{":
            return self.multi_hash()
        if token == "!":
            inner = self.expression(45)
            return lambda data: not _true(inner(data))
        if token == "&":
            inner = self.expression()
            return lambda data: Reference(inner)
        if token == "(":
            inner = self.expression()
            self.take(")")
            return inner
        self.at -= 1
        return self.fail()

    def then(self, left):
        token, value, _ = self.take()
        if token == ".":
            if self.kind == "*":
                self.take()
                return _project(lambda data: list(found.values()) if isinstance(found := left(data), dict) else None, self.after_projection(20))
            right = self.after_dot(40)
            return lambda data: None if (found := left(data)) is None else right(found)
        if token == "|":
            right = self.expression(1)
            return lambda data: right(left(data))
        if token == "||":
            right = self.expression(2)
            return lambda data: found if _true(found := left(data)) else right(data)
        if token == "&&":
            right = self.expression(3)
            return lambda data: right(data) if _true(found := left(data)) else found
        if token in ("==", "!=", "<", "<=", ">", ">="):
            return _compare(token, left, self.expression(5))
        if token == "[]":
            return self.flatten(left)
        if token == "[?":
            return self.filter(left)
        if token == "[":
            if self.kind in ("number", ":"):
                return self.subscript(left)
            self.take("*")
            self.take("]")
            return _project(lambda data: found if kind(found := left(data)) == "a" else None, self.after_projection(20))
        self.at -= 1
        return self.fail()

    def after_dot(self, power):
        if self.kind in ("name", "quoted", "*"):
            return self.expression(power)
        if self.kind == "[":
            self.take()
            return self.multi_list()
        if self.kind == "{":
            self.take()
            return self.multi_hash()
        return self.fail()

    def after_projection(self, power):
        if _POWER[self.kind] < _STOPS_PROJECTION:
            return lambda data: data
        if self.kind in ("[", "[?"):
            return self.expression_from(lambda data: data, power)
        if self.kind == ".":
            self.take()
            return self.after_dot(power)
        return self.fail()

    def expression_from(self, left, power):
        """What follows a projection without a dot: it goes on from each of its items."""
        while power < _POWER[self.kind]:
            left = self.then(left)
        return left

    def subscript(self, left):
        parts, colons = [None, None, None], 0
        while self.kind != "]":
            if self.kind == ":" and colons < 2:
                self.take()
                colons += 1
            elif self.kind == "number" and parts[colons] is None:
                parts[colons] = self.take()[1]
            else:
                self.fail()
        self.take("]")
        if not colons:
            index = _index(parts[0])
            return lambda data: index(left(data))
        if parts[2] == 0:
            raise ParseError(self.at, "0", "number", "Slice step cannot be 0")
        cut = slice(*parts)
        return _project(lambda data: found[cut] if kind(found := left(data)) == "a" else None, self.after_projection(20))

    def flatten(self, left):
        def items(data):
            found = left(data)
            if kind(found) != "a":
                return None
            return [inner for item in found for inner in (item if kind(item) == "a" else [item])]

        return _project(items, self.after_projection(9))

    def filter(self, left):
        condition = self.expression()
        self.take("]")
        items = lambda data: [item for item in found if _true(condition(item))] if kind(found := left(data)) == "a" else None  # noqa: E731
        return _project(items, self.after_projection(21) if self.kind != "[]" else lambda data: data)

    def multi_list(self):
        parts = [self.expression()]
        while self.kind == ",":
            self.take()
            parts.append(self.expression())
        self.take("]")
        return lambda data: None if data is None else [part(data) for part in parts]

    def multi_hash(self):
        parts = {}
        while True:
            if self.kind not in ("name", "quoted"):
                self.fail()
            name = self.take()[1]
            self.take(":")
            parts[name] = self.expression()
            if self.kind != ",":
                break
            self.take()
        self.take("}")
        return lambda data: None if data is None else {name: part(data) for name, part in parts.items()}

    def function(self, name):
        self.take("(")
        arguments = []
        while self.kind != ")":
            arguments.append(self.expression())
            if self.kind == ",":
                self.take()
            elif self.kind != ")":
                self.fail()
        self.take(")")
        return lambda data: call(name, [argument(data) for argument in arguments])


class Expression:
    def __init__(self, expression):
        if not expression.strip():
            raise EmptyExpressionError()
        self.expression = expression
        try:
            self._evaluate = _Parser(expression).whole()
        except ParseError as error:
            error.expression = expression
            raise

    def search(self, value, options=None):
        return self._evaluate(value)

    def __repr__(self):
        return f"<jmespath expression {self.expression!r}>"

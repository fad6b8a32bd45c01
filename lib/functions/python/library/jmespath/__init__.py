"""JMESPath, as boto3's paginators and waiters use it. Written for Keyhole from the specification at jmespath.org."""

from jmespath.parser import Expression

_compiled = {}


def compile(expression):
    """Errors: jmespath.exceptions.ParseError, LexerError."""
    if expression not in _compiled:
        if len(_compiled) > 200:
            _compiled.clear()
        _compiled[expression] = Expression(expression)
    return _compiled[expression]


def search(expression, data, options=None):
    return compile(expression).search(data, options)

"""JMESPath's functions. Types: s string, n number, b boolean, a array, o object, z null, e expression; A stands for any."""

import json
import math

from jmespath.exceptions import ArityError, JMESPathTypeError, UnknownFunctionError

_NAMES = {"s": "string", "n": "number", "b": "boolean", "a": "array", "o": "object", "z": "null", "e": "expref"}


class Reference:
    """``&expression``, for the functions that take one."""

    def __init__(self, evaluate):
        self.evaluate = evaluate


def kind(value):
    if isinstance(value, Reference):
        return "e"
    if value is None:
        return "z"
    if isinstance(value, bool):
        return "b"
    if isinstance(value, (int, float)):
        return "n"
    if isinstance(value, str):
        return "s"
    return "o" if isinstance(value, dict) else "a" if isinstance(value, (list, tuple)) else "s"


def _text(value):
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), default=str)


def _to_number(value):
    if kind(value) == "n":
        return value
    if kind(value) != "s":
        return None
    for convert in (int, float):
        try:
            return convert(value)
        except ValueError:
            pass
    return None


def _one_kind(name, values, allowed):
    kinds = {kind(value) for value in values}
    for value in values:
        if kind(value) not in allowed or len(kinds) > 1:
            raise JMESPathTypeError(name, value, _NAMES[kind(value)], [_NAMES[one] for one in allowed])
    return values


def _keyed(name, array, reference):
    keys = [reference.evaluate(item) for item in array]
    _one_kind(name, keys, "ns")
    return list(zip(keys, array))


def _merge(*objects):
    merged = {}
    for item in objects:
        merged.update(item)
    return merged


# Name: (types of the arguments, "..." where the last may come again, work)
FUNCTIONS = {
    "abs": (["n"], abs),
    "avg": (["a"], lambda a: sum(_one_kind("avg", a, "n")) / len(a) if a else None),
    "ceil": (["n"], math.ceil),
    "contains": (["as", "A"], lambda a, x: x in a if kind(a) == "a" else kind(x) == "s" and x in a),
    "ends_with": (["s", "s"], str.endswith),
    "floor": (["n"], math.floor),
    "join": (["s", "a"], lambda s, a: s.join(_one_kind("join", a, "s"))),
    "keys": (["o"], list),
    "length": (["sao"], len),
    "map": (["e", "a"], lambda e, a: [e.evaluate(item) for item in a]),
    "max": (["a"], lambda a: max(_one_kind("max", a, "ns"), default=None)),
    "max_by": (["a", "e"], lambda a, e: max(_keyed("max_by", a, e), key=lambda pair: pair[0])[1] if a else None),
    "merge": (["o", "..."], _merge),
    "min": (["a"], lambda a: min(_one_kind("min", a, "ns"), default=None)),
    "min_by": (["a", "e"], lambda a, e: min(_keyed("min_by", a, e), key=lambda pair: pair[0])[1] if a else None),
    "not_null": (["A", "..."], lambda *values: next((value for value in values if value is not None), None)),
    "reverse": (["sa"], lambda value: value[::-1]),
    "sort": (["a"], lambda a: sorted(_one_kind("sort", a, "ns"))),
    "sort_by": (["a", "e"], lambda a, e: [item for _, item in sorted(_keyed("sort_by", a, e), key=lambda pair: pair[0])]),
    "starts_with": (["s", "s"], str.startswith),
    "sum": (["a"], lambda a: sum(_one_kind("sum", a, "n"))),
    "to_array": (["A"], lambda value: value if kind(value) == "a" else [value]),
    "to_number": (["A"], _to_number),
    "to_string": (["A"], _text),
    "type": (["A"], lambda value: _NAMES[kind(value)]),
    "values": (["o"], lambda o: list(o.values())),
}


def call(name, arguments):
    if name not in FUNCTIONS:
        raise UnknownFunctionError(f"Unknown function: {name}()")
    types, work = FUNCTIONS[name]
    many = types[-1] == "..."
    fixed = types[:-1] if many else types
    if len(arguments) < len(fixed) or (len(arguments) > len(fixed) and not many):
        raise ArityError(f"at least {len(fixed)}" if many else len(fixed), len(arguments), name)
    for index, argument in enumerate(arguments):
        allowed = fixed[min(index, len(fixed) - 1)]
        if allowed != "A" and kind(argument) not in allowed:
            raise JMESPathTypeError(name, argument, _NAMES[kind(argument)], [_NAMES[one] for one in allowed])
    return work(*arguments)

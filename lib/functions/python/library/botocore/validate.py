"""What a caller passes, held against the API's shapes before anything is sent."""

import datetime
import decimal

from botocore.exceptions import ParamValidationError
from botocore.timestamps import aware

_SCALARS = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (float, decimal.Decimal, int),
    "double": (float, decimal.Decimal, int),
    "boolean": (bool,),
}
_CONTAINERS = {"structure": (dict,), "map": (dict,), "list": (list, tuple)}


def validate_parameters(params, shape):
    """Raises ParamValidationError with all problems, one a line."""
    problems = []
    _check(params, shape, "", problems)
    if problems:
        raise ParamValidationError(report="\n".join(problems))


def _shown(name):
    return name.removeprefix(".") or "input"


def _wrong_type(value, types, name, problems):
    valid = ", ".join(kind if isinstance(kind, str) else str(kind) for kind in types)
    problems.append(f"Invalid type for parameter {_shown(name)}, value: {value}, type: {type(value)}, valid types: {valid}")


def _at_least(size, shape, value, what, name, problems):
    least = shape.metadata.get("min")
    if least is not None and size < least:
        problems.append(f"Invalid {what[0]} for parameter {_shown(name)}, value: {value}, valid min {what[1]}: {least}")


_LENGTH, _VALUE = ("length", "length"), ("value", "value")


def _check(value, shape, name, problems):
    kind = shape.type_name
    types = _SCALARS.get(kind) or _CONTAINERS.get(kind)
    if types and not isinstance(value, types):
        return _wrong_type(value, types, name, problems)
    if kind == "structure":
        _structure(value, shape, name, problems)
    elif kind == "list":
        _at_least(len(value), shape, len(value), _LENGTH, name, problems)
        for index, item in enumerate(value):
            _check(item, shape.member, f"{name}[{index}]", problems)
    elif kind == "map":
        for key, item in value.items():
            _check(key, shape.key, f"{name} (key: {key})", problems)
            _check(item, shape.value, f"{name}.{key}", problems)
    elif kind == "string":
        _at_least(len(value), shape, len(value), _LENGTH, name, problems)
    elif kind in ("integer", "long", "float", "double"):
        _at_least(value, shape, value, _VALUE, name, problems)
    elif kind == "blob":
        if not isinstance(value, (bytes, bytearray, str)) and not hasattr(value, "read"):
            _wrong_type(value, [bytes, bytearray, "file-like object"], name, problems)
    elif kind == "timestamp" and not _is_time(value):
        _wrong_type(value, [datetime.datetime, "timestamp-string"], name, problems)
    return None


def _structure(value, shape, name, problems):
    for member in shape.required_members:
        if member not in value:
            problems.append(f'Missing required parameter in {_shown(name)}: "{member}"')
    known = [member for member in value if member in shape.members]
    for member in value:
        if member not in shape.members:
            problems.append(f'Unknown parameter in {_shown(name)}: "{member}", must be one of: {", ".join(shape.members)}')
    for member in known:
        _check(value[member], shape.members[member], f"{name}.{member}", problems)


def _is_time(value):
    try:
        aware(value)
        return True
    except (TypeError, ValueError, AttributeError, OverflowError):
        return False

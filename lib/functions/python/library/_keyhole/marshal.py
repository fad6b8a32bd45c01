"""What a handler returns, as JSON: as Lambda's runtime for Python writes it (tuples are arrays, decimals are numbers as they stand, bytes are text).

Source: Lambda Developer Guide, Define Lambda function handler in Python; github.com/aws/aws-lambda-python-runtime-interface-client.
"""

import decimal
import json.encoder
import math


def _number(value):
    if math.isnan(value) or math.isinf(value):
        raise ValueError(f"Out of range float values are not JSON compliant: {value!r}")
    return float.__repr__(value)


def _key(key):
    if isinstance(key, str):
        return key
    if isinstance(key, bytes):
        return key.decode("utf-8")
    if isinstance(key, float):
        return _number(key)
    if key is None or isinstance(key, (bool, int)):
        return {True: "true", False: "false", None: "null"}[key] if key is None or isinstance(key, bool) else str(int(key))
    if isinstance(key, decimal.Decimal):
        return str(key)
    raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__}")


def encode(value, ascii_only):
    """Errors: TypeError, ValueError, with the texts that the log shows behind "Unable to marshal response"."""
    quote = json.encoder.encode_basestring_ascii if ascii_only else json.encoder.encode_basestring
    open_now = set()

    def write(item):
        if isinstance(item, str):
            return quote(item)
        if item is None or item is True or item is False:
            return {None: "null", True: "true", False: "false"}[item]
        if isinstance(item, int):
            return int.__repr__(item)
        if isinstance(item, float):
            return _number(item)
        if isinstance(item, bytes):
            return quote(item.decode("utf-8"))
        if isinstance(item, decimal.Decimal):
            return _number(math.nan) if item.is_nan() else str(item)
        if isinstance(item, tuple) and hasattr(item, "_asdict"):
            item = item._asdict()
        if not isinstance(item, (dict, list, tuple)):
            raise TypeError(f"Object of type {type(item).__name__} is not JSON serializable")
        if id(item) in open_now:
            raise ValueError("Circular reference detected")
        open_now.add(id(item))
        if isinstance(item, dict):
            text = "{" + ", ".join(f"{quote(_key(key))}: {write(member)}" for key, member in item.items()) + "}"
        else:
            text = "[" + ", ".join(write(member) for member in item) + "]"
        open_now.discard(id(item))
        return text

    return write(value)

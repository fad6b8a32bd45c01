"""Keyhole's botocore: what botocore 1.43.11 does for its callers, driven by the lab's own service models.

It is written for Keyhole and is no copy: requests are signed and answered as real ones, by the lab instead of a network.
"""

import re

__version__ = "1.43.11"

_PLURAL_AT_END = re.compile(r"[A-Z]{2,}s$")
_WORD_AFTER_ANYTHING = re.compile(r"(.)([A-Z][a-z]+)")
_WORD_AFTER_SMALL = re.compile(r"([a-z0-9])([A-Z])")

_names = {}


def xform_name(name, sep="_"):
    """The Python name of an operation or member: ``GetParametersByPath`` is ``get_parameters_by_path``."""
    if sep in name:
        return name
    key = (name, sep)
    if key not in _names:
        text = name
        plural = _PLURAL_AT_END.search(text)
        if plural:
            text = text[: plural.start()] + sep + plural.group().lower()
        text = _WORD_AFTER_ANYTHING.sub(rf"\1{sep}\2", text)
        _names[key] = _WORD_AFTER_SMALL.sub(rf"\1{sep}\2", text).lower()
    return _names[key]


class _Unsigned:
    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


UNSIGNED = _Unsigned()
"""Put in ``Config(signature_version=UNSIGNED)``: requests carry no signature."""

"""Service models, read when a client is first made."""

import json
import os

from botocore.exceptions import UnknownServiceError
from botocore.model import ServiceModel

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
_models = {}
_tables = {}


def table(name):
    """One of Keyhole's own tables: ``services`` (every AWS service by its command-line name), ``regions``."""
    if name not in _tables:
        with open(os.path.join(_DATA, f"{name}.json"), encoding="utf-8") as file:
            _tables[name] = json.load(file)
    return _tables[name]


def available_services():
    return sorted(table("services"))


def service_model(name):
    """The model of a service. One that AWS has and the lab has not is a model without operations."""
    if name in _models:
        return _models[name]
    services = table("services")
    if name not in services:
        raise UnknownServiceError(service_name=name, known_service_names=", ".join(sorted(services)))
    path = os.path.join(_DATA, f"{name}.json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            raw = json.load(file)
    else:
        metadata = {"apiVersion": "", "endpointPrefix": name, "protocol": "json", "serviceFullName": name, "serviceId": name, "signingName": services[name], "jsonVersion": "1.1"}
        raw = {"metadata": metadata, "operations": {}, "shapes": {}, "paginators": {}, "notSimulated": []}
    _models[name] = ServiceModel(raw, name)
    return _models[name]

"""A service's API as its model says it (``data/<service>.json``, see Keyhole's ``lib/engine/models``)."""

import re

from botocore import xform_name


class Shape:
    """A shape where something refers to it: ``serialization`` has what the reference and the shape say of its form on the wire."""

    def __init__(self, service, ref):
        raw = service.raw["shapes"][ref["shape"]]
        self.name = ref["shape"]
        self.type_name = raw["type"]
        self.metadata = raw
        self._service = service
        self._parts = {}
        self.serialization = {key: value for key, value in {**raw, **ref}.items() if key in _WIRE}
        if "locationName" in ref or "locationName" in raw:
            self.serialization["name"] = ref.get("locationName", raw.get("locationName"))

    def _part(self, key):
        if key not in self._parts:
            self._parts[key] = Shape(self._service, self.metadata[key])
        return self._parts[key]

    @property
    def member(self):
        return self._part("member")

    @property
    def key(self):
        return self._part("key")

    @property
    def value(self):
        return self._part("value")

    @property
    def members(self):
        if "members" not in self._parts:
            self._parts["members"] = {name: Shape(self._service, ref) for name, ref in self.metadata.get("members", {}).items()}
        return self._parts["members"]

    @property
    def required_members(self):
        return self.metadata.get("required", [])

    @property
    def error_code(self):
        return self.metadata.get("error", {}).get("code", self.name)

    def __repr__(self):
        return f"<{self.__class__.__name__}({self.name})>"


_WIRE = {"location", "flattened", "payload", "resultWrapper", "timestampFormat", "idempotencyToken"}


class OperationModel:
    def __init__(self, service, name):
        raw = service.raw["operations"][name]
        self.name = name
        self.service_model = service
        self.metadata = service.metadata
        self.http = raw["http"]
        self.deprecated = raw.get("deprecated", False)
        self.input_shape = Shape(service, raw["input"]) if raw.get("input") else None
        self.output_shape = Shape(service, raw["output"]) if raw.get("output") else None

    @property
    def error_shapes(self):
        return [self.service_model.shape_for(name) for name in self.service_model.raw["operations"][self.name]["errors"]]

    @property
    def has_streaming_output(self):
        shape = self.output_shape
        payload = shape and shape.serialization.get("payload")
        return bool(payload) and shape.members[payload].type_name == "blob"

    @property
    def idempotent_members(self):
        return [name for name, shape in (self.input_shape.members.items() if self.input_shape else ()) if shape.serialization.get("idempotencyToken")]


class ServiceModel:
    def __init__(self, raw, service_name):
        self.raw = raw
        self.service_name = service_name
        self.metadata = raw["metadata"]
        self.operation_names = list(raw["operations"])
        self.not_simulated = list(raw.get("notSimulated", []))
        self.paginators = raw.get("paginators", {})
        self.waiters = raw.get("waiters", {})
        self._operations = {}

    @property
    def service_id(self):
        return self.metadata["serviceId"]

    @property
    def signing_name(self):
        return self.metadata.get("signingName") or self.metadata["endpointPrefix"]

    @property
    def api_version(self):
        return self.metadata["apiVersion"]

    @property
    def protocol(self):
        return self.metadata["protocol"]

    def operation_model(self, name):
        if name not in self._operations:
            self._operations[name] = OperationModel(self, name)
        return self._operations[name]

    def shape_for(self, name):
        return Shape(self, {"shape": name})

    @property
    def error_shapes(self):
        return [self.shape_for(name) for name, raw in self.raw["shapes"].items() if raw["type"] == "structure" and raw.get("exception")]

    @property
    def class_name(self):
        """As botocore names its clients: ``SecretsManager``, ``CloudWatchLogs``."""
        return re.sub(r"\W+", "", re.sub(r"^(Amazon|AWS)\s*", "", self.service_id))

    @property
    def method_names(self):
        return {xform_name(name): name for name in [*self.operation_names, *self.not_simulated]}

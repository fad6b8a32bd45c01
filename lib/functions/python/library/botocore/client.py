"""Clients. Every method is made from the service's model."""

import json
import os
import platform
import uuid
from urllib.parse import unquote

from botocore import __version__, loaders, serialize, waiter
from botocore.config import Config
from botocore.endpoint import Endpoint, region_of, url_of
from botocore.errorfactory import exceptions_of
from botocore.exceptions import ClientError, OperationNotPageableError
from botocore.paginate import paginator_class
from botocore.validate import validate_parameters

__all__ = ["BaseClient", "ClientError", "Config"]


class ClientMeta:
    def __init__(self, service_model, config, region_name, endpoint_url, method_to_api_mapping):
        self.service_model = service_model
        self.config = config
        self.region_name = region_name
        self.endpoint_url = endpoint_url
        self.method_to_api_mapping = method_to_api_mapping
        self.partition = "aws"


class BaseClient:
    _PY_TO_OP_NAME = {}

    def __init__(self, meta, endpoint):
        self.meta = meta
        self._endpoint = endpoint

    def __getattr__(self, item):
        meta = self.__dict__.get("meta")
        if meta and not meta.service_model.operation_names and not item.startswith("_"):
            # A service that the lab has nothing of: the lab says so itself, in its answer.
            operation = "".join(part.capitalize() for part in item.split("_"))
            return lambda **params: self._make_api_call(operation, params)
        raise AttributeError(f"'{self.__class__.__name__}' object has no attribute '{item}'")

    def close(self):
        pass

    @property
    def exceptions(self):
        return exceptions_of(self.meta.service_model)

    def _make_api_call(self, operation_name, api_params):
        service = self.meta.service_model
        if operation_name not in service.raw["operations"]:
            return self._not_simulated(operation_name)
        operation = service.operation_model(operation_name)
        for name in operation.idempotent_members:
            api_params.setdefault(name, str(uuid.uuid4()))
        if operation.input_shape and self.meta.config.parameter_validation:
            validate_parameters(api_params, operation.input_shape)
        http_response, parsed_response = self._endpoint.make_request(operation, serialize.serialize(api_params, operation))
        if http_response.status_code >= 300:
            error_class = self.exceptions.from_code(parsed_response.get("Error", {}).get("Code"))
            raise error_class(parsed_response, operation_name)
        _decode_documents(service.service_name, operation, parsed_response)
        return parsed_response

    def _not_simulated(self, operation_name):
        """An operation that AWS has and the lab has not: it is sent without its parameters, and the lab's answer says what it is."""
        service = self.meta.service_model
        http = service.raw.get("notSimulatedHttp", {}).get(operation_name, {"method": "POST", "requestUri": "/"})
        raw = {"operations": {operation_name: {"http": http, "errors": []}}, "shapes": {}, "metadata": service.metadata}
        operation = type(service)(raw, service.service_name).operation_model(operation_name)
        request = serialize.serialize({}, operation)
        request.url_path = request.url_path.replace("{", "").replace("}", "").replace("+", "")
        _, parsed = self._endpoint.make_request(operation, request)
        raise ClientError(parsed, operation_name)

    def can_paginate(self, operation_name):
        return self._PY_TO_OP_NAME[operation_name] in self.meta.service_model.paginators

    def get_paginator(self, operation_name):
        if not self.can_paginate(operation_name):
            raise OperationNotPageableError(operation_name=operation_name)
        service, name = self.meta.service_model, self._PY_TO_OP_NAME[operation_name]
        cls = paginator_class(service.class_name, name)
        return cls(getattr(self, operation_name), service.paginators[name], service.operation_model(name))

    @property
    def waiter_names(self):
        return waiter.names(self.meta.service_model)

    def get_waiter(self, waiter_name):
        return waiter.waiter_of(self, waiter_name)

    def generate_presigned_url(self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None):
        raise NotImplementedError("Keyhole's boto3 makes no presigned URLs: there is no network on which one could be used.")


def _method(py_name, operation_name):
    def _api_call(self, *args, **kwargs):
        if args:
            raise TypeError(f"{py_name}() only accepts keyword arguments.")
        return self._make_api_call(operation_name, kwargs)

    _api_call.__name__ = py_name
    return _api_call


_classes = {}


def client_class(service):
    if service.service_name not in _classes:
        names = service.method_names
        methods = {py_name: _method(py_name, name) for py_name, name in names.items()}
        _classes[service.service_name] = type(service.class_name, (BaseClient,), {"_PY_TO_OP_NAME": names, **methods})
    return _classes[service.service_name]


def create_client(service_name, region_name, config, credentials, endpoint_url, user_agent_name="Botocore"):
    """``credentials`` is asked with each request. Errors: UnknownServiceError, InvalidRegionError, NoRegionError."""
    service = loaders.service_model(service_name)
    region = region_of(service, region_name)
    url = endpoint_url or url_of(service, region)
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"Invalid endpoint: {url}")
    config = Config(**{**config._user_provided_options, "region_name": region})
    endpoint = Endpoint(service, region, url, config, credentials, user_agent(config, user_agent_name))
    cls = client_class(service)
    return cls(ClientMeta(service, config, region, url, cls._PY_TO_OP_NAME), endpoint)


def user_agent(config, name):
    """What CloudTrail's events show. An explicit ``user_agent`` replaces it; ``user_agent_extra`` follows it."""
    if config.user_agent:
        text = config.user_agent
    else:
        where = os.environ.get("AWS_EXECUTION_ENV")
        parts = [
            f"{name}/{__version__}", f"md/Botocore#{__version__}", "ua/2.1", "os/linux", f"lang/python#{platform.python_version()}", "md/pyimpl#CPython",
            *([f"exec-env/{where}"] if where else []),
            f"cfg/retry-mode#{(config.retries or {}).get('mode', 'legacy')}", f"Botocore/{__version__}",
        ]
        text = " ".join(parts)
    return f"{text} {config.user_agent_extra}" if config.user_agent_extra else text


def _decode_documents(service_name, operation, parsed):
    """IAM's policies come as quoted JSON and CloudFormation's templates as JSON: callers get them as dicts."""
    if service_name == "iam" and operation.output_shape:
        _decode_policies(parsed, operation.output_shape)
    elif service_name == "cloudformation" and operation.name == "GetTemplate" and isinstance(parsed.get("TemplateBody"), str):
        try:
            parsed["TemplateBody"] = json.loads(parsed["TemplateBody"])
        except ValueError:
            pass


def _decode_policies(parsed, shape):
    if shape.type_name == "structure" and isinstance(parsed, dict):
        for name, member in shape.members.items():
            if member.name == "policyDocumentType" and name in parsed:
                try:
                    parsed[name] = json.loads(unquote(parsed[name]))
                except ValueError:
                    pass
            elif name in parsed:
                _decode_policies(parsed[name], member)
    elif shape.type_name == "list":
        for item in parsed:
            _decode_policies(item, shape.member)



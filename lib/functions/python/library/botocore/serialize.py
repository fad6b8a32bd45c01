"""Parameters to requests, by protocol: AWS JSON, AWS Query, REST-JSON."""

import base64
import decimal
import json
import math
import re
from urllib.parse import quote, urlencode

from botocore import timestamps


class Request:
    """Not yet signed. ``url_path`` holds the path, ``query`` pairs, ``body`` bytes."""

    def __init__(self, method="POST", url_path="/", query=(), headers=None, body=b""):
        self.method = method
        self.url_path = url_path
        self.query = list(query)
        self.headers = headers or {}
        self.body = body


def serialize(params, operation):
    return _PROTOCOLS[operation.service_model.protocol](params, operation)


def _bytes(value):
    if isinstance(value, str):
        return value.encode("utf-8")
    return value.read() if hasattr(value, "read") else bytes(value)


def _base64(value):
    data = _bytes(value)
    return base64.b64encode(data.encode("utf-8") if isinstance(data, str) else data).decode("ascii")


def _number(value):
    if isinstance(value, decimal.Decimal):
        value = float(value)
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
    return value


# ---------------------------------------------------------------- AWS JSON


def _json_value(value, shape):
    kind = shape.type_name
    if kind == "structure":
        return {shape.members[name].serialization.get("name", name): _json_value(item, shape.members[name]) for name, item in value.items()}
    if kind == "list":
        return [_json_value(item, shape.member) for item in value]
    if kind == "map":
        return {key: _json_value(item, shape.value) for key, item in value.items()}
    if kind == "blob":
        return _base64(value)
    if kind == "timestamp":
        return timestamps.formats[shape.serialization.get("timestampFormat", "unixtimestamp").lower()](value)
    return _number(value) if kind in ("float", "double") else value


def _json(params, operation):
    metadata = operation.metadata
    body = _json_value(params, operation.input_shape) if operation.input_shape else {}
    prefix = metadata.get("targetPrefix")
    headers = {"X-Amz-Target": f"{prefix}.{operation.name}", "Content-Type": f"application/x-amz-json-{metadata['jsonVersion']}"}
    return Request(operation.http.get("method", "POST"), headers=headers, body=json.dumps(body).encode("utf-8"))


# ---------------------------------------------------------------- AWS Query


def _query_fields(fields, value, shape, prefix):
    kind = shape.type_name
    if kind == "structure":
        for name, item in value.items():
            member = shape.members[name]
            own = member.serialization.get("name", name)
            _query_fields(fields, item, member, f"{prefix}.{own}" if prefix else own)
    elif kind == "list":
        if not value:
            fields.append((prefix, ""))
            return
        own = shape.member.serialization.get("name")
        if shape.serialization.get("flattened"):
            start = ".".join([*prefix.split(".")[:-1], own]) if own else prefix
        else:
            start = f"{prefix}.{own or 'member'}"
        for index, item in enumerate(value, 1):
            _query_fields(fields, item, shape.member, f"{start}.{index}")
    elif kind == "map":
        start = prefix if shape.serialization.get("flattened") else f"{prefix}.entry"
        for index, (key, item) in enumerate(value.items(), 1):
            _query_fields(fields, key, shape.key, f"{start}.{index}.{shape.key.serialization.get('name', 'key')}")
            _query_fields(fields, item, shape.value, f"{start}.{index}.{shape.value.serialization.get('name', 'value')}")
    elif kind == "blob":
        fields.append((prefix, _base64(value)))
    elif kind == "timestamp":
        fields.append((prefix, timestamps.formats[shape.serialization.get("timestampFormat", "iso8601").lower()](value)))
    elif kind == "boolean":
        fields.append((prefix, "true" if value else "false"))
    else:
        fields.append((prefix, _number(value)))


def _query(params, operation):
    fields = [("Action", operation.name), ("Version", operation.metadata["apiVersion"])]
    if operation.input_shape:
        _query_fields(fields, params, operation.input_shape, "")
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    return Request(operation.http.get("method", "POST"), headers=headers, body=urlencode(fields).encode("utf-8"))


# ---------------------------------------------------------------- REST-JSON


def _in_address(value, shape):
    kind = shape.type_name
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "timestamp":
        return timestamps.formats[shape.serialization.get("timestampFormat", "iso8601").lower()](value)
    return str(_number(value))


def _path(template, values):
    def fill(found):
        name = found.group(1)
        return quote(values[name[:-1]], safe="/~") if name.endswith("+") else quote(values[name], safe="-._~")

    return re.sub(r"{(.*?)}", fill, template)


def _in_header(value, shape):
    if shape.type_name == "timestamp":
        return timestamps.formats[shape.serialization.get("timestampFormat", "rfc822").lower()](value)
    if shape.type_name == "list":
        return ",".join(_in_header(item, shape.member) for item in value if item is not None)
    return _in_address(value, shape)


def _rest_json(params, operation):
    shape, http = operation.input_shape, operation.http
    path, _, fixed = http["requestUri"].partition("?")
    request = Request(http.get("method", "POST"), path)
    if fixed:
        request.query += [tuple((*pair.split("=", 1), "")[:2]) for pair in fixed.split("&")]
    if shape is None:
        return request
    places, body = {}, {}
    for name, value in params.items():
        member = shape.members[name]
        location, own = member.serialization.get("location"), member.serialization.get("name", name)
        if value is None:
            continue
        if location == "uri":
            places[own] = _in_address(value, member)
        elif location == "querystring":
            if member.type_name == "map":
                request.query += [(key, str(item)) for key, item in value.items()]
            elif member.type_name == "list":
                request.query += [(own, _in_address(item, member.member)) for item in value]
            else:
                request.query.append((own, _in_address(value, member)))
        elif location == "header":
            request.headers[own] = _in_header(value, member)
        elif location == "headers":
            request.headers.update({own + key: item for key, item in value.items()})
        else:
            body[name] = value
    request.url_path = _path(path, places)
    payload = shape.serialization.get("payload")
    if payload and shape.members[payload].type_name in ("blob", "string"):
        request.body = _bytes(params.get(payload, b""))
        return request
    if payload:
        request.body = json.dumps(_json_value(params[payload], shape.members[payload])).encode("utf-8") if payload in params else b"{}"
    elif body or any("location" not in member.serialization for member in shape.members.values()):
        request.body = json.dumps(_json_value(body, shape)).encode("utf-8")
    if request.body:
        request.headers["Content-Type"] = "application/json"
    return request


_PROTOCOLS = {"json": _json, "query": _query, "rest-json": _rest_json}

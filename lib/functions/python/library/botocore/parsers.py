"""Answers to what callers get: members in the order of the model, blobs as bytes, times as datetimes."""

import base64
import http.client
import io
import json
from xml.etree import ElementTree

from botocore.response import StreamingBody
from botocore.timestamps import parse_timestamp


class ResponseParserError(Exception):
    pass


class HTTPResponse:
    """``headers`` has small letters; ``content`` is bytes."""

    def __init__(self, status_code, headers, content):
        self.status_code = status_code
        self.headers = headers
        self.content = content
        self.text = content.decode("utf-8", "replace")


def parse(response, operation):
    """The parsed answer, or for an error the document that ``ClientError.response`` is."""
    parser = _PARSERS[operation.service_model.protocol]
    if response.status_code < 301:
        parsed = parser.answer(response, operation)
    elif response.status_code >= 500 and (not response.content.strip() or response.content.lstrip().startswith(b"<html>")):
        parsed = {"Error": {"Code": str(response.status_code), "Message": http.client.responses.get(response.status_code, "")}, "ResponseMetadata": {}}
    elif response.content.lstrip().startswith(b"<"):
        parsed = _xml_error(response)
    else:
        parsed = parser.error(response)
    metadata = parsed.setdefault("ResponseMetadata", {})
    metadata["HTTPStatusCode"] = response.status_code
    metadata["HTTPHeaders"] = dict(response.headers)
    if response.status_code >= 301:
        code = parsed.get("Error", {}).get("Code")
        for shape in operation.service_model.error_shapes:
            if shape.error_code == code or shape.name == code:
                parsed.update(parser.modelled_error(response, shape))
                break
    return parsed


# ---------------------------------------------------------------- JSON


def _from_json(value, shape):
    kind = shape.type_name
    if value is None:
        return None
    if kind == "structure":
        parsed = {}
        for name, member in shape.members.items():
            if "location" in member.serialization:
                continue
            item = value.get(member.serialization.get("name", name))
            if item is not None:
                parsed[name] = _from_json(item, member)
        return parsed
    if kind == "list":
        return [_from_json(item, shape.member) for item in value]
    if kind == "map":
        return {_from_json(key, shape.key): _from_json(item, shape.value) for key, item in value.items()}
    if kind == "blob":
        return base64.b64decode(value)
    if kind == "timestamp":
        return parse_timestamp(value)
    return value


def _json_body(response):
    if not response.content:
        return {}
    try:
        return json.loads(response.text)
    except ValueError:
        return {"message": response.text}


class _Json:
    @staticmethod
    def answer(response, operation):
        parsed = _from_json(_json_body(response), operation.output_shape) if operation.output_shape else {}
        _request_id(parsed, response)
        return parsed

    @staticmethod
    def error(response):
        body = _json_body(response)
        code = str(body.get("__type", response.status_code)).split(":", 1)[0].rsplit("#", 1)[-1]
        parsed = {"Error": {"Message": body.get("message", body.get("Message", "")), "Code": code}, "ResponseMetadata": {}}
        _request_id(parsed, response)
        return parsed

    @staticmethod
    def modelled_error(response, shape):
        return _from_json(_json_body(response), shape)


def _request_id(parsed, response):
    if "x-amzn-requestid" in response.headers:
        parsed.setdefault("ResponseMetadata", {})["RequestId"] = response.headers["x-amzn-requestid"]


# ---------------------------------------------------------------- REST-JSON


def _scalar(text, shape):
    if shape.type_name == "boolean":
        return str(text).lower() == "true"
    if shape.type_name in ("integer", "long"):
        return int(text)
    if shape.type_name in ("float", "double"):
        return float(text)
    return _from_json(text, shape)


class _RestJson(_Json):
    @staticmethod
    def answer(response, operation):
        parsed = {"ResponseMetadata": {}}
        _request_id(parsed, response)
        _RestJson._members(parsed, response, operation.output_shape, operation.has_streaming_output)
        return parsed

    @staticmethod
    def _members(parsed, response, shape, streaming=False):
        if shape is None:
            return
        for name, member in shape.members.items():
            location, own = member.serialization.get("location"), member.serialization.get("name", name)
            if location == "statusCode":
                parsed[name] = response.status_code
            elif location == "header" and own.lower() in response.headers:
                parsed[name] = _scalar(response.headers[own.lower()], member)
            elif location == "headers":
                start = own.lower()
                parsed[name] = {key[len(start) :]: item for key, item in response.headers.items() if key.startswith(start)}
        payload = shape.serialization.get("payload")
        if streaming:
            parsed[payload] = StreamingBody(io.BytesIO(response.content), response.headers.get("content-length"))
        elif payload:
            member = shape.members[payload]
            parsed[payload] = response.text if member.type_name in ("string", "blob") else _from_json(_json_body(response), member)
        else:
            parsed.update(_from_json(_json_body(response), shape))

    @staticmethod
    def error(response):
        parsed = _Json.error(response)
        body = _json_body(response)
        code = response.headers.get("x-amzn-errortype", body.get("code", body.get("Code")))
        if code is not None:
            parsed["Error"]["Code"] = code.split(":", 1)[0].rsplit("#", 1)[-1] if isinstance(code, str) else code
        return parsed

    @staticmethod
    def modelled_error(response, shape):
        parsed = {}
        _RestJson._members(parsed, response, shape)
        return parsed


# ---------------------------------------------------------------- Query


def _tag(node):
    return node.tag.rsplit("}", 1)[-1]


def _children(node):
    """Children by name; those of one name are a list."""
    found = {}
    for child in node[0] if isinstance(node, list) else node:
        name = _tag(child)
        if name not in found:
            found[name] = child
        elif isinstance(found[name], list):
            found[name].append(child)
        else:
            found[name] = [found[name], child]
    return found


def _from_xml(node, shape):
    kind = shape.type_name
    flattened = shape.serialization.get("flattened")
    if kind == "structure":
        children = _children(node)
        parsed = {}
        for name, member in shape.members.items():
            own = member.serialization.get("name", name)
            if member.type_name == "list" and member.serialization.get("flattened"):
                own = member.member.serialization.get("name", own)
            if own in children:
                parsed[name] = _from_xml(children[own], member)
        return parsed
    if kind == "list":
        nodes = node if isinstance(node, list) else [node] if flattened else node
        return [_from_xml(item, shape.member) for item in nodes]
    if kind == "map":
        key_name, value_name = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        parsed = {}
        for entry in node if isinstance(node, list) else [node] if flattened else node:
            pair = _children(entry)
            parsed[_from_xml(pair[key_name], shape.key)] = _from_xml(pair[value_name], shape.value)
        return parsed
    text = node.text or ""
    if kind == "boolean":
        return text == "true"
    if kind in ("integer", "long"):
        return int(text)
    if kind in ("float", "double"):
        return float(text)
    if kind == "timestamp":
        return parse_timestamp(text)
    return base64.b64decode(text) if kind == "blob" else text


def _root(response):
    try:
        return ElementTree.fromstring(response.content)
    except ElementTree.ParseError as problem:
        raise ResponseParserError(f"Unable to parse response ({problem}), invalid XML received. Further retries may succeed:\n{response.content}") from None


def _plain(node):
    return {name: _plain(child) if len(child) else child.text for name, child in _children(node).items()}


def _xml_error(response):
    root = _root(response)
    parsed = _plain(root)
    if _tag(root) == "Error":
        parsed = {"Error": parsed}
        parsed.update({"RequestId": parsed["Error"].pop("RequestId")} if "RequestId" in parsed["Error"] else {})
    if "Errors" in parsed:
        parsed.update(parsed.pop("Errors"))
    for name in ("RequestId", "RequestID"):
        if name in parsed:
            parsed["ResponseMetadata"] = {"RequestId": parsed.pop(name)}
    return parsed


class _Query:
    @staticmethod
    def answer(response, operation):
        root = _root(response)
        shape = operation.output_shape
        parsed = {}
        if shape is not None:
            wrapper = shape.serialization.get("resultWrapper")
            parsed = _from_xml(_children(root)[wrapper] if wrapper else root, shape)
        metadata = _children(root).get("ResponseMetadata")
        if metadata is not None:
            parsed["ResponseMetadata"] = _plain(metadata)
        return parsed

    @staticmethod
    def error(response):
        return _xml_error(response)

    @staticmethod
    def modelled_error(response, shape):
        root = _root(response)
        return _from_xml(_children(root).get("Error", root) if _tag(root) == "ErrorResponse" else root, shape)


_PARSERS = {"json": _Json, "query": _Query, "rest-json": _RestJson}

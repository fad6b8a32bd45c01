"""The host's doors. They are put in place when the interpreter starts (see ``lib/functions/python/sandbox``)."""

import base64
import json

_doors = {}


def open_doors(ask, write, sleep):
    """``ask(text)`` puts a question (JSON) to the host and returns its answer (JSON)."""
    _doors.update(ask=ask, write=write, sleep=sleep)


def _ask(question):
    answer = json.loads(_doors["ask"](json.dumps(question)))
    if "trouble" in answer:
        raise RuntimeError(answer["trouble"])
    return answer


def request(method, url, headers, body):
    """An HTTP request to AWS. The answer: ``status``, ``headers`` (names in small letters), ``body`` (text)."""
    text = base64.b64encode(body).decode("ascii")
    return _ask({"kind": "request", "method": method, "url": url, "headers": {str(name).lower(): str(value) for name, value in headers.items()}, "body": text})


def database(operation, params):
    """What is said to a database server: Connect, Execute, Close. The answer: ``output``, or ``error`` with ``code`` and ``message``."""
    return _ask({"kind": "database", "operation": operation, "input": params})


def write(text):
    _doors["write"](text)


def sleep(seconds):
    _doors["sleep"](seconds)

"""The host's doors. They are put in place when the interpreter starts (see ``lib/functions/python/sandbox``)."""

import base64
import json

_doors = {}


def open_doors(ask, write, sleep, wait=None):
    """``ask(text)`` puts a question (JSON) to the host: its answer (JSON), or where ``wait`` is given something to wait for with it."""
    _doors.update(ask=ask, write=write, sleep=sleep, wait=wait)


def _ask(question):
    text = _doors["ask"](json.dumps(question))
    answer = json.loads(text if _doors["wait"] is None else _doors["wait"](text))
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

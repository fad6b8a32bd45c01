"""Lambda's side of a function in Python: its module is loaded once, its handler called with each event.

Source: Lambda Developer Guide, Building Lambda functions with Python; error types, texts and log lines as AWS's runtime writes them
(github.com/aws/aws-lambda-python-runtime-interface-client). Its notice about runtime updates is left out: this one does not change.
"""

import importlib
import json
import os
import random
import sys
import traceback

from _keyhole import host, loop, marshal, output, walls
from _keyhole.context import LambdaContext

TASK = "/var/task"
_STDLIB = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip/"
_SHOWN_AS = f"/var/lang/lib/python{sys.version_info.major}.{sys.version_info.minor}/"
_OURS = os.path.dirname(os.path.abspath(__file__)) + "/"

_handler = None


class Fault(Exception):
    """What the runtime itself reports of a function."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = error_type
        self.message = message
        self.trace = trace or []


class Exited(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


def prepare():
    """Once, before any function's code: what all functions find."""
    output.set_up()
    loop.set_up()
    walls.raise_walls()
    sys.path[:] = [TASK, "/opt/python", *(path for path in sys.path if path not in ("", TASK))]
    sys.path_importer_cache.clear()


def start(text):
    """The environment of a function. ``text`` is JSON: ``environment``."""
    given = json.loads(text)
    os.environ.clear()
    os.environ.update(given["environment"])
    random.seed()
    os.chdir(TASK)
    sys.argv[:] = ["/var/runtime/bootstrap"]


def load(handler):
    """Loads the handler's module. The answer is JSON: ``outcome`` ready, raised or exited, ``payload``."""
    global _handler
    try:
        _handler = _guarded(lambda: _find(handler))
        return json.dumps({"outcome": "ready"})
    except Exited as exited:
        return json.dumps({"outcome": "exited", "payload": str(exited.status)})
    except Fault as fault:
        return _failed(_document(fault.message, fault.error_type, fault.trace, ""))
    except Exception as problem:  # noqa: BLE001
        return _failed(_document(str(problem), type(problem).__name__, _frames(problem), ""))


def invoke(text):
    """Calls the handler. ``text`` is JSON: ``event`` (JSON text), ``requestId``, ``functionArn``, ``deadline`` (ms), ``traceId``."""
    given = json.loads(text)
    request_id = given["requestId"]
    output.set_request(request_id)
    os.environ["_X_AMZN_TRACE_ID"] = given["traceId"]
    context = LambdaContext(request_id, given["functionArn"], given["deadline"])
    try:
        try:
            event = json.loads(given["event"])
        except ValueError as problem:
            raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {problem}") from None
        response = _guarded(lambda: _handler(event, context))
        try:
            payload = response.decode("utf-8") if isinstance(response, bytes) else marshal.encode(response, _ascii_only())
        except Exception as problem:  # noqa: BLE001
            raise Fault("Runtime.MarshalError", f"Unable to marshal response: {problem}") from None
        return json.dumps({"outcome": "returned", "payload": payload})
    except Exited as exited:
        return json.dumps({"outcome": "exited", "payload": str(exited.status)})
    except Fault as fault:
        return _failed(_document(fault.message, fault.error_type, fault.trace, request_id))
    except Exception as problem:  # noqa: BLE001
        return _failed(_document(str(problem), type(problem).__name__, _frames(problem), request_id))


def _guarded(work):
    """Exits of the process are no exceptions to the runtime: it is not there any more to report them."""
    try:
        return work()
    except SystemExit as exit:
        if exit.code is None or isinstance(exit.code, int):
            raise Exited(exit.code or 0) from None
        host.write(f"{exit.code}\n")
        raise Exited(1) from None
    except Exception:
        raise
    except BaseException as problem:  # KeyboardInterrupt and the like end the process, with their traceback
        host.write("".join(["Traceback (most recent call last):\n", *_frames(problem), *traceback.format_exception_only(problem)]))
        raise Exited(1) from None


def _find(handler):
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as problem:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{handler}': {problem}") from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault("Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as problem:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {problem}") from None
    except SyntaxError as problem:
        trace = [f'  File "{problem.filename}" Line {problem.lineno}\n    {problem.text}']
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {problem}", trace) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'") from None


def _frames(problem):
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if not frame.filename.startswith(_OURS)]
    shown = [traceback.FrameSummary(_place(frame.filename), frame.lineno, frame.name, lookup_line=False, line=frame.line) for frame in frames]
    return traceback.format_list(shown)


def _place(filename):
    return _SHOWN_AS + filename.removeprefix(_STDLIB) if filename.startswith(_STDLIB) else filename


def _document(message, error_type, trace, request_id):
    return {"errorMessage": message, "errorType": error_type, "requestId": request_id, "stackTrace": trace}


def _failed(document):
    """Writes the error to the log, as one event, and answers its document."""
    heading = f"[ERROR] {document['errorType']}" + (f": {document['errorMessage']}" if document["errorMessage"] else "")
    lines = [heading, "Traceback (most recent call last):"]
    for element in document["stackTrace"]:
        for line in element.splitlines() or [""]:
            inner = line.lstrip(" ")
            # Spaces at the beginning of a line are no-break spaces in Lambda's log.
            lines.append("\u00a0" * (len(line) - len(inner)) + inner)
    host.write(output.one_event("\n".join(lines)))
    return json.dumps({"outcome": "raised", "payload": marshal.encode(document, True)})


def _ascii_only():
    version = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
    return not (version.isdigit() and int(version) >= 12)

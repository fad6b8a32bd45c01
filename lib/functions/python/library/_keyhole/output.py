"""Standard output and error, and the log handler of Lambda's runtime. Each line is an event of the log.

A message of more than one line that is one event (a traceback, a record of ``logging``) has ``\\r`` where its lines end.
"""

import io
import logging
import sys
import time

from _keyhole import host


class Output(io.TextIOBase):
    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name, fd):
        self.name = name
        self._fd = fd
        self.buffer = _Bytes(name)

    def fileno(self):
        return self._fd

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            host.write(text)
        return len(text)

    def isatty(self):
        return False

    def close(self):
        pass


class _Bytes(io.RawIOBase):
    def __init__(self, name):
        self.name = name

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        host.write(data.decode("utf-8", "backslashreplace"))
        return len(data)

    def close(self):
        pass


class _Sink:
    def log(self, message, frame_type=None):
        sys.stdout.write(message)


class LambdaLoggerHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.log_sink = _Sink()

    def emit(self, record):
        host.write(one_event(self.format(record)))


class _Filter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = _Filter.request_id
        return True


def one_event(text):
    return text.rstrip("\n").replace("\n", "\r") + "\n"


def set_up():
    sys.stdout = sys.__stdout__ = Output("<stdout>", 1)
    sys.stderr = sys.__stderr__ = Output("<stderr>", 2)
    logging.Formatter.converter = time.gmtime
    handler = LambdaLoggerHandler()
    handler.setFormatter(logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(_Filter())
    root = logging.getLogger()
    root.handlers[:] = [handler]


def set_request(request_id):
    _Filter.request_id = request_id

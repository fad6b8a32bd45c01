"""What a function finds closed: the network, threads, the interpreter's own doors to JavaScript, the code's own folder."""

import errno
import importlib.abc
import os
import socket
import sys
import threading
import time

from _keyhole import host

_NO_NETWORK = "functions in Keyhole have no network: AWS is reached with boto3, databases with keyhole_db"
_HIDDEN = {"js", "pyodide_js", "pyodide", "_pyodide", "_pyodide_core", "micropip", "_emscripten"}


class _Hidden(importlib.abc.MetaPathFinder):
    """Modules that AWS's Python has not, and that lead to the host's JavaScript."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] in _HIDDEN:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def _unreachable(*_args, **_kwargs):
    raise OSError(errno.ENETUNREACH, f"Network is unreachable ({_NO_NETWORK})")


def _no_name(*_args, **_kwargs):
    raise socket.gaierror(socket.EAI_AGAIN if hasattr(socket, "EAI_AGAIN") else -3, f"Temporary failure in name resolution ({_NO_NETWORK})")


def _no_thread(self):
    raise RuntimeError("can't start new thread (functions in Keyhole have one: their Python runs as WebAssembly)")


def _sleep(seconds):
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        seconds = float(seconds) if hasattr(seconds, "__float__") else int(seconds)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    host.sleep(seconds)


def _no_process(*_args, **_kwargs):
    raise OSError(errno.ENOSYS, "Function not implemented (functions in Keyhole start no processes)")


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_READ_ONLY = ("/var/task", "/var/lang", "/var/runtime", "/opt", "/lib")
_CHANGES = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.chown", "os.link", "os.symlink", "shutil.rmtree", "os.utime"}


def _watch(event, args):
    """As in Lambda, a function may write to /tmp alone."""
    if event == "open":
        path, mode, flags = args
        writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool((flags or 0) & _WRITING)
        if writes and isinstance(path, (str, bytes, os.PathLike)):
            _refuse_write(path)
    elif event in _CHANGES:
        for path in args:
            if isinstance(path, (str, bytes, os.PathLike)):
                _refuse_write(path)


def _refuse_write(path):
    full = os.path.abspath(os.fsdecode(path))
    if any(full == folder or full.startswith(f"{folder}/") for folder in _READ_ONLY):
        raise OSError(errno.EROFS, "Read-only file system", path)


def raise_walls():
    for name in list(sys.modules):
        if name.partition(".")[0] in _HIDDEN:
            del sys.modules[name]
    sys.meta_path[:] = [_Hidden(), *(finder for finder in sys.meta_path if "js" not in type(finder).__name__.lower())]
    time.sleep = _sleep
    threading.Thread.start = _no_thread
    for name in ("connect", "connect_ex", "bind", "listen", "sendto"):
        setattr(socket.socket, name, _unreachable)
    socket.create_connection = _unreachable
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
        setattr(socket, name, _no_name)
    for name in ("system", "popen", "fork", "posix_spawn", "execv", "execve"):
        setattr(os, name, _no_process)
    sys.addaudithook(_watch)

"""asyncio without a browser's loop: waiting moves the function's clock and takes no time."""

import asyncio
import time

from _keyhole import host


class _Nothing:
    """A selector of nothing: there are no sockets to wait for."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("Nothing will ever wake this event loop: all of its tasks wait for each other.")
        if timeout > 0:
            host.sleep(timeout)
        return []

    def close(self):
        pass


class Loop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Nothing()

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def time(self):
        return time.monotonic()

    def run_in_executor(self, executor, func, *args):
        # There are no threads: it is run at once.
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as problem:  # noqa: BLE001
            future.set_exception(problem)
        return future


class Policy(asyncio.events._BaseDefaultEventLoopPolicy if hasattr(asyncio.events, "_BaseDefaultEventLoopPolicy") else asyncio.events.BaseDefaultEventLoopPolicy):
    _loop_factory = Loop


_browsers = None


def set_up():
    global _browsers
    _browsers = asyncio.get_event_loop()
    asyncio.run = asyncio.runners.run
    asyncio._set_running_loop(None)
    asyncio.events._set_event_loop_policy(Policy()) if hasattr(asyncio.events, "_set_event_loop_policy") else asyncio.set_event_loop_policy(Policy())


def suspending(ask, run_sync):
    """``ask`` where its answer is a promise: Python is suspended until it is there. What does that looks for the browser's loop,
    wherever the code itself is at this moment."""

    def asked(text):
        before = asyncio._get_running_loop()
        asyncio._set_running_loop(_browsers)
        try:
            return run_sync(ask(text))
        finally:
            asyncio._set_running_loop(before)

    return asked

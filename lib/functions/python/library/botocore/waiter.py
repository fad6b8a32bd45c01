"""Waiters, for the services whose models have them. Waiting moves the function's clock and takes no time."""

import time

import jmespath

from botocore import xform_name
from botocore.exceptions import ClientError, WaiterError


def names(service):
    return [xform_name(name) for name in sorted(service.waiters)]


def waiter_of(client, waiter_name):
    """Errors: ValueError where there is no such waiter."""
    service = client.meta.service_model
    for name, config in service.waiters.items():
        if xform_name(name) == waiter_name:
            cls = type(f"{service.class_name}.Waiter.{name}", (Waiter,), {})
            return cls(name, config, getattr(client, xform_name(config["operation"])))
    raise ValueError(f"Waiter does not exist: {waiter_name}")


def _failed(response):
    return isinstance(response.get("Error"), dict) and "Code" in response["Error"]


class _Acceptor:
    def __init__(self, config):
        self.state = config["state"]
        self._matcher = config["matcher"]
        self._expected = config["expected"]
        self._argument = config.get("argument")
        self._search = jmespath.compile(self._argument).search if self._matcher.startswith("path") else None

    def matches(self, response):
        expected = self._expected
        if self._matcher == "status":
            return response.get("ResponseMetadata", {}).get("HTTPStatusCode") == expected
        if self._matcher == "error":
            if isinstance(expected, bool):
                return _failed(response) == expected
            return response.get("Error", {}).get("Code", "") == expected
        if _failed(response):
            return False
        found = self._search(response)
        if self._matcher == "path":
            return found == expected
        if not isinstance(found, list) or not found:
            return False
        return all(item == expected for item in found) if self._matcher == "pathAll" else expected in found

    @property
    def explanation(self):
        expression, expected = self._argument, self._expected
        return {
            "path": f'For expression "{expression}" we matched expected path: "{expected}"',
            "pathAll": f'For expression "{expression}" all members matched expected path: "{expected}"',
            "pathAny": f'For expression "{expression}" we matched expected path: "{expected}" at least once',
            "status": f"Matched expected HTTP status code: {expected}",
            "error": f"Matched expected service error code: {expected}",
        }[self._matcher]


class Waiter:
    def __init__(self, name, config, operation_method):
        self.name = name
        self.config = config
        self._operation_method = operation_method

    def _ask(self, kwargs):
        try:
            return self._operation_method(**kwargs)
        except ClientError as error:
            return error.response

    def wait(self, **kwargs):
        config = kwargs.pop("WaiterConfig", {})
        delay, most = config.get("Delay", self.config["delay"]), config.get("MaxAttempts", self.config["maxAttempts"])
        acceptors = [_Acceptor(acceptor) for acceptor in self.config["acceptors"]]
        attempts, last = 0, None
        while True:
            response = self._ask(kwargs)
            attempts += 1
            matched = next((acceptor for acceptor in acceptors if acceptor.matches(response)), None)
            if matched is None and _failed(response):
                error = response["Error"]
                raise WaiterError(self.name, f"An error occurred ({error.get('Code', 'Unknown')}): {error.get('Message', 'Unknown')}", response)
            last = matched or last
            if matched and matched.state == "success":
                return
            if matched and matched.state == "failure":
                raise WaiterError(self.name, f"Waiter encountered a terminal failure state: {matched.explanation}", response)
            if attempts >= most:
                before = f". Previously accepted state: {last.explanation}" if last else ""
                raise WaiterError(self.name, f"Max attempts exceeded{before}", response)
            time.sleep(delay)

"""The exceptions of a service, made from the error shapes of its model."""

from botocore.exceptions import ClientError


class BaseClientExceptions:
    """Exceptions of a service, by the names of their shapes."""

    ClientError = ClientError

    def __init__(self, code_to_exception):
        self._code_to_exception = code_to_exception

    def from_code(self, error_code):
        return self._code_to_exception.get(error_code, self.ClientError)

    def __getattr__(self, name):
        valid = ", ".join(cls.__name__ for cls in self._code_to_exception.values())
        raise AttributeError(f"{self} object has no attribute {name}. Valid exceptions are: {valid}")


_exceptions = {}


def exceptions_of(service):
    if service.service_name not in _exceptions:
        by_name, by_code = {}, {}
        for shape in service.error_shapes:
            cls = type(shape.name, (ClientError,), {})
            by_name[shape.name] = by_code[shape.error_code] = cls
        _exceptions[service.service_name] = type(f"{service.class_name}Exceptions", (BaseClientExceptions,), by_name)(by_code)
    return _exceptions[service.service_name]

"""Paginators, as the models describe them."""

import base64
import json
from itertools import tee

import jmespath

from botocore.exceptions import PaginationError


def _list(value):
    return value if isinstance(value, list) else [value]


def _put(target, expression, value):
    """Sets what a dotted expression names."""
    *path, last = expression.split(".")
    for part in path:
        target = target.setdefault(part, {})
    target[last] = value


class TokenEncoder:
    def encode(self, token):
        return base64.b64encode(json.dumps(token).encode("utf-8")).decode("utf-8")


class TokenDecoder:
    def decode(self, token):
        decoded = json.loads(base64.b64decode(token.encode("utf-8")).decode("utf-8"))
        if not isinstance(decoded, dict):
            raise ValueError(token)
        return decoded


class PageIterator:
    def __init__(self, paginator, max_items, starting_token, page_size, op_kwargs):
        self._paginator = paginator
        self._max_items = max_items
        self._starting_token = starting_token
        self._page_size = page_size
        self._op_kwargs = op_kwargs
        self._resume_token = None
        self._non_aggregate_part = {}

    @property
    def result_keys(self):
        return self._paginator.result_keys

    @property
    def resume_token(self):
        return self._resume_token

    @resume_token.setter
    def resume_token(self, value):
        self._resume_token = TokenEncoder().encode(value)

    @property
    def non_aggregate_part(self):
        return self._non_aggregate_part

    def __iter__(self):
        paginator, kwargs = self._paginator, self._op_kwargs
        primary = paginator.result_keys[0]
        next_token = dict.fromkeys(paginator.input_token)
        before, total, skip = None, 0, 0
        if self._starting_token is not None:
            next_token, skip = self._start()
            self._inject(kwargs, next_token)
        if self._page_size is not None:
            kwargs[paginator.limit_key] = self._page_size
        first = True
        while True:
            page = paginator.method(**kwargs)
            if first:
                if self._starting_token is not None:
                    self._skip(page, primary, skip)
                self._non_aggregate_part = {}
                for expression in paginator.non_aggregate_keys:
                    _put(self._non_aggregate_part, expression.expression, expression.search(page))
            else:
                skip = 0
            first = False
            items = primary.search(page) or []
            over = 0 if self._max_items is None else total + len(items) - self._max_items
            if over > 0:
                kept = len(items) - over
                _put(page, primary.expression, items[:kept])
                self.resume_token = {**next_token, "boto_truncate_amount": kept + skip}
                yield page
                return
            yield page
            total += len(items)
            next_token = self._next(page)
            if all(token is None for token in next_token.values()):
                return
            if self._max_items is not None and total == self._max_items:
                self.resume_token = next_token
                return
            if next_token == before:
                raise PaginationError(message=f"The same next token was received twice: {next_token}")
            self._inject(kwargs, next_token)
            before = next_token

    def _next(self, page):
        paginator = self._paginator
        if paginator.more_results is not None and not paginator.more_results.search(page):
            return {}
        return {key: expression.search(page) or None for expression, key in zip(paginator.output_token, paginator.input_token)}

    @staticmethod
    def _inject(kwargs, tokens):
        for name, token in tokens.items():
            if token is not None and token != "None":
                kwargs[name] = token
            else:
                kwargs.pop(name, None)

    def _start(self):
        try:
            token = TokenDecoder().decode(self._starting_token)
            return token, token.pop("boto_truncate_amount", 0)
        except (ValueError, TypeError):
            # A service's own token.
            names = self._paginator.input_token
            return {**dict.fromkeys(names), names[0]: self._starting_token}, 0

    def _skip(self, page, primary, count):
        """Leaves out what earlier pages gave already; other lists of the page were given whole."""
        found = primary.search(page)
        _put(page, primary.expression, found[count:] if isinstance(found, (list, str)) else None)
        for expression in self._paginator.result_keys[1:]:
            sample = expression.search(page)
            empty = [] if isinstance(sample, list) else "" if isinstance(sample, str) else sample if isinstance(sample, (int, float)) else None
            _put(page, expression.expression, empty)

    def search(self, expression):
        compiled = jmespath.compile(expression)
        for page in self:
            results = compiled.search(page)
            if isinstance(results, list):
                yield from results
            else:
                yield results

    def result_key_iters(self):
        return [ResultKeyIterator(pages, key) for pages, key in zip(tee(self, len(self.result_keys)), self.result_keys)]

    def build_full_result(self):
        complete = {}
        for page in self:
            for expression in self.result_keys:
                value, existing = expression.search(page), expression.search(complete)
                if value is None:
                    continue
                if existing is None:
                    _put(complete, expression.expression, value)
                elif isinstance(value, list):
                    existing.extend(value)
                elif isinstance(value, (int, float, str)):
                    _put(complete, expression.expression, existing + value)
        complete.update(self.non_aggregate_part)
        if self.resume_token is not None:
            complete["NextToken"] = self.resume_token
        return complete


class ResultKeyIterator:
    def __init__(self, pages_iterator, result_key):
        self._pages_iterator = pages_iterator
        self.result_key = result_key

    def __iter__(self):
        for page in self._pages_iterator:
            yield from self.result_key.search(page) or []


class Paginator:
    def __init__(self, method, config, model):
        self.method = method
        self._model = model
        self.input_token = _list(config["input_token"])
        self.output_token = [jmespath.compile(expression) for expression in _list(config["output_token"])]
        self.more_results = jmespath.compile(config["more_results"]) if "more_results" in config else None
        self.result_keys = [jmespath.compile(expression) for expression in _list(config.get("result_key", []))]
        self.non_aggregate_keys = [jmespath.compile(expression) for expression in config.get("non_aggregate_keys", [])]
        self.limit_key = config.get("limit_key")

    def paginate(self, **kwargs):
        config = kwargs.pop("PaginationConfig", {})
        max_items, page_size = config.get("MaxItems"), config.get("PageSize")
        if page_size is not None:
            if self.limit_key is None:
                raise PaginationError(message="PageSize parameter is not supported for the pagination interface for this operation.")
            kind = self._model.input_shape.members[self.limit_key].type_name
            page_size = str(page_size) if kind == "string" else int(page_size)
        return PageIterator(self, None if max_items is None else int(max_items), config.get("StartingToken"), page_size, kwargs)


def paginator_class(service, operation):
    return type(f"{service}.Paginator.{operation}", (Paginator,), {})

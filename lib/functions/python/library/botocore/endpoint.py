"""Where requests go, and how often they are tried. There is no network: AWS's own addresses are the lab, all others are nowhere."""

import datetime
import random
import re
import time
from urllib.parse import urlsplit

from _keyhole import host
from botocore import UNSIGNED, auth, loaders, parsers
from botocore.exceptions import EndpointConnectionError, InvalidRegionError, NoCredentialsError, NoRegionError

_REGION = re.compile(r"^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{,63}(?<!-)$")
# One address for all Regions, and the Region in which its requests are signed.
_GLOBAL = {"iam": ("https://iam.amazonaws.com", "us-east-1"), "organizations": ("https://organizations.us-east-1.amazonaws.com", "us-east-1")}
# Service models without an entry: Keyhole's own.
_OWN = re.compile(r"^https://[a-z0-9.-]+\.amazonaws\.com(/|$)")

_THROTTLED = {"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "ProvisionedThroughputExceededException"}
_SERVER_TROUBLE = {429, 500, 502, 503, 504, 509}


def region_of(service, region_name):
    """The Region of a client. Errors: InvalidRegionError, NoRegionError."""
    if region_name is not None and not _REGION.match(region_name):
        raise InvalidRegionError(region_name=region_name)
    if service.service_name in _GLOBAL:
        return region_name or "aws-global"
    if not region_name:
        raise NoRegionError()
    return region_name


def url_of(service, region):
    if service.service_name in _GLOBAL:
        return _GLOBAL[service.service_name][0]
    return f"https://{service.metadata['endpointPrefix']}.{region}.amazonaws.com"


def signing_region(service, region):
    return _GLOBAL[service.service_name][1] if service.service_name in _GLOBAL else region


def attempts_of(config):
    """How often a request is tried at most."""
    retries = config.retries or {}
    if "total_max_attempts" in retries:
        return retries["total_max_attempts"]
    if "max_attempts" in retries:
        return retries["max_attempts"] + 1
    return 5 if retries.get("mode", "legacy") == "legacy" else 3


class Endpoint:
    def __init__(self, service, region, url, config, credentials, user_agent):
        self.host = url
        self._service = service
        self._region = region
        self._config = config
        self._credentials = credentials
        self._user_agent = user_agent

    def make_request(self, operation, request):
        """The parsed answer, with RetryAttempts. Errors: NoCredentialsError, EndpointConnectionError."""
        most, attempt = attempts_of(self._config), 1
        while True:
            http_response = self._send(request)
            parsed = parsers.parse(http_response, operation)
            if not _try_again(http_response, parsed) or attempt >= most:
                break
            time.sleep(random.random() * 2 ** (attempt - 1))
            attempt += 1
        metadata = parsed["ResponseMetadata"]
        if attempt > 1 and attempt >= most and _try_again(http_response, parsed):
            metadata["MaxAttemptsReached"] = True
        metadata["RetryAttempts"] = attempt - 1
        return http_response, parsed

    def _send(self, request):
        url = urlsplit(self.host)
        if not _OWN.match(self.host) or not _is_there(self._region, url.netloc):
            raise EndpointConnectionError(endpoint_url=f"{self.host}{request.url_path if not self.host.endswith('/') else request.url_path[1:]}")
        request.headers = {name: value for name, value in request.headers.items() if name not in ("Authorization", "X-Amz-Date", "X-Amz-Security-Token")}
        request.headers["User-Agent"] = self._user_agent
        if self._config.signature_version is not UNSIGNED:
            credentials = self._credentials()
            if credentials is None:
                raise NoCredentialsError()
            now = datetime.datetime.now(datetime.timezone.utc)
            auth.sign(request, url.netloc, credentials, signing_region(self._service, self._region), self._service.signing_name, now)
        query = auth.query_string(request.query)
        answer = host.request(request.method, request.url_path + (f"?{query}" if query else ""), {"host": url.netloc, **request.headers}, request.body)
        return parsers.HTTPResponse(answer["status"], answer["headers"], answer["body"].encode("utf-8"))


def _is_there(region, netloc):
    return region == "aws-global" or region in loaders.table("regions") or region not in netloc


def _try_again(http_response, parsed):
    if http_response.status_code in _SERVER_TROUBLE:
        return True
    return http_response.status_code == 400 and parsed.get("Error", {}).get("Code") in _THROTTLED

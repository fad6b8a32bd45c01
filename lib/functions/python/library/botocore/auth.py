"""Signature Version 4. Source: IAM User Guide, Create a signed AWS API request."""

import hashlib
import hmac
from urllib.parse import quote

_NOT_SIGNED = {"expect", "transfer-encoding", "user-agent", "x-amzn-trace-id"}


def _quote(text):
    return quote(str(text), safe="-_.~")


def query_string(pairs):
    return "&".join(f"{_quote(key)}={_quote(value)}" for key, value in pairs)


def _hmac(key, text):
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).digest()


def sign(request, host, credentials, region, service, moment):
    """Adds what the signature needs to ``request.headers``. ``moment`` is a datetime in UTC."""
    stamp = moment.strftime("%Y%m%dT%H%M%SZ")
    date = stamp[:8]
    request.headers["X-Amz-Date"] = stamp
    if credentials.token:
        request.headers["X-Amz-Security-Token"] = credentials.token
    signed = {name.lower(): " ".join(str(value).split()) for name, value in request.headers.items() if name.lower() not in _NOT_SIGNED}
    signed["host"] = host
    names = ";".join(sorted(signed))
    canonical = "\n".join(
        [
            request.method,
            quote(request.url_path, safe="/~"),
            query_string(sorted(request.query)),
            *(f"{name}:{signed[name]}" for name in sorted(signed)),
            "",
            names,
            hashlib.sha256(request.body).hexdigest(),
        ]
    )
    scope = f"{date}/{region}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode("utf-8")).hexdigest()])
    key = _hmac(_hmac(_hmac(_hmac(b"AWS4" + credentials.secret_key.encode("utf-8"), date), region), service), "aws4_request")
    signature = hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"

"""Credentials, and where they are looked for: what the caller gives, then the environment, which Lambda fills with those of the role."""

import os

from botocore.exceptions import PartialCredentialsError


class ReadOnlyCredentials(tuple):
    __slots__ = ()

    def __new__(cls, access_key, secret_key, token):
        return super().__new__(cls, (access_key, secret_key, token))

    access_key = property(lambda self: self[0])
    secret_key = property(lambda self: self[1])
    token = property(lambda self: self[2])


class Credentials:
    def __init__(self, access_key, secret_key, token=None, method=None, account_id=None):
        self.access_key = access_key
        self.secret_key = secret_key
        self.token = token
        self.method = method or "explicit"
        self.account_id = account_id

    def get_frozen_credentials(self):
        return ReadOnlyCredentials(self.access_key, self.secret_key, self.token)


def from_environment():
    """Those of the environment, or None. Errors: PartialCredentialsError."""
    access_key = os.environ.get("AWS_ACCESS_KEY_ID", "")
    if not access_key:
        return None
    secret_key = os.environ.get("AWS_SECRET_ACCESS_KEY", "")
    if not secret_key:
        raise PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY")
    token = os.environ.get("AWS_SESSION_TOKEN") or os.environ.get("AWS_SECURITY_TOKEN") or None
    return Credentials(access_key, secret_key, token, "env")


def explicit(access_key, secret_key, token):
    """Those that a caller gave, or None where it gave none. Errors: PartialCredentialsError."""
    if access_key is None and secret_key is None:
        return None
    if access_key is None or secret_key is None:
        missing = "aws_access_key_id" if access_key is None else "aws_secret_access_key"
        raise PartialCredentialsError(provider="explicit", cred_var=missing)
    return Credentials(access_key, secret_key, token)

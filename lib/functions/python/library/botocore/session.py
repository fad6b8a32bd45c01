"""Where clients get what they are not told: Region and credentials of the environment."""

import os

from botocore import credentials as creds
from botocore import loaders
from botocore.client import create_client
from botocore.config import Config
from botocore.exceptions import ProfileNotFound


class Session:
    def __init__(self, profile=None):
        self.profile = profile
        self._region = None
        self._credentials = None
        self._default_config = None
        self.user_agent_name = "Botocore"
        self._check_profile()

    def _check_profile(self):
        # There is no configuration file in Lambda, and so no profile but the default one.
        name = self.profile or os.environ.get("AWS_PROFILE")
        if name and name != "default":
            raise ProfileNotFound(profile=name)

    def set_config_variable(self, name, value):
        if name == "region":
            self._region = value
        elif name == "profile":
            self.profile = value
            self._check_profile()

    def get_config_variable(self, name):
        if name == "region":
            return self._region or os.environ.get("AWS_DEFAULT_REGION") or None
        return self.profile if name == "profile" else None

    @property
    def available_profiles(self):
        return []

    def set_credentials(self, access_key, secret_key, token=None, account_id=None):
        self._credentials = creds.Credentials(access_key, secret_key, token, account_id=account_id)

    def get_credentials(self):
        return self._credentials or creds.from_environment()

    def set_default_client_config(self, client_config):
        self._default_config = client_config

    def get_default_client_config(self):
        return self._default_config

    def get_available_services(self):
        return loaders.available_services()

    def get_available_partitions(self):
        return ["aws"]

    def get_available_regions(self, service_name, partition_name="aws", allow_non_regional=False):
        loaders.service_model(service_name)
        return list(loaders.table("regions")) if partition_name == "aws" else []

    def create_client(
        self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None,
        aws_access_key_id=None, aws_secret_access_key=None, aws_session_token=None, config=None, aws_account_id=None,
    ):
        config = self._default_config.merge(config) if self._default_config and config else config or self._default_config or Config()
        region = region_name or config.region_name or self.get_config_variable("region")
        given = creds.explicit(aws_access_key_id, aws_secret_access_key, aws_session_token)
        found = given or self.get_credentials()
        return create_client(service_name, region, config, lambda: found, endpoint_url or _configured_endpoint(service_name), self.user_agent_name)


def _configured_endpoint(service_name):
    name = f"AWS_ENDPOINT_URL_{service_name.upper().replace('-', '_')}"
    return os.environ.get(name) or os.environ.get("AWS_ENDPOINT_URL")


def get_session(env_vars=None):
    return Session()

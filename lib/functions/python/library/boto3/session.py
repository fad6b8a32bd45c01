"""``Session``: Region and credentials, and the clients that are made with them."""

import botocore.session
from botocore import loaders
from botocore.exceptions import NoCredentialsError

from boto3.exceptions import ResourceNotExistsError

_RESOURCES = ["cloudformation", "cloudwatch", "dynamodb", "ec2", "glacier", "iam", "s3", "sns", "sqs"]


class Session:
    def __init__(
        self, aws_access_key_id=None, aws_secret_access_key=None, aws_session_token=None, region_name=None,
        botocore_session=None, profile_name=None, aws_account_id=None,
    ):
        self._session = botocore_session or botocore.session.get_session()
        self._session.user_agent_name = "Boto3"
        if profile_name is not None:
            self._session.set_config_variable("profile", profile_name)
        if aws_account_id and not (aws_access_key_id or aws_secret_access_key or aws_session_token):
            raise NoCredentialsError()
        if aws_access_key_id or aws_secret_access_key or aws_session_token:
            self._session.set_credentials(aws_access_key_id, aws_secret_access_key, aws_session_token, aws_account_id)
        if region_name is not None:
            self._session.set_config_variable("region", region_name)

    def __repr__(self):
        return f"{self.__class__.__name__}(region_name={self.region_name!r})"

    @property
    def profile_name(self):
        return self._session.profile or "default"

    @property
    def region_name(self):
        return self._session.get_config_variable("region")

    @property
    def available_profiles(self):
        return self._session.available_profiles

    def get_available_services(self):
        return self._session.get_available_services()

    def get_available_resources(self):
        return list(_RESOURCES)

    def get_available_partitions(self):
        return self._session.get_available_partitions()

    def get_available_regions(self, service_name, partition_name="aws", allow_non_regional=False):
        return self._session.get_available_regions(service_name, partition_name, allow_non_regional)

    def get_credentials(self):
        return self._session.get_credentials()

    def get_partition_for_region(self, region_name):
        return "aws"

    def client(
        self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None,
        aws_access_key_id=None, aws_secret_access_key=None, aws_session_token=None, config=None, aws_account_id=None,
    ):
        return self._session.create_client(
            service_name, region_name=region_name, api_version=api_version, use_ssl=use_ssl, verify=verify, endpoint_url=endpoint_url,
            aws_access_key_id=aws_access_key_id, aws_secret_access_key=aws_secret_access_key, aws_session_token=aws_session_token,
            config=config, aws_account_id=aws_account_id,
        )

    def resource(self, service_name, **kwargs):
        if service_name not in _RESOURCES:
            raise ResourceNotExistsError(service_name, _RESOURCES, service_name in loaders.table("services"))
        raise NotImplementedError(f"Keyhole's boto3 has no resource objects. Use boto3.client('{service_name}').")

"""Exceptions of boto3's own."""

import botocore.exceptions


class Boto3Error(Exception):
    """Base of those that are boto3's own."""


class ResourceNotExistsError(Boto3Error, botocore.exceptions.DataNotFoundError):
    def __init__(self, service_name, available_services, has_low_level_client):
        listed = "\n   - ".join(available_services)
        text = f"The '{service_name}' resource does not exist.\nThe available resources are:\n   - {listed}\n"
        if has_low_level_client:
            text += f"\nConsider using a boto3.client('{service_name}') instead of a resource for '{service_name}'"
        Exception.__init__(self, text)


class UnknownAPIVersionError(Boto3Error, botocore.exceptions.DataNotFoundError):
    def __init__(self, service_name, bad_api_version, available_api_versions):
        text = f"The '{service_name}' resource does not support an API version of: {bad_api_version}\nValid API versions are: {available_api_versions}"
        Exception.__init__(self, text)

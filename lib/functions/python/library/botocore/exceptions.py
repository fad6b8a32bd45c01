"""The exceptions that botocore raises of itself, and ``ClientError`` for what a service answers."""


class BotoCoreError(Exception):
    fmt = "An unspecified error occurred"

    def __init__(self, **kwargs):
        Exception.__init__(self, self.fmt.format(**kwargs))
        self.kwargs = kwargs

    def __reduce__(self):
        return _again, (self.__class__, self.kwargs)


def _again(cls, kwargs):
    return cls(**kwargs)


class ClientError(Exception):
    MSG_TEMPLATE = "An error occurred ({error_code}) when calling the {operation_name} operation{retry_info}: {error_message}"

    def __init__(self, error_response, operation_name):
        error = error_response.get("Error", {})
        metadata = error_response.get("ResponseMetadata", {})
        retried = metadata.get("MaxAttemptsReached", False) and "RetryAttempts" in metadata
        super().__init__(
            self.MSG_TEMPLATE.format(
                error_code=error.get("Code", "Unknown"),
                error_message=error.get("Message", "Unknown"),
                operation_name=operation_name,
                retry_info=f" (reached max retries: {metadata['RetryAttempts']})" if retried else "",
            )
        )
        self.response = error_response
        self.operation_name = operation_name

    def __reduce__(self):
        return ClientError, (self.response, self.operation_name)


class WaiterError(BotoCoreError):
    fmt = "Waiter {name} failed: {reason}"

    def __init__(self, name, reason, last_response):
        super().__init__(name=name, reason=reason)
        self.last_response = last_response


class HTTPClientError(BotoCoreError):
    fmt = "An HTTP Client raised an unhandled exception: {error}"

    def __init__(self, request=None, response=None, **kwargs):
        self.request = request
        self.response = response
        super().__init__(**kwargs)


class UnknownEndpointError(BotoCoreError, ValueError):
    fmt = "Unable to construct an endpoint for {service_name} in region {region_name}"


class ValidationError(BotoCoreError):
    fmt = "Invalid value ('{value}') for param {param} of type {type_name} "


class InvalidRegionError(ValidationError, ValueError):
    fmt = "Provided region_name '{region_name}' doesn't match a supported format."


def _define(name, fmt, base=BotoCoreError):
    globals()[name] = type(name, (base,), {"fmt": fmt, "__module__": __name__})
    return globals()[name]


# Each with the text that botocore gives it; a base where code catches the family.
DataNotFoundError = _define("DataNotFoundError", "Unable to load data for: {data_path}")
UnknownServiceError = _define("UnknownServiceError", "Unknown service: '{service_name}'. Valid service names are: {known_service_names}", DataNotFoundError)
ApiVersionNotFoundError = _define("ApiVersionNotFoundError", "Unable to load data {data_path} for: {api_version}")
UnknownRegionError = _define("UnknownRegionError", "Unknown region: '{region_name}'. {error_msg}")
ConnectionError = _define("ConnectionError", "An HTTP Client failed to establish a connection: {error}")  # noqa: A001
EndpointConnectionError = _define("EndpointConnectionError", 'Could not connect to the endpoint URL: "{endpoint_url}"', ConnectionError)
ConnectTimeoutError = _define("ConnectTimeoutError", 'Connect timeout on endpoint URL: "{endpoint_url}"', ConnectionError)
SSLError = _define("SSLError", "SSL validation failed for {endpoint_url} {error}", ConnectionError)
ProxyConnectionError = _define("ProxyConnectionError", 'Failed to connect to proxy URL: "{proxy_url}"', ConnectionError)
ReadTimeoutError = _define("ReadTimeoutError", 'Read timeout on endpoint URL: "{endpoint_url}"', HTTPClientError)
ConnectionClosedError = _define("ConnectionClosedError", 'Connection was closed before we received a valid response from endpoint URL: "{endpoint_url}".', HTTPClientError)
ResponseStreamingError = _define("ResponseStreamingError", "An error occurred while reading from response stream: {error}", HTTPClientError)
IncompleteReadError = _define("IncompleteReadError", "{actual_bytes} read, but total bytes expected is {expected_bytes}.")
NoCredentialsError = _define("NoCredentialsError", "Unable to locate credentials")
PartialCredentialsError = _define("PartialCredentialsError", "Partial credentials found in {provider}, missing: {cred_var}")
CredentialRetrievalError = _define("CredentialRetrievalError", "Error when retrieving credentials from {provider}: {error_msg}")
NoAuthTokenError = _define("NoAuthTokenError", "Unable to locate authorization token")
UnknownSignatureVersionError = _define("UnknownSignatureVersionError", "Unknown Signature Version: {signature_version}.")
BaseEndpointResolverError = _define("BaseEndpointResolverError", BotoCoreError.fmt)
NoRegionError = _define("NoRegionError", "You must specify a region.", BaseEndpointResolverError)
ProfileNotFound = _define("ProfileNotFound", "The config profile ({profile}) could not be found")
ConfigNotFound = _define("ConfigNotFound", "The specified config file ({path}) could not be found.")
ConfigParseError = _define("ConfigParseError", "Unable to parse config file: {path}")
MissingParametersError = _define("MissingParametersError", "The following required parameters are missing for {object_name}: {missing}")
ParamValidationError = _define("ParamValidationError", "Parameter validation failed:\n{report}")
UnknownKeyError = _define("UnknownKeyError", "Unknown key '{value}' for param '{param}'.  Must be one of: {choices}", ValidationError)
RangeError = _define("RangeError", "Value out of range for param {param}: {min_value} <= {value} <= {max_value}", ValidationError)
UnknownParameterError = _define("UnknownParameterError", "Unknown parameter '{name}' for operation {operation}.  Must be one of: {choices}", ValidationError)
PaginationError = _define("PaginationError", "Error during pagination: {message}")
OperationNotPageableError = _define("OperationNotPageableError", "Operation cannot be paginated: {operation_name}")
WaiterConfigError = _define("WaiterConfigError", "Error processing waiter config: {error_msg}")
UnknownClientMethodError = _define("UnknownClientMethodError", "Client does not have method: {method_name}")
InvalidConfigError = _define("InvalidConfigError", "{error_msg}")
InvalidRetryConfigurationError = _define("InvalidRetryConfigurationError", 'Cannot provide retry configuration for "{retry_config_option}". Valid retry configuration options are: {valid_options}')
InvalidMaxRetryAttemptsError = _define("InvalidMaxRetryAttemptsError", 'Value provided to "max_attempts": {provided_max_attempts} must be an integer greater than or equal to {min_value}.', InvalidRetryConfigurationError)
InvalidRetryModeError = _define("InvalidRetryModeError", 'Invalid value provided to "mode": "{provided_retry_mode}" must be one of: {valid_modes}', InvalidRetryConfigurationError)
CapacityNotAvailableError = _define("CapacityNotAvailableError", "Insufficient request capacity available.")
MetadataRetrievalError = _define("MetadataRetrievalError", "Error retrieving metadata: {error_msg}")
EventStreamError = type("EventStreamError", (ClientError,), {"__module__": __name__})

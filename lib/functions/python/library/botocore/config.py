"""Options of a client."""

from botocore.exceptions import InvalidMaxRetryAttemptsError, InvalidRetryConfigurationError, InvalidRetryModeError

_DEFAULTS = {
    "region_name": None, "signature_version": None, "user_agent": None, "user_agent_extra": None, "user_agent_appid": None,
    "connect_timeout": 60, "read_timeout": 60, "parameter_validation": True, "max_pool_connections": 10, "proxies": None,
    "proxies_config": None, "s3": None, "retries": None, "client_cert": None, "inject_host_prefix": None,
    "endpoint_discovery_enabled": None, "use_dualstack_endpoint": None, "use_fips_endpoint": None, "ignore_configured_endpoint_urls": None,
    "defaults_mode": None, "tcp_keepalive": None, "request_min_compression_size_bytes": None, "disable_request_compression": None,
    "client_context_params": None, "sigv4a_signing_region_set": None, "request_checksum_calculation": None, "response_checksum_validation": None,
    "account_id_endpoint_mode": None, "auth_scheme_preference": None,
}


class Config:
    """``Config(region_name=…, retries={'max_attempts': …, 'mode': …}, …)``. Timeouts and proxies have no effect: there is no network."""

    OPTION_DEFAULTS = _DEFAULTS

    def __init__(self, *args, **kwargs):
        names = list(_DEFAULTS)
        if len(args) > len(names):
            raise TypeError(f"Takes at most {len(names)} arguments ({len(args)} given)")
        self._user_provided_options = {}
        for name, value in [*zip(names, args), *kwargs.items()]:
            if name not in _DEFAULTS:
                raise TypeError(f"Got unexpected keyword argument '{name}'")
            if name in self._user_provided_options:
                raise TypeError(f"Got multiple values for keyword argument '{name}'")
            self._user_provided_options[name] = value
        for name, value in {**_DEFAULTS, **self._user_provided_options}.items():
            setattr(self, name, value)
        _check_retries(self.retries)

    def merge(self, other_config):
        return Config(**{**self._user_provided_options, **other_config._user_provided_options})


def _check_retries(retries):
    for name, value in (retries or {}).items():
        if name not in ("max_attempts", "mode", "total_max_attempts"):
            raise InvalidRetryConfigurationError(retry_config_option=name, valid_options=("max_attempts", "mode", "total_max_attempts"))
        least = 1 if name == "total_max_attempts" else 0
        if name != "mode" and (not isinstance(value, int) or value < least):
            raise InvalidMaxRetryAttemptsError(provided_max_attempts=value, min_value=least)
        if name == "mode" and value not in ("legacy", "standard", "adaptive"):
            raise InvalidRetryModeError(provided_retry_mode=value, valid_modes=["legacy", "standard", "adaptive"])

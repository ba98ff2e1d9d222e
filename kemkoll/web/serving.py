"""The server: the portal at an address, until it is told to stop."""

from __future__ import annotations

import ipaddress
import logging
import sys

import uvicorn

from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Store
from kemkoll.web.application import create_app
from kemkoll.web.settings import Settings
from kemkoll.web.surroundings import LOG

_STOP_SECONDS = 30
"""What has begun may take as long to end when the server is told to stop."""


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(store: Store, settings: Settings, *, host: str, port: int, own_secret: bool, behind: str) -> None:
    """Serve the portal until the process is told to stop; what has begun is ended first.

    Args:
        own_secret: whether the secret key was made for this run alone.
        behind: address of the proxy whose word is taken for where a request comes from; empty: nobody's.

    Raises:
        ConfigError: others than this computer could reach it, and nobody has set a secret key.
    """
    if own_secret and not is_loopback(host):
        raise ConfigError(
            N_(
                "{host} can be reached from other computers, and no secret key is set. Set KEMKOLL_SECRET to "
                "at least {least} characters that nobody can guess, and start again."
            ),
            host=host,
            least=32,
        )
    _log_to_stderr()
    config = uvicorn.Config(
        create_app(store, settings), host=host, port=port, access_log=False, log_level="warning",
        timeout_graceful_shutdown=_STOP_SECONDS, server_header=False, proxy_headers=bool(behind),
        forwarded_allow_ips=behind or None,
    )  # fmt: skip
    uvicorn.Server(config).run()


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)

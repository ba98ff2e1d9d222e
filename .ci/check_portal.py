"""Whether the installed portal starts, lets its first administrator in, and ends when it is told."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener


def main(kemkoll: str, store: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([kemkoll, "serve", "--store", store, "--port", str(port)])
    try:
        browser, address = build_opener(HTTPCookieProcessor(CookieJar())), f"http://127.0.0.1:{port}"
        page = opened(browser, f"{address}/sign-in")
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        assert token, "the page to sign in on has no form"
        said = {"csrf": token[1], "mail": "anna@region.example", "password": "three words together"}
        page = browser.open(f"{address}/sign-in", urlencode(said).encode(), timeout=60).read().decode()
        assert "anna@region.example" in page, "the administrator is not in"
        style = re.search(r'href="(/static/style.css[^"]*)"', page)
        assert style, "the page has no style"
        assert "--paper" in opened(browser, address + style[1]), "the style is not in the package"
    finally:
        server.send_signal(signal.SIGTERM)
    assert server.wait(60) in (0, 130, 143, -signal.SIGTERM), f"it ended with {server.returncode}"


def opened(browser: OpenerDirector, address: str) -> str:
    """What an address says, once the server is there."""
    for _ in range(300):
        try:
            return str(browser.open(address, timeout=60).read().decode())
        except ConnectionError:
            time.sleep(0.2)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


if __name__ == "__main__":
    main(*sys.argv[1:])

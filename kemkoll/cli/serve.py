"""`kemkoll serve`: the portal."""

from __future__ import annotations

import os

import click

from kemkoll.cli import _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_

SECRET = "KEMKOLL_SECRET"


@click.pass_context
def _call(
    ctx: click.Context, where: str, host: str, port: int, address: str, workers: int, mail: str, sender: str,
    behind: str,
) -> int:  # fmt: skip
    import secrets

    try:
        from kemkoll.web import Settings
        from kemkoll.web.serving import serve
    except ImportError:
        from kemkoll.errors import ConfigError

        raise ConfigError(
            N_("The portal needs further packages. Install them with: pip install 'kemkoll[web]'")
        ) from None
    given = os.environ.get(SECRET, "")
    shown = address or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    settings = Settings(
        secret=given or secrets.token_urlsafe(48), secure=shown.startswith("https://"), address=shown,
        workers=workers, mail=mail, sender=sender, clock=_clock.now,
    )  # fmt: skip
    store = _store.opened(where)
    _store.said(N_("The portal is at {address}. Stop it with Ctrl+C."), translate_of(ctx), address=shown)
    if not given:
        _store.said(
            N_("No KEMKOLL_SECRET is set: whoever is signed in is signed out when it stops."),
            translate_of(ctx),
        )
    serve(store, settings, host=host, port=port, own_secret=not given, behind=behind)
    return FINE


command = Verb(
    "serve",
    callback=_call,
    short_help=N_("Serve the portal for suppliers and strategists."),
    help=N_(
        "Serve the portal: suppliers answer and hand in, strategists work with what follows.\n\n"
        "It listens on this computer alone unless --host says otherwise, and beyond it only with a secret "
        "key in KEMKOLL_SECRET. The first user is made with `kemkoll users add`."
    ),
    epilog=N_("Example: kemkoll serve --store region.db --port 8000"),
    params=[
        _store.store_option(),
        Option(["--host"], default="127.0.0.1", metavar="ADDRESS", help=N_("Where to listen.")),
        Option(["--port"], type=click.IntRange(1, 65535), default=8000, help=N_("The port to listen on.")),
        Option(
            ["--address"], default="", metavar="URL",
            help=N_("What people write to reach it; with https:// cookies go over HTTPS only."),
        ),
        Option(
            ["--workers"], type=click.IntRange(1, 64), default=1,
            help=N_("Processes beside the server that read and judge."),
        ),
        Option(
            ["--mail"], default="", metavar="HOST[:PORT]",
            help=N_("SMTP server that letters go by; else they are kept to be sent by hand."),
        ),
        Option(["--sender"], default="", metavar="MAIL", help=N_("Address that letters come from.")),
        Option(
            ["--behind"], default="", metavar="ADDRESS",
            help=N_("Address of the proxy in front of it, which says where a request comes from."),
        ),
        language_option(),
    ],
)  # fmt: skip

"""Who publishes open data and where: set down once in a file, for what nobody but the publisher can know."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kemkoll.errors import ConfigError

KINDS = (
    "RegionalAuthority",
    "LocalAuthority",
    "NationalAuthority",
    "SupraNationalAuthority",
    "Company",
    "NonProfitOrganisation",
)
"""Kinds of publishers that buy for the public, of ADMS's vocabulary, which DCAT-AP names."""
NEEDED = ("name", "uri", "kind", "contact", "mail", "address")


@dataclass(frozen=True)
class Publisher:
    """Who answers for the data.

    Attributes:
        name: of the organisation.
        uri: of the organisation: the same in everything that it publishes.
        kind: one of `KINDS`.
        contact: the unit that answers questions.
        mail: its address; a function's, not a person's.
        address: where the folder will stand, with a slash at its end; `{year}` is the name of the year.
        area: of what place the data are: an URI of GeoNames; empty: not said.
    """

    name: str
    uri: str
    kind: str
    contact: str
    mail: str
    address: str
    area: str = ""


def read_publisher(path: str | Path) -> Publisher:
    """The publisher that a TOML file sets down.

    Raises:
        ConfigError: the file cannot be read; something is missing, or is only an example.
    """
    file = Path(path)
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("{file} cannot be read: {error}.", file=file.name, error=str(error)) from error
    return publisher_of(values, file.name)


def publisher_of(values: Mapping[str, object], where: str) -> Publisher:
    """The publisher that some values say.

    Args:
        values: by the names of `Publisher`.
        where: they stand, for messages: a file, a form.

    Raises:
        ConfigError: something is missing, unknown, or only an example.
    """
    given = {key: str(value).strip() for key, value in values.items()}
    for key in given:
        if key not in (*NEEDED, "area"):
            raise ConfigError("{file} says “{key}”, which nobody knows.", file=where, key=key)
    missing = [key for key in NEEDED if not given.get(key)]
    if missing:
        raise ConfigError(
            "{file} does not say {keys}. Without it open data cannot be published.",
            file=where,
            keys=", ".join(missing),
        )
    made = Publisher(**given)
    _check(made, where)
    return made


def _check(made: Publisher, file: str) -> None:
    """Refuse what is no address, no kind, or only an example."""
    if made.kind not in KINDS:
        raise ConfigError(
            "{file}: “kind” must be one of {kinds}.", file=file, kinds=", ".join(KINDS)
        )  # fmt: skip
    for key in ("uri", "address", *(("area",) if made.area else ())):
        value = str(getattr(made, key))
        if not _is_address(value.replace("{year}", "2025")):
            raise ConfigError(
                "{file}: “{key}” must be an address that begins with https:// or http://.", file=file, key=key
            )
        _refuse_example(urlsplit(value).hostname or "", file, key)
    if not re.fullmatch(r"[^#?]+/", made.address):
        raise ConfigError("{file}: “address” must be that of a folder: let it end with a slash.", file=file)
    found = re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+@([\w-]+(\.[\w-]+)+)", made.mail, re.ASCII)
    if not found:
        raise ConfigError("{file}: “mail” must be a mail address.", file=file)
    _refuse_example(found[1], file, "mail")


def _is_address(text: str) -> bool:
    """Whether it is an address of the web, with nothing that an URI may not hold.

    >>> _is_address("https://data.region.se/2025/"), _is_address("https://a b/"), _is_address("www.region.se")
    (True, False, False)
    """
    return bool(
        re.fullmatch(r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d+)?(/[A-Za-z0-9._~%/#?=&+@:,;-]*)?", text)
    )


def _refuse_example(host: str, file: str, key: str) -> None:
    """Refuse a host that is set aside for examples: it would be published, and lead nowhere."""
    plain = f".{host.lower()}"
    reserved = (".example", ".invalid", ".test", ".localhost", ".local")
    if plain.endswith(reserved) or re.search(r"\.(example\.(com|org|net)|exempel\.se)$", plain):
        raise ConfigError("{file}: “{key}” is only an example. Put in your own.", file=file, key=key)

"""The record that a catalogue of data takes in: DCAT-AP-SE 3.0.1, as Turtle.

All properties that the profile makes mandatory of a dataset, a distribution, a publisher and a contact are
there, and those that it recommends where they are known. A catalogue is not: it is the publisher's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from kemkoll.i18n import N_, translator
from kemkoll.report.annual import Annual
from kemkoll.report.open_data.publisher import Publisher

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_EU = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"sv": "SWE", "en": "ENG"}
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_THEMES = ("ENVI", "GOVE")
_KEYWORDS = (N_("hazardous substances"), N_("procurement"), N_("goods"), N_("substitution of substances"))
_TITLE = N_("Substances in our goods, {year}")
_DESCRIPTION = N_(
    "How many of the articles that the organisation buys contain substances that it wants to avoid, how "
    "that has changed since the first year, and of how many articles nobody knows. The tables of the annual "
    "report, as the year was frozen. No article and no supplier is named, and numbers that would tell of "
    "fewer than three suppliers are left out."
)
_CSV = N_("The tables as CSV. Beside each file stands a description of its columns.")
_JSON = N_("The tables as JSON, each with a description of its columns.")


def record(data: Annual, publisher: Publisher, language: str, tables: Sequence[str], issued: str) -> bytes:
    """The record.

    Args:
        data: the report.
        publisher: who answers for the data, and where they will stand.
        language: of the words in the tables.
        tables: names of the files, without suffix.
        issued: day of publication, ISO, or empty.
    """
    base = publisher.address.replace("{year}", quote(data.year, safe=""))
    own = f"{base}dataset.ttl"
    parts = [
        "\n".join(f"@prefix {name}: <{address}> ." for name, address in _PREFIXES.items()),
        _node(f"{own}#dataset", "dcat:Dataset", _dataset(data, publisher, language, own, issued)),
        _node(publisher.uri, "foaf:Agent", [
            ("foaf:name", [_text(publisher.name)]),
            ("dcterms:type", [f"<http://purl.org/adms/publishertype/{publisher.kind}>"]),
        ]),
        _node(f"{own}#contact", "vcard:Organization", [
            ("vcard:fn", [_text(publisher.contact)]),
            ("vcard:hasEmail", [f"<mailto:{publisher.mail}>"]),
        ]),
        *(
            _node(f"{own}#{suffix}", "dcat:Distribution", [
                ("dcterms:title", _both(title)),
                ("dcterms:description", _both(said)),
                ("dcat:accessURL", [f"<{base}>"]),
                ("dcat:downloadURL", [f"<{base}{name}.{suffix}>" for name in tables]),
                ("dcterms:format", [_text(media)]),
                ("dcterms:language", [_language(language)]),
                ("dcterms:license", [f"<{CC0}>"]),
            ])
            for suffix, media, title, said in (
                ("csv", "text/csv", N_("CSV files"), _CSV),
                ("json", "application/json", N_("JSON files"), _JSON),
            )
        ),
    ]  # fmt: skip
    return ("\n\n".join(parts) + "\n").encode()


def _dataset(
    data: Annual, publisher: Publisher, language: str, own: str, issued: str
) -> list[tuple[str, list[str]]]:
    """The properties of the dataset."""
    first = str(data.subjects[0].periods["day"].iloc[data.subjects[0].base])
    period = f"[ a dcterms:PeriodOfTime ; dcat:startDate {_day(first)} ; dcat:endDate {_day(data.on)} ]"
    made = [
        ("dcterms:title", _both(_TITLE, year=data.year)),
        ("dcterms:description", _both(_DESCRIPTION)),
        ("dcterms:identifier", [_text(f"{own}#dataset")]),
        ("dcterms:publisher", [f"<{publisher.uri}>"]),
        ("dcat:contactPoint", [f"<{own}#contact>"]),
        ("dcat:theme", [f"<{_EU}/data-theme/{theme}>" for theme in _THEMES]),
        ("dcat:keyword", [said for word in _KEYWORDS for said in _both(word)]),
        ("dcterms:issued", [_day(issued)] if issued else []),
        ("dcterms:modified", [_day(data.taken or data.on)]),
        ("dcterms:language", [_language(language)]),
        ("dcterms:accessRights", [f"<{_EU}/access-right/PUBLIC>"]),
        ("dcterms:accrualPeriodicity", [f"<{_EU}/frequency/NEVER>"]),
        ("dcterms:temporal", [period]),
        ("dcat:temporalResolution", ['"P1Y"^^xsd:duration']),
        ("dcterms:spatial", [f"<{publisher.area}>"] if publisher.area else []),
        ("dcat:distribution", [f"<{own}#csv>", f"<{own}#json>"]),
    ]
    return [(name, values) for name, values in made if values]


def _node(uri: str, kind: str, properties: Sequence[tuple[str, Sequence[str]]]) -> str:
    lines = [f"<{uri}> a {kind}"]
    lines += [f"    {name} " + " ,\n        ".join(values) for name, values in properties]
    return " ;\n".join(lines) + " ."


def _both(sentence: str, **values: str) -> list[str]:
    """The sentence in Swedish and in English."""
    return [f"{_text(translator(language)(sentence).format(**values))}@{language}" for language in _LANGUAGES]


def _language(language: str) -> str:
    return f"<{_EU}/language/{_LANGUAGES[language]}>"


def _day(day: str) -> str:
    return f"{_text(day)}^^xsd:date"


def _text(text: str) -> str:
    r"""The text as Turtle quotes it.

    >>> print(_text('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'

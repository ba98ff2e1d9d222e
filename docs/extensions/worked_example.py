"""The directive `worked-example`: a small input, and beneath it what kemkoll says of it in the page's
language.

What is shown is asked of kemkoll while the pages are built, so it cannot grow old; an example that does not
give its code is an error of the build. `worked` says how an example is written, `outcomes` what kemkoll makes
of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from outcomes import Finding, Said, check_example, problems, verdicts
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from worked import OPTIONS, ROOT, Example, cells, make_example


class WorkedExample(SphinxDirective):
    """The input as a table or a text, and what kemkoll says of it."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """The nodes of the example."""
        body = "\n".join(self.content)
        example = make_example(self.arguments[0], self.options, f"{body}\n" if body else "")
        if example.copied:
            self.env.note_dependency(str(ROOT / example.copied))
        if wrong := check_example(example):
            raise self.error(wrong)
        box = nodes.container(classes=["worked-example"])
        box += [node for name, text in example.files if text for node in _shown(name, text)]
        box += _said(example, self.config.language)
        return [box]


def _shown(name: str, text: str) -> list[nodes.Node]:
    """One file of the example: its name, and its cells or its text."""
    found = cells(text) if Path(name).suffix in (".csv", ".xls") else []
    block = _table(found) if found else nodes.literal_block(text, text, language="text")
    return [_paragraph(_strong(name)), block]


def _table(rows: list[list[str]]) -> nodes.table:
    """The cells of a file, each row with the number that a spreadsheet program gives it."""
    width = len(rows[0])
    group = nodes.tgroup(cols=width + 1)
    group += [nodes.colspec(colwidth=1) for _ in range(width + 1)]
    body = nodes.tbody()
    for number, row in enumerate(rows, start=1):
        line = nodes.row()
        line += [nodes.entry("", _paragraph(nodes.Text(cell))) for cell in (str(number), *row)]
        body += line
    group += body
    return nodes.table("", group, classes=["worked-input"], align="left")


def _said(example: Example, language: str) -> nodes.Node:
    """A box with what kemkoll says of the example: problems, or verdicts with their findings."""
    title = nodes.title("", "", _code("; ".join(example.commands) or "kemkoll"), translatable=False)
    box = nodes.admonition("", title, classes=["worked-output"])
    if example.is_problem:
        for problem in problems(example, language):
            where = ", ".join(filter(None, (problem.file, problem.place)))
            box += _paragraph(_strong(where), nodes.Text(f": {problem.sentence} "), _code(problem.code))
    else:
        for said in verdicts(example, language):
            box += _verdict(said)
    return box


def _verdict(said: Said) -> list[nodes.Node]:
    """A verdict: of which article and list, what it is, why; and the findings behind it."""
    head = nodes.Text(f"{said.article}, {said.title}: ")
    made: list[nodes.Node] = [_paragraph(head, _strong(said.words), nodes.Text(" "), _code(said.verdict))]
    if said.reason not in [finding.reason for finding in said.findings]:
        made.append(_paragraph(nodes.Text(f"{said.why} "), _code(said.reason)))
    if said.findings:
        items = nodes.bullet_list()
        items += [nodes.list_item("", _finding(finding)) for finding in said.findings]
        made.append(items)
    return [*made, _paragraph(nodes.Text(said.untold))]


def _finding(finding: Finding) -> nodes.paragraph:
    """A finding: what it is of, the share and its limit, and why what follows does."""
    held = "; ".join(filter(None, (finding.words, finding.amount, finding.limit)))
    return _paragraph(_strong(finding.entry), nodes.Text(f": {held}. {finding.why} "), _code(finding.reason))


def _strong(text: str) -> nodes.strong:
    return nodes.strong(text, text)


def _code(code: str) -> nodes.literal:
    return nodes.literal(code, code)


def _paragraph(*inside: nodes.Node) -> nodes.paragraph:
    """A paragraph that is in the page's language already, and is not handed to translators."""
    return nodes.paragraph("", "", *inside, translatable=False)


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known to Sphinx."""
    app.add_directive("worked-example", WorkedExample)
    return {"parallel_read_safe": False, "parallel_write_safe": True}

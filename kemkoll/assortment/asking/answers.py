"""What a supplier answers to a request, as a declaration like any other: a file, kept byte for byte.

The file is what a supplier could have written: a row for each article and list, with the edition and the
answer. The readers of declarations read it, so whatever counts declarations counts it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from kemkoll.assortment.adding import Added, add_read
from kemkoll.assortment.asking.answered import NOTHING, Last, said
from kemkoll.assortment.asking.planning import Question
from kemkoll.assortment.asking.requests import Asked, settle
from kemkoll.assortment.finding import Numbers
from kemkoll.assortment.scope import articles
from kemkoll.declarations import read_declarations
from kemkoll.errors import DeclarationError
from kemkoll.i18n import N_, Translator, translator
from kemkoll.store import Known, Store, kept
from kemkoll.store.models import Draft, Signature, Supplier, Upload
from kemkoll.store.once import next_id
from kemkoll.tables import Answer, Declarations

ANSWERS = {
    Answer.none_above_limit: N_("none above the limit"),
    Answer.contains: N_("contains"),
    Answer.do_not_know: N_("do not know"),
}
_WRITTEN = {
    Answer.none_above_limit: N_("none above limit"),
    Answer.contains: N_("contains"),
    Answer.do_not_know: N_("do not know"),
}
"""The words of the form (`forms.columns`), which the readers know in either language."""
_HEADERS = (
    N_("Supplier"),
    N_("Article number"),
    N_("List"),
    N_("Edition"),
    N_("Answer"),
    N_("Basis"),
    N_("Date"),
)


class Row(NamedTuple):
    """One row of the file.

    Attributes:
        number: of the article.
    """

    number: str
    list: str
    edition: str
    answer: Answer
    basis: str = ""


@dataclass(frozen=True)
class Signed:
    """One answer that a person puts their name to.

    Attributes:
        articles: `Article.article` of each article that it is for.
        since: the edition that was answered before; empty: the whole list was asked about.
        name: of who signs.
        user: `User.user`.
    """

    question: Question
    since: str
    articles: tuple[int, ...]
    answer: Answer
    name: str
    user: int


def statement(signed: Signed, _: Translator) -> str:
    """The sentence that is signed."""
    title, edition = signed.question.titles[_.language], signed.question.edition
    what = _("all entries of {title}, edition {edition}")
    if signed.since:
        what = _("what is new in {title}, edition {edition}, since edition {since}")
    about = what.format(title=title, edition=edition, since=signed.since)
    sentence = {
        Answer.none_above_limit: _("None of it is in the articles above the limit: {what}."),
        Answer.contains: _("Some of it is in the articles: {what}. A declaration of what it is follows."),
        Answer.do_not_know: _("I do not know whether it is in the articles: {what}."),
    }[signed.answer].format(what=about)
    if not signed.since:
        return sentence
    before = _("What was answered about edition {since} still holds.").format(since=signed.since)
    return f"{sentence} {before}"


def rows_for(number: str, question: Question, last: Last, answer: Answer) -> list[Row]:
    """What an answer says of one article, with what was answered before and still holds.

    “None” about what is new makes one answer of both, where the earlier one was “none” as well. Where it was
    “contains”, it stays so: nobody has taken it back. Any other answer stands beside the earlier one.

    Args:
        number: of the article.
        last: what was answered before (`Question.base`).
    """
    made = [Row(number, question.list, question.edition, answer)]
    if answer == Answer.none_above_limit and last.edition:
        made = [made[0]._replace(basis=last.basis)] if last.none else []
    elif last.none:
        made.append(Row(number, question.list, last.edition, Answer.none_above_limit, last.basis))
    if last.contains:
        edition = last.edition if answer == Answer.do_not_know else question.edition
        made.append(Row(number, question.list, edition, Answer.contains))
    return list(dict.fromkeys(made))


def file_of(rows: Sequence[Row], supplier: str, at: str, _: Translator) -> bytes:
    """The file: a table with one row for each answer, and the instant, so that no two files are the same.

    >>> row = Row("B-1", "eu-rohs", "2025-12-11", Answer.do_not_know)
    >>> print(file_of([row], "Acme", "2026-11-22T10:00:00Z", translator("en")).decode("utf-8-sig").strip())
    Supplier;Article number;List;Edition;Answer;Basis;Date
    Acme;B-1;eu-rohs;2025-12-11;do not know;;2026-11-22
    kemkoll;2026-11-22T10:00:00Z
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_(header) for header in _HEADERS])
    for row in rows:
        answer = _(_WRITTEN[row.answer])
        writer.writerow([supplier, row.number, row.list, row.edition, answer, row.basis, at[:10]])
    writer.writerow(["kemkoll", at])
    return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True)
class Receipt:
    """What a supplier gets for an answer.

    Attributes:
        draft: `Draft.draft` under which it is kept.
        sha256: of the file.
        receipt: SHA-256 over file, sentence, name and instant.
        answered: the requests that are answered by it as a whole.
    """

    draft: int
    file: str
    sha256: str
    receipt: str
    answered: tuple[int, ...]


def answer(
    store: Store, request: Asked, signed: Signed, *, by: str, at: str, on: str, language: str
) -> Receipt:
    """Take an answer: add it as a declaration, keep who signed it, and mark what it answers.

    Raises:
        DeclarationError: an article is not the supplier's, its number means several, or what was written
            could not be read back as it was meant.
    """
    _ = translator(language)
    with store.reading() as known:
        name, rows = _rows(known, request, signed, on)
    content = file_of(rows, name, at, _)
    file = f"{_('answer')}-{request.number}-{signed.question.list}-{at[:10]}.csv"
    reason = "renewal" if signed.since else "new"
    with TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_bytes(content)
        told = _read(str(path), rows)
        _added(add_read(store, str(path), told, by=by, at=at, supplier=name, reason=reason))
    sentence, sha256 = statement(signed, _), hashlib.sha256(content).hexdigest()
    receipt = receipt_of([sha256], sentence, signed.name, at)
    with store.writing("answer", by=by, at=at) as change:
        draft = next_id(change.connection, Draft)
        own: dict[str, Any] = {"draft": draft, "supplier": request.supplier, "user": signed.user}
        kept.add(change, Draft, [own | {"made": at, "request": request.number, "state": "submitted"}])
        size = len(content)
        row = {"draft": draft, "name": file, "sha256": sha256, "size": size, "content": content}
        kept.add(change, Upload, [row])
        signature = own | {"name": signed.name, "statement": sentence, "receipt": receipt, "at": at}
        kept.add(change, Signature, [signature])
        done = settle(change, request.supplier, on)
        change.about.update(request=request.number, file=file, sha256=sha256, receipt=receipt, answered=done)
    return Receipt(draft, file, sha256, receipt, tuple(done))


def receipt_of(files: Sequence[str], sentence: str, name: str, at: str) -> str:
    """SHA-256 over the hashes of the files, the sentence, the name and the instant, one a line.

    >>> receipt_of(["ab"], "So it is.", "Eva", "2026-11-22T10:00:00Z")[:12]
    '40c36be85ea2'
    """
    return hashlib.sha256("\n".join([*files, sentence, name, at]).encode()).hexdigest()


def _rows(known: Known, request: Asked, signed: Signed, on: str) -> tuple[str, list[Row]]:
    """The supplier's name, and the rows of the file."""
    own = articles(known, article=list(signed.articles), supplier=request.supplier)
    name = str(kept.frame(known, Supplier, supplier=request.supplier)["name"].iloc[0])
    numbers, there = Numbers.known(known), said(known, own["article"].to_numpy(), on)
    made: list[Row] = []
    for row in own.sort_values("number").to_dict("records"):
        number = row["number"] or row["own_number"]
        if not number or numbers.one(request.supplier, number) != row["article"]:
            raise DeclarationError(
                N_("The number {number} does not mean one article alone. Hand in a file for it instead."),
                number=number or "–",
            )
        last = signed.question.base(there.last.get((int(row["article"]), signed.question.list), NOTHING))
        if last.edition != signed.since:
            raise DeclarationError(
                N_("Something else has been answered for {number} meanwhile. Look at the request again."),
                number=number,
            )
        made += rows_for(number, signed.question, last, signed.answer)
    if not made:
        raise DeclarationError(N_("No article was chosen."))
    return name, made


def _read(path: str, rows: Sequence[Row]) -> Declarations:
    """What the file declares, if that is what was meant.

    Raises:
        DeclarationError: it is not.
    """
    made = read_declarations([path])
    there = made.statements.astype(object)
    numbers = made.articles["number"].astype(object).to_numpy()[there["article"].to_numpy(dtype="int64")]
    read = set(zip(numbers, *(there[name] for name in Row._fields[1:]), strict=True))
    wanted = {(it.number, it.list, it.edition, it.answer.value, it.basis) for it in rows}
    if read != wanted or len(made.lines) or len(made.problems):
        raise DeclarationError(
            N_("The answer could not be written so that it says what was meant. Hand in a file instead.")
        )
    return made


def _added(added: Added) -> None:
    if added.status != "added" or added.new_articles:
        raise DeclarationError(
            N_("The answer could not be added: {why}."), why=", ".join([added.status, *added.new_articles])
        )

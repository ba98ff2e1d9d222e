from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import kemkoll
from kemkoll.codes import PROBLEMS, REASONS
from kemkoll.i18n import (
    LANGUAGES,
    Translator,
    catalogue,
    choose_language,
    message_text,
    number_text,
    phrase_text,
    read_catalogue,
    share_text,
    translator,
)
from kemkoll.lists.folder import read_folder
from kemkoll.lists.freshness import UNCONFIRMED, short_licence
from kemkoll.messages import Message, from_text, to_text
from kemkoll.paths import data
from kemkoll.tables import PERCENT, PPB, PPM, WHOLE, Measure

PACKAGE = Path(kemkoll.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
ERRORS = ("KemkollError", "DeclarationError", "ListError", "ProfileError", "StoreError", "ConfigError")
SHOWING = ("echo", "UsageError", "BadParameter", "ClickException", "print", "warning", "indented", "Text")
"""What shows its first argument to a user as it is."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module, with the last part of the name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


def letters(node: ast.expr | None) -> str:
    """The words that a literal has of its own: of a text all, of an f-string what is not filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return " ".join(re.findall(r"[A-Za-z]{3,}", " ".join(texts)))


def in_data() -> set[str]:
    """What the shipped lists say in English and kemkoll shows: reasons, why members are added, acts."""
    said: set[str] = set()
    for path in data("substance_lists").glob("*/list.toml"):
        folder = read_folder(path.parent)
        tables, members = folder.tables, folder.tables["members"]
        said |= {*tables["entries"]["reason"], *members["derived"]}
        said |= {*tables["limits"]["checked"], *tables["derogations"]["checked"]} - {UNCONFIRMED}
        shares = zip(tables["limits"]["measure"], tables["limits"]["limit"], strict=True)
        said |= {limit for measure, limit in shares if measure == Measure.release}
        notes = zip(members["excluded"], members.get("note", members["excluded"]), strict=True)
        said |= {note for excluded, note in notes if excluded and isinstance(note, str)}
        said |= {folder.about["act"], folder.about["publisher"], short_licence(folder.about["licence"])}
    return said - {""}


@lru_cache
def phrases(language: str) -> dict[str, str]:
    """The translated pieces of which the texts of the lists are made."""
    used: dict[str, str] = {}

    class Listening(Translator):
        def __call__(self, sentence: str) -> str:
            said = translator(language)(sentence)
            if said != sentence or sentence in catalogued:
                used[sentence] = sentence
            return said

    catalogued = read_catalogue(catalogue(language))
    for text in in_data():
        phrase_text(text, Listening(language, {}))
    return used


def spoken(language: str = "sv") -> dict[str, str | tuple[str, str]]:
    """Every sentence that kemkoll may say, by its English (singular) form."""
    keywords = dict.fromkeys(("_", "N_")) | dict.fromkeys(("Message", *ERRORS), (1,)) | {"ngettext": (1, 2)}
    found = extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=keywords, strip_comment_tags=True
    )
    in_templates = extract_from_dir(
        data("reports"), method_map=[("**.html", "jinja2")], keywords=keywords, comment_tags=()
    )
    in_pages = extract_from_dir(
        PACKAGE / "web", method_map=[("**.jinja", "jinja2")], keywords=keywords, comment_tags=()
    )
    found = chain(found, in_templates, in_pages)
    sentences = [message for _, _, message, _, _ in found] + [*PROBLEMS.values(), *REASONS.values()]
    said: dict[str, str | tuple[str, str]] = dict(phrases(language))
    said |= {sentence: sentence for sentence in sentences if isinstance(sentence, str)}
    return said | {sentence[0]: sentence for sentence in sentences if not isinstance(sentence, str)}


def places(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{\w+\}", text))


def forms(own: str | Sequence[str]) -> Sequence[str]:
    return [own] if isinstance(own, str) else own


class TestMarks:
    """No sentence escapes translation because somebody forgot to mark it."""

    @pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
    def test_what_is_shown_is_marked(self, path: Path) -> None:
        shown = [(name, node.args[0]) for name, node in calls(path) if name in SHOWING and node.args]
        options = [
            (keyword.arg, keyword.value)
            for _, node in calls(path)
            for keyword in node.keywords
            if keyword.arg in ("help", "epilog", "short_help")
        ]
        bare = [letters(text) for _, text in [*shown, *options] if letters(text)]
        assert set(bare) <= {"kemkoll"}

    @pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
    def test_an_error_keeps_its_sentence_and_its_values_apart(self, path: Path) -> None:
        """An f-string would be another sentence for every file, which nobody can translate."""
        for name, node in calls(path):
            if name not in (*ERRORS, "Message") or not node.args:
                continue
            sentence = node.args[0]
            if not isinstance(sentence, ast.Constant):
                assert isinstance(sentence, (ast.Name, ast.Attribute, ast.Call)), ast.unparse(node)
                continue
            given = {keyword.arg for keyword in node.keywords}
            assert set(re.findall(r"\{(\w+)\}", str(sentence.value))) <= given, ast.unparse(node)


@pytest.mark.parametrize("language", OTHERS)
class TestCatalogue:
    def test_every_sentence_is_translated(self, language: str) -> None:
        assert sorted(spoken().keys() - read_catalogue(catalogue(language)).keys()) == []

    def test_no_translation_is_of_a_sentence_that_nobody_says(self, language: str) -> None:
        assert sorted(read_catalogue(catalogue(language)).keys() - spoken().keys()) == []

    def test_what_is_filled_in_is_the_same_in_both(self, language: str) -> None:
        said = spoken()
        for english, own in read_catalogue(catalogue(language)).items():
            for text, sentence in zip(forms(own), forms(said[english]), strict=False):
                assert places(sentence) == places(text), english

    def test_nothing_is_left_in_english(self, language: str) -> None:
        """What is the same in both languages is a name, a number or a word of both; it is listed here."""
        same = {en for en, own in read_catalogue(catalogue(language)).items() if en == forms(own)[0]}
        assert sorted(same - SAME_IN_BOTH) == []
        assert sorted(SAME_IN_BOTH - same) == []

    def test_sentences_that_count_have_both_forms(self, language: str) -> None:
        own = read_catalogue(catalogue(language))
        for english, sentence in spoken().items():
            assert isinstance(sentence, tuple) == isinstance(own[english], tuple), english

    def test_the_words_of_the_field(self, language: str) -> None:
        _ = translator(language)
        assert _("above the limit") == "över gränsvärdet"
        assert _("exempt by law") == "undantag i lag"


SAME_IN_BOTH = {
    "30 %",
    "CoRAP {day}",
    "{n} problem",
    "Ex.",
    "Format",
    "GTIN",
    "JSON",
    "kg",
    "material",
    "Material",
    "Organisation",
    "Period",
    "Problem",
    "SHA-256",
    "Status",
    "Substitution",
    "US EPA",
    "Version",
    "cancer",
    "kronor",
    "{file}: {said}",
    "{n} MB",
}
"""English and Swedish write these alike."""


def test_no_verdict_is_called_free_from() -> None:
    for sentence, own in read_catalogue(catalogue("sv")).items():
        assert not re.search(r"\bfree (from|of)\b", sentence)
        assert not re.search(r"\bfri(a|tt)? från\b", own if isinstance(own, str) else " ".join(own))


class TestLanguage:
    @pytest.mark.parametrize(
        ("environment", "expected"),
        [
            ({}, "en"),
            ({"LANG": "sv_SE.UTF-8"}, "sv"),
            ({"LANG": "de_DE.UTF-8"}, "en"),
            ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
            ({"LANG": "sv_SE.UTF-8", "KEMKOLL_LANGUAGE": "en"}, "en"),
            ({"LC_ALL": "en_GB.UTF-8", "KEMKOLL_LANGUAGE": "sv"}, "sv"),
        ],
    )
    def test_follows_the_environment(
        self, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("KEMKOLL_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert expected == choose_language()

    def test_what_is_asked_for_goes_before_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KEMKOLL_LANGUAGE", "sv")
        assert choose_language("en") == "en"

    def test_a_language_that_is_not_there_is_english(self) -> None:
        assert translator("fi")("Problems") == "Problems"

    def test_counts(self) -> None:
        for n, expected in ((0, "{n} varor"), (1, "{n} vara"), (2, "{n} varor")):
            assert expected == translator("sv").ngettext("{n} article", "{n} articles", n)
            assert ("{n} article" if n == 1 else "{n} articles") == translator("en").ngettext(
                "{n} article", "{n} articles", n
            )

    def test_a_counting_sentence_can_be_said_plainly(self) -> None:
        assert translator("sv")("{n} article") == "{n} vara"


class TestShares:
    @pytest.mark.parametrize(
        ("low", "high", "expected"),
        [
            (0, 0, "0 %"),
            (0, WHOLE, "0–100 %"),
            (WHOLE, WHOLE, "100 %"),
            (153 * PERCENT // 10, 153 * PERCENT // 10, "15.3 %"),
            (5 * PERCENT, 10 * PERCENT, "5–10 %"),
            (0, 1000 * PPM - 1, "< 0.1 %"),
            (0, 50 * PPM - 1, "< 50 mg/kg"),
            (0, 25 * PPB - 1, "< 0.025 mg/kg"),
            (PERCENT // 10 + 1, WHOLE, "> 0.1 %"),
            (PERCENT + 1, 2 * PERCENT - 1, ">1–<2 %"),
            (99 * PPM, 99 * PPM, "99 mg/kg"),
            (100 * PPM, 100 * PPM, "0.01 %"),
            (1, 1, "0.000001 mg/kg"),
            (641234567890, 641234567891, "64.12–64.13 %"),
        ],
    )
    def test_as_suits(self, low: int, high: int, expected: str) -> None:
        assert expected == share_text(low, high, "en")
        assert expected.replace(".", ",") == share_text(low, high, "sv")

    @pytest.mark.parametrize("limit", [PERCENT // 10, PERCENT // 100, 50 * PPM, 25 * PPB])
    @pytest.mark.parametrize("off", [1, 3, 17, 4321])
    def test_never_rounded_onto_or_across_the_limit(self, limit: int, off: int) -> None:
        for share in (limit - off, limit + off):
            shown = share_text(share, share + 1, "en", limit)
            ends = [float(end) for end in re.findall(r"[\d.]+", shown)]
            value = limit / (PERCENT if shown.endswith("%") else PPM)
            if share > limit:
                assert min(ends) > value, shown
            elif share + 1 < limit:
                assert max(ends) < value, shown

    def test_the_limit_itself_is_the_limit(self) -> None:
        assert share_text(PERCENT // 10, PERCENT // 10, "en", PERCENT // 10) == "0.1 %"


def test_thousands() -> None:
    assert number_text(1234567, "en") == "1,234,567"
    assert number_text(1234567, "sv") == "1 234 567"


def test_no_sentence_is_translated_twice() -> None:
    """Two translations of one sentence: only one of them is ever shown."""
    text = (Path(__file__).parents[1] / "kemkoll/locale/sv/LC_MESSAGES/kemkoll.po").read_text(
        encoding="utf-8"
    )
    starts = re.findall(r'^msgid ((?:"[^\n]*"\n)+)', text, re.MULTILINE)
    assert sorted(starts) == sorted(set(starts))


class TestMessages:
    MESSAGE = Message("{file} cannot be read: {reason}.", file="a.xlsx", reason=Message("it ends too early"))

    def test_a_table_can_hold_it(self) -> None:
        several = Message("{names}: {n}", names=(self.MESSAGE, "b"), n=1234)
        assert from_text(to_text(several)) == several
        assert str(several) == "a.xlsx cannot be read: it ends too early.; b: 1,234"

    def test_what_is_nested_is_translated_too(self) -> None:
        said = message_text(
            Message("Missing: {names}.", names=(Message("row {row}", row="4"), "bly")), translator("sv")
        )
        assert said == "Det som saknas: rad 4; bly."

    def test_numbers_are_written_as_the_language_writes_them(self) -> None:
        sentence = "{file} holds {size} GB, which is more than kemkoll reads. Split it."
        for language, number in (("en", "1,234.5"), ("sv", "1 234,5")):
            assert number in message_text(Message(sentence, file="a", size=1234.5), translator(language))

    def test_braces_in_a_value_are_the_users(self) -> None:
        assert str(Message("{file} is empty.", file="{reason}.xlsx")) == "{reason}.xlsx is empty."

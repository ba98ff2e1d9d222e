from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import kemkoll
from kemkoll.codes import PROBLEMS, REASONS
from kemkoll.i18n import (
    LANGUAGES,
    catalogue,
    choose_language,
    number_text,
    read_catalogue,
    share_text,
    translator,
)
from kemkoll.tables import PERCENT, PPB, PPM, WHOLE

PACKAGE = Path(kemkoll.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]


def spoken() -> dict[str, str | tuple[str, str]]:
    """Every sentence that kemkoll may say, by its English (singular) form."""
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    found = extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=keywords, strip_comment_tags=True
    )
    sentences = [message for _, _, message, _, _ in found] + [*PROBLEMS.values(), *REASONS.values()]
    return {sentence if isinstance(sentence, str) else sentence[0]: sentence for sentence in sentences}


def places(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", OTHERS)
class TestCatalogue:
    def test_every_sentence_is_translated(self, language: str) -> None:
        assert sorted(spoken().keys() - read_catalogue(catalogue(language)).keys()) == []

    def test_no_translation_is_of_a_sentence_that_nobody_says(self, language: str) -> None:
        assert sorted(read_catalogue(catalogue(language)).keys() - spoken().keys()) == []

    def test_what_is_filled_in_is_the_same_in_both(self, language: str) -> None:
        for english, own in read_catalogue(catalogue(language)).items():
            for text in [own] if isinstance(own, str) else own:
                assert places(english) == places(text) or places(spoken()[english][1]) == places(text), (
                    english
                )

    def test_sentences_that_count_have_both_forms(self, language: str) -> None:
        own = read_catalogue(catalogue(language))
        for english, sentence in spoken().items():
            assert isinstance(sentence, tuple) == isinstance(own[english], tuple), english

    def test_the_words_of_the_field(self, language: str) -> None:
        _ = translator(language)
        assert _("above the limit") == "över gränsvärdet"
        assert _("exempt by law") == "undantag i lag"


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

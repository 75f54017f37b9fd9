"""The two catalogues: the same sentences, all of them used, nothing left in the other language."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import sadec_analysis
from sadec_analysis import facts
from sadec_analysis.errors import InputError, SadecError
from sadec_analysis.monthly import open_month
from sadec_analysis.words import load_words

VI, EN = load_words("vi").entries, load_words("en").entries
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def placeholders(sentence):
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name})


def test_both_languages_have_the_same_sentences():
    assert set(VI) == set(EN)


@pytest.mark.parametrize("key", sorted(VI))
def test_a_sentence_takes_the_same_values_in_both_languages(key):
    assert placeholders(VI[key]) == placeholders(EN[key])


def test_english_sentences_hold_no_vietnamese_but_proper_names():
    left = {
        key: text for key, text in EN.items() if VIETNAMESE.search(re.sub(r"766/QĐ-TTg|Sa Đéc", "", text))
    }
    assert left == {}


@pytest.mark.parametrize(
    "key",
    sorted(
        key for key in VI if not key.startswith(("indicator.", "number.", "month_names.", "month_numbers."))
    ),
)
def test_every_sentence_is_used(key):
    folder = Path(sadec_analysis.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    source += "".join(f'"{word}"' for word in re.findall(r"[a-z]+", facts.PLACE_WORDS.pattern))
    last = key.rpartition(".")[2]
    pieces = [last, *(last.split("_", at)[-1] for at in range(1, last.count("_") + 1))]
    assert any(re.search(rf"""["'._@]{re.escape(piece)}["'{{]""", source) for piece in pieces)


def test_every_indicator_of_november_has_its_name(november):
    for indicator, measure in set(
        november.figures[["indicator", "measure"]].itertuples(index=False, name=None)
    ):
        assert f"indicator.{indicator}.{measure}" in VI


def test_a_missing_sentence_or_value_is_our_error():
    words = load_words("vi")
    with pytest.raises(SadecError, match=r"no such sentence .got nowhere"):
        words.text("nowhere")
    with pytest.raises(SadecError, match=r"no value for a placeholder .got limit"):
        words.text("below")


def test_names_are_joined_and_small_numbers_written_as_words():
    words = load_words("vi")
    assert [words.listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A và B",
        "A, B và C",
    ]
    assert [words.count(number) for number in (3, 10, 11, 1064)] == ["ba", "mười", "11", "1.064"]


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match=r"lang: unknown language .got 'fr', expected vi or en"):
        load_words("fr")


def test_the_english_view_writes_english(tmp_path_factory):
    from conftest import copy_tree

    from sadec_analysis import charts
    from sadec_analysis.blocks.html import plain_text
    from sadec_analysis.brief.cover import cover
    from sadec_analysis.monthly import build_month

    root = copy_tree(tmp_path_factory.mktemp("english"))
    build_month("2022-11", root=root)
    view = open_month("2022-11", lang="en", root=root)
    page = " ".join(plain_text(block.as_json()) for block in cover(view))
    assert "Sa Đéc down 11.17 to 37.5 points: graded Weak" in page
    assert "All nine wards and communes fell from Average to Weak" in page
    assert charts.ward_totals(view).title == "All nine wards and communes fell from Average to Weak"

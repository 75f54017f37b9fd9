"""The guides in Vietnamese: in step with the README, with the checks and with the command."""

from __future__ import annotations

import re
import unicodedata

import pytest
import typer
from conftest import REPOSITORY

from sadec_analysis import cli
from sadec_analysis.checks import CHECKS
from sadec_analysis.reading.corrections import read_corrections
from sadec_analysis.words import load_words

GUIDE, README_VI, README = "docs/huong-dan.md", "README.vi.md", "README.md"
DOCUMENTS = [GUIDE, README_VI]
TEXT = {name: (REPOSITORY / name).read_text(encoding="utf-8") for name in (GUIDE, README_VI, README)}
METHOD = (REPOSITORY / "docs" / "method.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A command as typed, in either kind of shell: `sadec`, `.venv/bin/sadec` or `.venv\Scripts\sadec`.
COMMAND = re.compile(r"(?<![\w:-])sadec ([a-z][\w-]*)([^\n`;|]*)")
COMMANDS = typer.main.get_command(cli.app).commands
VI = load_words("vi")


def blocks(text):
    """Fenced blocks: the language, and the lines without comments; of a map only the names before their descriptions."""
    for language, content in FENCE.findall(text):
        lines = [line.partition(" #")[0].rstrip() for line in content.splitlines()]
        yield language, lines if language else [re.split(r"(?<=\S) {2,}", line)[0] for line in lines]


def outside(text):
    """The text without its fenced blocks."""
    return FENCE.sub("", text)


def headings(text):
    return [len(marks) for marks in re.findall(r"^(#+) ", outside(text), re.MULTILINE)]


def table_rows(text):
    """The first cell of each row, where it is code: a file or a command."""
    return [
        re.findall(r"`[^`]+`", line.split(" | ")[0])
        for line in outside(text).splitlines()
        if line.startswith("|")
    ]


def links(text):
    return re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", outside(text))


def anchor(heading):
    """The anchor a heading gets where Markdown is shown as a page."""
    kept = "".join(
        each for each in heading.lower() if each in " -_" or unicodedata.category(each)[0] in "LNM"
    )
    return kept.strip().replace(" ", "-")


def told_checks():
    """Each check of the guide by its code: the cells of its row."""
    for line in TEXT[GUIDE].splitlines():
        found = re.fullmatch(r"\| (.+)<br>`(\w+)` \| (.+?) \| (.+) \| (.+) \|", line)
        if found:
            label, code, *cells = found.groups()
            yield code, label, cells


def severities(code):
    """The severities the method tells of a check, by their names in Vietnamese."""
    section = re.search(rf"^### {code}\n(.*?)(?=^###? )", METHOD, re.MULTILINE | re.DOTALL)[1]
    return {
        VI.text(f"severity.{name.lower()}")
        for name in re.findall(r"\b(error|warning|note)\b", section, re.IGNORECASE)
    }


def commands(text):
    """Each command told: its name and its options."""
    return [(name, re.findall(r"(?<!\S)--[a-z-]+", rest)) for name, rest in COMMAND.findall(text)]


def options(name):
    return {flag for each in COMMANDS[name].params for flag in (*each.opts, *each.secondary_opts)}


def test_both_readmes_show_the_same_blocks_but_for_comments():
    assert list(blocks(TEXT[README_VI])) == list(blocks(TEXT[README]))
    assert len(list(blocks(TEXT[README]))) >= 5


def test_both_readmes_have_the_same_headings_tables_and_links():
    assert headings(TEXT[README_VI]) == headings(TEXT[README])
    assert table_rows(TEXT[README_VI]) == table_rows(TEXT[README])
    own = {README, README_VI}  # each begins with a link to the other
    assert set(links(TEXT[README_VI])) - own == set(links(TEXT[README])) - own
    assert README in links(TEXT[README_VI])
    assert README_VI in links(TEXT[README])


def test_both_readmes_name_the_same_code_in_running_text():
    codes = [set(re.findall(r"`([^`\n]+)`", outside(TEXT[name]))) for name in (README, README_VI)]
    assert codes[0] ^ codes[1] == set()


def test_the_guide_tells_every_check_under_the_name_people_see_and_no_other():
    told = {code: label for code, label, _ in told_checks()}
    assert told == {code: VI.text(f"check.{code}") for code in CHECKS}
    assert len(list(told_checks())) == len(CHECKS)


@pytest.mark.parametrize("code", CHECKS)
def test_the_guide_gives_each_check_its_severities_a_meaning_and_something_to_do(code):
    severity, meaning, remedy = next(cells for name, _, cells in told_checks() if name == code)
    names = {VI.text(f"severity.{each}") for each in ("error", "warning", "note")}
    assert {name for name in names if name in severity} == severities(code)
    assert min(len(meaning), len(remedy)) > 15


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_and_picture_of_a_guide_exists(name):
    for target in links(TEXT[name]):
        path, _, fragment = target.partition("#")
        assert "://" not in target
        assert (REPOSITORY / name).parent.joinpath(path).exists() if path else fragment
        if fragment and not path:
            assert fragment in [
                anchor(each) for each in re.findall(r"^#+ (.+)$", outside(TEXT[name]), re.MULTILINE)
            ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_picture_of_a_guide_is_described_small_and_made_by_the_script(name):
    script = (REPOSITORY / "docs" / "images" / "make.py").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT[name])
    assert pictures
    for description, target in pictures:
        path = (REPOSITORY / name).parent / target
        assert len(description) > 40
        assert path.stat().st_size < 150_000
        assert f'save("{path.stem}"' in script or f'"{path.name}"' in script


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_of_a_guide_exists(name):
    told = commands(TEXT[name])
    assert len(told) > 10
    for command, given in told:
        assert command in COMMANDS
        assert set(given) <= options(command)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_option_a_guide_names_by_itself_belongs_to_some_command(name):
    known = set().union(*map(options, COMMANDS))
    assert set(re.findall(r"`(--[a-z-]+)", TEXT[name])) <= known


def test_the_guide_installs_as_the_readme_does_on_windows():
    windows = [lines for language, lines in blocks(TEXT[README]) if language == "powershell"]
    assert windows
    assert all(lines in [each for _, each in blocks(TEXT[GUIDE])] for lines in windows)


def test_the_guide_quotes_corrections_as_they_are_recorded():
    recorded = (REPOSITORY / "data" / "raw" / "2022-11" / "corrections.toml").read_text(encoding="utf-8")
    quoted = [content for language, content in FENCE.findall(TEXT[GUIDE]) if language == "toml"]
    corrections = [content for content in quoted if content.startswith("[[correction]]")]
    assert corrections
    assert all(content in recorded for content in corrections)


def test_the_guide_shows_a_withholding_as_it_is_read(tmp_path):
    [shown] = [content for _, content in FENCE.findall(TEXT[GUIDE]) if content.startswith("[[withheld]]")]
    path = tmp_path / "corrections.toml"
    path.write_text(shown, encoding="utf-8")
    [withheld] = read_corrections(path).withheld
    assert (withheld.source, withheld.place) == ("bao-cao.docx", "III, line 4")

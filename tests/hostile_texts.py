"""Texts made to hurt, and a month that carries them wherever words come in: names, narrative, corrections, sources."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys

from conftest import REPORT, REPOSITORY, copy_tree

MONTH = "2022-11"
PLACE = "made_to_hurt"
# What each would do where it is taken for more than words; they must be read as words all the same.
VISIBLE = {
    "script": "<script>window.hurt=1</script>",
    "event": '<img src=x onerror="window.hurt=1">',
    "attribute": "\" autofocus onfocus='window.hurt=1' x=\"",
    "style": "</style></title><svg onload=window.hurt=1>",
    "entity": "&lt;b&gt; &#60;i> ]]> <!-- -->",
    "frame": '<iframe src="http://hurt.test/"></iframe>',
    "typst": '#eval("1+1") #read("/etc/passwd") @label <label>',
    "jinja": "{{ 7*7 }} {% include '/etc/passwd' %}",
    "markdown": "[x](javascript:alert(1)) ![x](http://hurt.test/x.png)",
    "address": "http://hurt.test/page",
    "formula": '=HYPERLINK("http://hurt.test","x")',
    "command": "=cmd|' /C calc'!A0",
    "field": "{ DDEAUTO c:\\windows\\calc } «MERGEFIELD»",
    "tex": "$\\frac{1}{0}$ \\input{/etc/passwd} $x_2",
    "path": "../../../etc/passwd",
    "mark": "/*fonts*/ url(#a) </header> id='finding-1'",
}
# Seen by nobody, and able to turn, hide or end what stands beside them.
UNSEEN = {
    "bell": "\x07",
    "escape": "\x1b[2J\x1b[31m",
    "override": "\u202e",
    "isolate": "\u2067",
    "mark of direction": "\u200f",
    "no width": "\u200b",
    "next line": "\x85",
    "separator": "\u2028",
    "letter of a tag": "\U000e0041",
    "no character": "\ufffe",
}
SPOKEN = " ".join([*VISIBLE.values(), *UNSEEN.values()])


def toml(text):
    """A basic string of TOML."""
    quoted = (char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text)
    return f'"{"".join(quoted)}"'


def package(folder):
    """A copy of the package, with a place whose office and units are called so, beside the names the report has."""
    shutil.copytree(
        REPOSITORY / "sadec_analysis",
        folder / "sadec_analysis",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copytree(REPOSITORY / "notebooks", folder / "notebooks")
    places = folder / "sadec_analysis" / "places"
    head, *units = (places / "sa_dec.toml").read_text(encoding="utf-8").split("[[unit]]")
    for key, value in {"id": PLACE, "signer_name": SPOKEN, "signer_title": SPOKEN, "body": SPOKEN}.items():
        head = re.sub(rf"^{key} = .*$", lambda _, key=key, value=value: f"{key} = {toml(value)}", head, flags=re.MULTILINE)  # fmt: skip
    recipients = ", ".join(map(toml, [*VISIBLE.values(), *UNSEEN.values()]))
    head = re.sub(r"^recipients = \[.*?^\]", lambda _: f"recipients = [{recipients}]", head, flags=re.DOTALL | re.MULTILINE)  # fmt: skip
    named = [renamed(unit, list(VISIBLE.values())[at % len(VISIBLE)], at) for at, unit in enumerate(units)]
    (places / f"{PLACE}.toml").write_text("".join([head, *named]), encoding="utf-8")
    return folder


def renamed(unit, text, at):
    """A unit called ``text``, in every form; what the report calls it becomes one of its spellings."""
    name = re.search(r"^name = (.*)$", unit, re.MULTILINE)[1]
    known = re.search(r"^spellings = \[(.*)\]$", unit, re.MULTILINE)
    spellings = f"spellings = [{name}{', ' + known[1] if known else ''}]"
    kept = re.sub(r"^(?:name|short|english|spellings) = .*\n", "", unit, flags=re.MULTILINE)
    called = {"name": f"{text} {at}\u202e", "short": text[:24], "english": f"En {text} {at}"}
    lines = "\n".join(f"{key} = {toml(value)}" for key, value in called.items())
    return f"[[unit]]\n{lines}\n{spellings}{kept}"


def root(folder):
    """The real November with these texts among the office's own words, in its sources and in its corrections."""
    raw = copy_tree(folder) / "data" / "raw" / MONTH
    text = (raw / REPORT).read_text(encoding="utf-8")
    was = hashlib.sha256((raw / REPORT).read_bytes()).hexdigest()
    told = "\n\n".join(
        f"- {name}: {words} hết.\n\n- {name}, từng chữ: {literally(words)} hết."
        for name, words in {**VISIBLE, **UNSEEN}.items()
    )
    at = "- Khẩn trương rà soát"
    assert at in text
    (raw / REPORT).write_text(text.replace(at, f"{told}\n\n{at}"), encoding="utf-8")
    now = hashlib.sha256((raw / REPORT).read_bytes()).hexdigest()
    respoken(raw / "source.toml", ("title", "provided_by", "note"), was, now)
    respoken(raw / "corrections.toml", ("reason", "status", "by"))
    return folder


def literally(words):
    """Words as Markdown writes them so that none of them means anything to it."""
    return re.sub(r"([\\`*_\[\]<>&#!|$~{}])", r"\\\1", words)


def respoken(path, keys, was="", now=""):
    """Give these keys of a file every text there is."""
    text = path.read_text(encoding="utf-8").replace(was, now)
    changed = re.sub(
        rf"^({'|'.join(keys)}) = .*$",
        lambda found: f"{found[1]} = {toml(SPOKEN)}",
        text,
        flags=re.MULTILINE,
    )
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def run(installed, *arguments, cwd=None):
    """The command of a package that lies elsewhere."""
    return subprocess.run(
        [sys.executable, "-m", "sadec_analysis.cli", *map(str, arguments)], capture_output=True, text=True, check=False,
        cwd=cwd or installed, env=os.environ | {"PYTHONPATH": str(installed)},
    )  # fmt: skip

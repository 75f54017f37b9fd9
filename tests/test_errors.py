"""Every error of the package: one base, one sentence, and a test in which it is raised."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

import sadec_analysis
from sadec_analysis.errors import DiedError, InputError, RunError, SadecError
from sadec_analysis.months import Month
from sadec_analysis.reading.workbook.reader import InputProblems

HERE = Path(__file__).parent
PACKAGE = Path(sadec_analysis.__file__).parent


def classes():
    """Names of the exceptions the package defines, and of what each is made from."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    defined = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    bases = {node.name: {base.id for base in node.bases if isinstance(base, ast.Name)} for node in defined}
    found = {"Exception"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found - {"Exception"}


def expected_in(source):
    """Names of the errors that tests of a file wait for."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    waited = [call for call in calls if ast.unparse(call.func) == "pytest.raises"]
    return {node.id for call in waited for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}


def test_every_error_a_user_may_see_is_of_one_family_and_is_raised_in_a_test():
    public = {name for name in classes() if not name.startswith("_")}
    known = [SadecError, InputError, RunError, DiedError, InputProblems]
    assert public == {each.__name__ for each in known}
    assert all(issubclass(each, SadecError) for each in known)
    waited = set().union(*(expected_in(path.read_text(encoding="utf-8")) for path in HERE.glob("test_*.py")))
    assert public <= waited


def test_a_wait_for_an_error_is_seen():
    assert expected_in("with pytest.raises((InputError, OSError)): x()\nfoo(RunError)") == {
        "InputError",
        "OSError",
    }


@pytest.mark.parametrize("kind", [SadecError, InputError, RunError, DiedError])
def test_an_error_is_one_sentence_with_all_its_parts_and_travels_between_processes(kind):
    error = kind("a.md\n, row 3", "no number", got="x\x1b", expected="12,3", remedy="mend it")
    assert str(error) == "a.md , row 3: no number (got x\\u001b, expected 12,3); mend it"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert (type(again), str(again)) == (kind, str(error))


def test_problems_of_a_workbook_are_told_in_one_error():
    error = InputProblems.of(["a: x", "b: y"], Month(2022, 11))
    assert str(error) == "a: x (and 1 more: run sadec check 2022-11)"
    assert error.problems == ("a: x", "b: y")
    assert str(InputProblems.of(["a: x"], Month(2022, 11))) == "a: x"

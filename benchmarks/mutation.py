"""How many small faults put into a module its tests notice: the mutation score, and the faults they miss.

    pip install --target build/mutation mutmut==3.8.1
    PYTHONPATH=build/mutation python benchmarks/mutation.py [sadec_analysis/numerals.py --tests tests/test_numerals.py]

Works in a copy, with the tests and the examples of the modules, which must pass as they are. Prints for each module
its mutants, those killed, survived and stopped for time, and the share noticed; then every survivor: file, line, what
stands there and what the mutant had. Nothing outside functions is mutated, nor texts, nor arguments left out.
"""

import argparse
import ast
import contextlib
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.mutators import mutation_operators
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key as called

MODULES = ["sadec_analysis/scoring", "sadec_analysis/numerals.py", "sadec_analysis/checks"]
TESTS = [f"tests/test_{name}.py" for name in ("scoring", "numerals", "checks", "findings", "golden_findings")]
ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = ("operator_string", "operator_arg_removal")
MISSED = ("survived", "no tests", "not checked")
# pytest escapes accents in the names of tests anew at each collection in one process, and then finds none of them.
SETTINGS = """
[tool.pytest.ini_options]
addopts = "--import-mode=importlib -p no:xdist --hypothesis-profile=ci"
disable_test_id_escaping_and_forfeit_all_rights_to_community_support = true
[tool.mutmut]
source_paths = ["sadec_analysis"]
also_copy = ["data"]
only_mutate = {modules}
pytest_add_cli_args = ["-k", '''{named}''']
pytest_add_cli_args_test_selection = {tests}
timeout_multiplier = 5.0
"""
# pytest would run the examples of every mutant, whichever is looked at.
EXAMPLES = """
import doctest, importlib, pytest
@pytest.mark.parametrize("path", {modules})
def test_examples(path):
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    seen, find = vars(importlib.import_module(name)), doctest.DocTestFinder().find
    own = [each for each in seen.values() if callable(each) and getattr(each, "__module__", "") == name]
    tests = [test for each in own for test in find(each, module=False, globs=seen) if "mutmut" not in test.name]
    assert not any(doctest.DocTestRunner(verbose=False).run(test).failed for test in tests)
"""


def prepare(modules: list[str], tests: list[str], named: str) -> None:
    """Copy what the tests need into the current folder, with settings and a test of examples of its own."""
    shutil.copytree(ROOT, ".", ignore=shutil.ignore_patterns(".*", "build", "outputs"), dirs_exist_ok=True)
    for module in modules:
        open_properties(Path(module))
    Path("tests/test_examples.py").write_text(EXAMPLES.format(modules=modules), encoding="utf-8")
    Path("pyproject.toml").write_text(SETTINGS.format(modules=modules, tests=tests, named=named), "utf-8")


def open_properties(path: Path) -> None:
    """Make the properties of a module at its end: mutmut passes by what is decorated. Lines stay where they are."""
    lines = path.read_text(encoding="utf-8").splitlines()
    classes = [each for each in ast.parse("\n".join(lines)).body if isinstance(each, ast.ClassDef)]
    for owner, method in ((each.name, method) for each in classes for method in each.body):
        kinds = [ast.unparse(each) for each in getattr(method, "decorator_list", [])]
        if isinstance(method, ast.FunctionDef) and kinds in (["property"], ["cached_property"]):
            name = f"{owner}.{method.name}"
            lines[method.decorator_list[0].lineno - 1] = ""
            lines.append(f"{name} = {kinds[0]}({name})")
            lines += [f'{name}.__set_name__({owner}, "{method.name}")'] * (kinds == ["cached_property"])
    path.write_text("\n".join(lines), encoding="utf-8")


def report(modules: list[str]) -> None:
    """Print the score of each module and of all, then the survivors; what stops pytest itself is killed too."""
    told: dict[tuple[str, str], str] = {}
    for module in modules:
        (found := SourceFileMutationData(path=module)).load()
        told |= {(module, name): status_by_exit_code[code] for name, code in found.exit_code_by_key.items()}
    print(f"\n\n{'module':<40} mutants  killed  survived  timeout   share")
    for row in (*modules, "all"):
        counted = Counter(status for (module, _), status in told.items() if row in (module, "all"))
        total, late, missed = counted.total(), counted["timeout"], sum(counted[each] for each in MISSED)
        killed, share = total - missed - late, 1 - missed / (total or 1)
        print(f"{row:<40} {total:>7} {killed:>7} {missed:>9} {late:>8} {share:>7.1%}")
    print(*(_place(*mutant, status) for mutant, status in told.items() if status in MISSED), sep="\n")


def _place(module: str, name: str, status: str) -> str:
    diff = get_diff_for_mutant(name, path=module).splitlines()[2:]
    was, now = ([line[1:].strip() for line in diff if line[0] == mark] for mark in "-+")
    lines = [line.strip() for line in Path(module).read_text(encoding="utf-8").splitlines()]
    start = lines.index(next(line for line in lines if line.startswith(f"def {called(name)[0]}(")))
    return f"{module}:{lines.index(was[0], start) + 1}: {' '.join(was)}\n    -> {' '.join(now)} ({status})"


def _paths(given: list[str]) -> list[str]:
    patterns = [f"{each}/*.py" if (ROOT / each).is_dir() else each for each in given]
    return [path.relative_to(ROOT).as_posix() for each in patterns for path in sorted(ROOT.glob(each))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument("-k", dest="named", default="", help='which tests, as pytest has it: "not november"')
    asked = parser.parse_args()
    mutation_operators[:] = [pair for pair in mutation_operators if pair[1].__name__ not in LEFT_OUT]
    with tempfile.TemporaryDirectory() as copy, contextlib.chdir(copy):
        prepare(_paths(asked.modules), ["tests/test_examples.py", *_paths(asked.tests)], asked.named)
        from mutmut.__main__ import cli  # reads the settings of the folder it is imported in

        cli(["run", "--max-children", "2"], standalone_mode=False)
        report(_paths(asked.modules))

"""Whole or not at all: folders put in place by programs that are killed, held months, disks that take no more."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from conftest import REPOSITORY

from sadec_analysis import placing
from sadec_analysis.errors import InputError
from sadec_analysis.locks import held
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.placing import disk_trouble, staged, swept

RAW = REPOSITORY / "data" / "raw" / "2022-11"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
NOVEMBER = Month.parse("2022-11")
# Puts one version after the other in place, each of many files that say its number, until it is killed.
ENDLESS = """
import itertools, sys
from pathlib import Path
from sadec_analysis import placing
if sys.argv[2] == "in two steps":
    placing._exchanged = lambda *_: False
for number in itertools.count():
    with placing.staged(Path(sys.argv[1])) as folder:
        for name in range(8):
            (folder / str(name)).write_text(str(number))
    print(number, flush=True)
"""


def start(*args, **options):
    return subprocess.Popen(
        [sys.executable, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def versions(folder):
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]


@POSIX
@pytest.mark.parametrize("way", ["exchanged", "in two steps"])
def test_a_program_killed_at_a_random_moment_leaves_a_whole_folder(tmp_path, way):
    target, moments, seen = tmp_path / "month", random.Random(766), set()  # noqa: S311 - moments, no secrets
    for _ in range(100):
        process = start("-c", ENDLESS, target, way)
        process.stdout.readline()
        time.sleep(moments.uniform(0, 0.03))
        process.kill()
        process.communicate()
        if way == "exchanged":  # whole at once; else as soon as the next run begins
            assert len(set(versions(target))) == 1
        swept(target)
        found = versions(target)
        assert len(found) == 8
        assert len(set(found)) == 1
        seen.add(found[0])
        assert names_in(tmp_path) == ["month"]
    assert len(seen) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems exchange folders in two steps")
def test_linux_exchanges_folders_in_one_step(tmp_path, monkeypatch):
    monkeypatch.setattr(placing, "_renamed", lambda *_: pytest.fail("renamed"))
    (tmp_path / "month").mkdir()
    with staged(tmp_path / "month") as folder:
        (folder / "new").touch()
    assert names_in(tmp_path / "month") == ["new"]


@pytest.fixture
def tree(tmp_path):
    shutil.copytree(RAW, tmp_path / "data" / "raw" / "2022-11")
    return Tree.at(tmp_path)


def test_a_month_that_is_held_is_refused_with_who_and_since_when(tree):
    with held(tree, NOVEMBER), pytest.raises(InputError) as refused, held(tree, NOVEMBER):
        pass
    assert f"another run is making it (got {placing_user()}" in str(refused.value)
    assert f"process {os.getpid()}, since 20" in str(refused.value)
    with held(tree, NOVEMBER):  # free again
        pass


def placing_user():
    from sadec_analysis.locks import _self

    return _self()["who"].partition(", ")[0]


def test_other_months_and_units_are_not_held(tree):
    with held(tree, NOVEMBER), held(tree, NOVEMBER.previous()), held(tree.for_unit("H20.902"), NOVEMBER):
        pass


@POSIX
def test_a_dead_holder_holds_nothing(tree):
    hold = "import sys, time; from sadec_analysis.locks import held; from sadec_analysis.paths import Tree; from sadec_analysis.months import Month\nwith held(Tree.at(sys.argv[1]), Month.parse('2022-11')):\n print('held', flush=True); time.sleep(60)"
    process = start("-c", hold, tree.root)
    assert process.stdout.readline() == "held\n"
    with pytest.raises(InputError, match="another run is making it"), held(tree, NOVEMBER):
        pass
    process.kill()
    process.communicate()
    with held(tree, NOVEMBER):
        told = json.loads((tree.root / "data/processed/.locks/2022-11.json").read_text(encoding="utf-8"))
        assert str(os.getpid()) in told["who"]


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A root with November made."""
    root = tmp_path_factory.mktemp("made")
    shutil.copytree(RAW, root / "data" / "raw" / "2022-11")
    assert sadec(root).wait() == 0
    return root


def sadec(root, *more, **options):
    return start("-m", "sadec_analysis.cli", "run", "2022-11", "--root", root, *more, **options)


def names(holder, process):
    """Whether the file beside a lock names a process."""
    return holder.is_file() and f"process {process.pid}" in holder.read_text(encoding="utf-8")


@POSIX
def test_two_runs_of_a_month_at_once_make_it_once(made):
    first = sadec(made, "--force")
    holder = made / "data" / "processed" / ".locks" / "2022-11.json"
    while first.poll() is None and not names(holder, first):  # one that was killed may have left its own
        time.sleep(0.01)
    second = sadec(made, "--force")
    _, error = second.communicate()
    assert second.returncode == 2
    assert f"another run is making it (got {placing_user()}, process {first.pid}, since" in error
    assert first.wait() == 0


@pytest.mark.slow
@POSIX
def test_a_run_killed_at_a_random_moment_leaves_the_month_whole_and_the_next_one_does_well(made):
    before, moments = contents(made / "outputs" / "2022-11"), random.Random(28)  # noqa: S311 - moments, no secrets
    for _ in range(5):
        process = sadec(made, "--force")
        time.sleep(moments.uniform(0.2, 6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        same_but_for_times(contents(made / "outputs" / "2022-11"), before)
    process = sadec(made, "--force")
    assert process.wait() == 0, process.stderr.read()
    same_but_for_times(contents(made / "outputs" / "2022-11"), before)
    for folder in (made / "outputs", made / "data" / "processed"):
        assert [path.name for path in folder.glob(".2022-11.*")] == []


@POSIX
def test_nothing_outlives_a_program_and_its_warm_process_that_are_killed(made):
    process = sadec(made, "--force")
    program, family = psutil.Process(process.pid), []
    while process.poll() is None and len(family) < 3:  # the warm process, a worker and its kernel
        family = program.children(recursive=True)
        time.sleep(0.01)
    (warm,) = program.children()
    for each in (process, warm):
        each.kill()
    assert psutil.wait_procs(family, timeout=15)[1] == []
    process.communicate(timeout=15)


def same_but_for_times(found, expected):
    """Byte for byte; the record tells the seconds a run took."""
    record = Path("run.json")
    assert found.keys() == expected.keys()
    assert {path for path in found if found[path] != expected[path]} <= {record}
    told, before = (json.loads(each[record]) for each in (found, expected))
    assert {**told, "this_run": 0} == {**before, "this_run": 0}


@POSIX
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_lost(made):
    import resource

    before = contents(made / "outputs" / "2022-11")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))  # noqa: E731 - handed on as it is
    uncounted = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    process = sadec(made, "--force", preexec_fn=limit, env=uncounted)  # counts of lines are files as well
    _, error = process.communicate()
    assert process.returncode == 2, error
    assert "cannot be written: File too large; allow larger files, then run again" in error
    assert "Traceback" not in error
    assert contents(made / "outputs" / "2022-11") == before


@pytest.fixture
def disk(tmp_path):
    """A root on a small disk of its own, where one may be mounted."""
    root = tmp_path / "disk"
    root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(root)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    shutil.copytree(RAW, root / "data" / "raw" / "2022-11")
    yield root
    subprocess.run(["umount", "--lazy", str(root)], check=True)


@pytest.mark.slow
def test_a_disk_that_is_full_at_any_point_of_a_run_is_told_and_nothing_is_lost(disk):
    assert sadec(disk).wait() == 0
    report = disk / "outputs" / "2022-11" / "report.docx"
    report.write_bytes(report.read_bytes() + bytes(2_000_000))  # as changed by hand, and kept by the next run
    before, failed = contents(disk / "outputs"), 0
    for left in [0, 300_000, 7_000_000]:
        (disk / "fill").write_bytes(bytes(shutil.disk_usage(disk).free - left))
        process = sadec(disk, "--force")
        _, error = process.communicate()
        (disk / "fill").unlink()
        assert process.returncode in (0, 2), error
        if process.returncode == 0:
            break
        failed += 1
        assert "No space left on device" in error
        assert "free some space, then run again" in error
        assert "Traceback" not in error
        assert contents(disk / "outputs") == before
    assert failed >= 2
    assert sadec(disk, "--force").wait() == 0
    kept = list((disk / "outputs" / "2022-11" / "edited").glob("report-*.docx"))
    assert [path.read_bytes() for path in kept] == [before[report.relative_to(disk / "outputs")]]


@pytest.mark.parametrize("command", [["run", "2022-11", "--force"], ["check", "2022-11"], ["share", "2022-11"], ["new-month", "2022-12"]])  # fmt: skip
def test_a_disk_that_cannot_be_written_is_told_and_nothing_is_lost(disk, command):
    outputs = disk / "outputs" / "2022-11"
    outputs.mkdir(parents=True)
    (outputs / "brief.html").write_text("<p>", encoding="utf-8")
    (outputs / "run.json").write_text("{}", encoding="utf-8")
    before = contents(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    process = start("-m", "sadec_analysis.cli", *command, "--root", disk)
    _, error = process.communicate()
    assert process.returncode == 2, error
    assert error.startswith("sadec: ")
    assert "cannot be written: Read-only file system" in error
    assert error.count("\n") == 1
    assert contents(disk) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_a_disk_says_becomes_the_error_of_what_is_written(tmp_path, number):
    with pytest.raises(InputError, match="month: cannot be written") as raised, staged(tmp_path / "month"):
        raise OSError(number, os.strerror(number))
    assert os.strerror(number) in str(raised.value)
    assert names_in(tmp_path) == []


def test_an_error_that_is_no_disk_s_stays_what_it_is(tmp_path):
    assert disk_trouble(FileNotFoundError(errno.ENOENT, "no such file")) is None
    with pytest.raises(FileNotFoundError), staged(tmp_path / "month"):
        raise FileNotFoundError(errno.ENOENT, "no such file")


def test_outputs_are_verified_against_the_raw_data(tmp_path, made):
    root = shutil.copytree(made, tmp_path / "copy")  # untouched outputs are verified in test_package.py
    brief = root / "outputs" / "2022-11" / "brief.html"
    brief.write_text(brief.read_text(encoding="utf-8").replace("37,5", "73,5"), encoding="utf-8")
    before = contents(root)
    done = verify(root)
    assert done.returncode == 2
    assert [line.split() for line in done.stdout.splitlines()[:2]] == [
        ["✗", "brief.html"],
        ["2022-11/brief.html:", "not", "as", "written"],
    ]
    assert contents(root) == before


def test_what_has_no_outputs_cannot_be_verified(tree):
    done = verify(tree.root)
    assert done.returncode == 2
    assert "2022-11: no outputs to verify; make them with: sadec run 2022-11" in done.stderr


def verify(root):
    process = start("-m", "sadec_analysis.cli", "verify", "2022-11", "--root", root)
    out, error = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, error)


SETTINGS = [
    {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "766", "LANG": "vi_VN.UTF-8"},
]


@pytest.mark.slow
@POSIX
def test_the_same_input_gives_the_same_bytes_whatever_the_settings(tmp_path, made):
    expected = contents(made / "outputs" / "2022-11")
    for at, settings in enumerate(SETTINGS):
        root = tmp_path / str(at)
        shutil.copytree(RAW, root / "data" / "raw" / "2022-11")
        process = sadec(root, "--jobs", at + 1, env=os.environ | settings, cwd=("/", root)[at])
        assert process.wait() == 0, process.stderr.read()
        same_but_for_times(contents(root / "outputs" / "2022-11"), expected)
        tables = [contents(each / "data" / "processed" / "2022-11") for each in (root, made)]
        assert tables[0] == tables[1]

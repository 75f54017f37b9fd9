"""Phone numbers, identity numbers and addresses of people: refused where they would be published, told without being shown."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from conftest import REPORT
from unpacked import unpacked

from sadec_analysis import monthly
from sadec_analysis.cli import main
from sadec_analysis.errors import InputError
from sadec_analysis.monthly import build_month, open_month
from sadec_analysis.monthly.guard import require_impersonal
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.personal import allowed_by, kinds_in, masked
from sadec_analysis.places import load_place
from sadec_analysis.running.month import run_month
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.sharing.archive import share
from sadec_analysis.words import load_words

PHONES = [
    "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84912345678", "+84 912 345 678", "(0277) 3851 234", "0277.3851.234",
    "02773851234", "ĐT:0987654321",
]  # fmt: skip
IDENTITIES = [
    "079123456789",
    "số 087203001234 cấp",
    "CMND số 341234567",
    "CCCD: 341234567",
    "CMTND 341234567",
    "CCCD079123456789",
    "cccd079123456789",
    "cmnd 341234567",
    "số079123456789",
]
ADDRESSES = ["a.b@example.com", "VP_1@sadec.dongthap.gov.vn", "x+y@a-b.vn"]
PLAIN = [
    "1.064 hồ sơ, 61,54%", "000.27.36.H20", "Quyết định 766/QĐ-TTg", "0,912345678901", "2022-11", "37,5/100", "766", "H20.902-221103-0001",
    "12345678", "1.234.567.890", "0123456789", "00912345678", "sha a0123456789012b", "@", "a@b", "trang 079 123", "35 12 100 20 30 40 50",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("a phone number", each) for each in PHONES), *(("an identity number", each) for each in IDENTITIES),
        *(("an e-mail address", each) for each in ADDRESSES),
    ],
)  # fmt: skip
def test_what_names_a_person_is_seen_and_can_be_left_out(kind, text):
    told = f"liên hệ {text}, trước thứ sáu"
    assert kinds_in(told) == [kind]
    assert kinds_in(masked(told)) == []
    assert masked(told).startswith("liên hệ ")
    assert masked(told).endswith(", trước thứ sáu")
    assert kinds_in(told, allowed_by([text])) == []


@pytest.mark.parametrize("text", PLAIN)
def test_figures_and_codes_are_not(text):
    assert kinds_in(text) == []
    assert masked(text) == text


def test_what_is_allowed_is_so_however_it_is_spaced():
    allowed = allowed_by(["Văn phòng: (0277) 3851 234", "VP@SADEC.VN"])
    assert kinds_in("02773851234 hoặc vp@sadec.vn", allowed) == []
    assert kinds_in("02773851235 hoặc vp2@sadec.vn", allowed) == ["an e-mail address", "a phone number"]


SAID = "- Khẩn trương rà soát"
SECRETS = ["0912 345 678", "079123456789", "ba.nguyen@example.com"]


def folder(tree):
    return tree / "data" / "raw" / "2022-11"


def place_of_the_words(tree):
    """Where the office's words with something personal stand, as the error names it."""
    with pytest.raises(InputError) as error:
        build_month("2022-11", root=tree)
    return str(error.value).split(f"{REPORT}, ")[1].split(": holds")[0]


@pytest.mark.parametrize("secret", SECRETS)
def test_the_office_s_words_are_refused_before_anything_is_written_and_the_secret_is_not_told(
    edit, monkeypatch, capsys, secret
):
    tree = edit(SAID, f"- Gọi {secret}. Khẩn trương rà soát")
    monkeypatch.setattr("sys.argv", ["sadec", "run", "2022-11", "--root", str(tree)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert "holds what looks like" in said.err + said.out
    assert f"{REPORT}, III" in said.err + said.out
    assert not any(part in said.err + said.out for part in (secret, secret.replace(" ", ""), secret[:6]))
    written = [
        path for top in ("outputs", "data/processed") for path in (tree / top).rglob("*") if path.is_file()
    ]
    assert [path for path in written if ".locks" not in path.parts] == []


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    ("name", "key"),
    [("source.toml", "note"), ("source.toml", "provided_by"), ("corrections.toml", "reason"), ("corrections.toml", "by")],
)  # fmt: skip
def test_so_are_sources_and_corrections(tree, name, key, secret):
    path = folder(tree) / name
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
    lines[at] = f'{key} = "hỏi {secret}"'
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=rf"{key}: holds what looks like .*; leave it out with") as error:
        build_month("2022-11", root=tree)
    assert secret not in str(error.value)
    assert not (tree / "data" / "processed" / "2022-11").exists()


def withhold(tree, place, source=REPORT):
    path = folder(tree) / "corrections.toml"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    entry = f'\n[[withheld]]\nsource = "{source}"\nplace = "{place}"\nreason = "số của người dân"\nby = "Văn phòng"\n'
    path.write_text(before + entry, encoding="utf-8")


@pytest.mark.slow
def test_a_recorded_withholding_leaves_it_out_of_everything_and_is_told(edit):
    tree = edit(SAID, f"- Gọi {SECRETS[0]} hoặc {SECRETS[2]}. Khẩn trương rà soát", corrections=True)
    withhold(tree, place_of_the_words(tree))
    outputs = run_month(Parameters.checked("2022-11", root=tree), 2)
    page = (outputs / "brief.html").read_text(encoding="utf-8")
    assert "Gọi […] hoặc […]. Khẩn trương" in page
    assert "Thông tin cá nhân đã lược" in page
    assert "số của người dân" in page
    share([Month(2022, 11)], Tree.at(tree), load_words("vi"))
    tops = [tree / "outputs", tree / "data" / "processed"]
    for path in (path for top in tops for path in top.rglob("*") if path.is_file()):
        held = unpacked(path.name, path.read_bytes())
        for secret in SECRETS:
            assert not any(form.encode() in held for form in (secret, secret.replace(" ", ""))), path.name


def test_a_withholding_of_nothing_is_refused(tree):
    withhold(tree, "III, line 1")
    with pytest.raises(
        InputError, match="nothing personal stands there to be withheld; check source and place"
    ):
        build_month("2022-11", root=tree)


def test_what_the_place_file_names_may_be_published(edit, monkeypatch):
    tree = edit(SAID, "- Liên hệ (0277) 3851 234. Khẩn trương rà soát")
    with pytest.raises(InputError, match="a phone number"):
        build_month("2022-11", root=tree)
    own = replace(load_place("sa_dec"), contacts=("ĐT: 0277 3851 234",))
    monkeypatch.setattr(monthly.files, "place_in", lambda *_: own)
    build_month("2022-11", root=tree)
    assert "3851 234" in str(open_month("2022-11", root=tree).documents["passages"])


def test_the_signer_and_the_recipients_may_be_published():
    place = load_place("sa_dec")
    letterhead = replace(place.letterhead, signer_name="Nguyễn Văn A, 0912345678")
    allowed = allowed_by(replace(place, letterhead=letterhead, recipients=("b@example.com",)).texts)
    assert kinds_in("0912.345.678, b@example.com", allowed) == []


def test_a_table_is_looked_at_too(november):
    documents = json.loads(json.dumps(november.documents, default=str))
    require_impersonal(documents, [november.figures], november.place)
    table = november.figures.assign(printed="0912345678")
    with pytest.raises(InputError, match="a table's printed: holds what looks like a phone number"):
        require_impersonal(documents, [table], november.place)


def test_the_trouble_of_an_earlier_month_is_told_without_it(tree):
    earlier = tree / "data" / "raw" / "2022-10"
    earlier.mkdir()
    (earlier / "b.md").write_text("x", encoding="utf-8")
    told = hashlib.sha256(b"x").hexdigest()
    (earlier / "source.toml").write_text(
        f'[[file]]\nname = "b.md"\nkind = "report"\ntitle = "t"\nprovided_by = "p"\nreceived = 2022-11-01\ndata = "real"\nsha256 = "{told}"\n"ba@example.com" = 1\n',
        encoding="utf-8",
    )
    build_month("2022-11", root=tree)
    [past] = open_month("2022-11", root=tree).documents["past"]
    assert "unknown key" in past["trouble"]
    assert "example.com" not in past["trouble"]

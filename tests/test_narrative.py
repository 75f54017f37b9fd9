"""The office's own words."""

from __future__ import annotations

from sadec_analysis.monthly import build_month, open_month

CRITERIA = ("transparency", "progress", "online_service", "online_payment", "satisfaction", "digitisation")


def topics(view, topic):
    return [passage["criterion"] for passage in view.documents["passages"] if passage["topic"] == topic]


def test_november_has_causes_for_six_criteria_and_remedies_for_five(november):
    assert tuple(topics(november, "causes")) == CRITERIA
    assert tuple(topics(november, "remedies")) == (*CRITERIA[1:], "digitisation")
    assert len(topics(november, "requests")) == 2


def test_words_are_the_offices_own_and_end_before_the_signature(november):
    texts = " ".join(passage["text"] for passage in november.documents["passages"])
    assert "mà được thống kê cộng dồn từ năm 2021 đến nay" in texts
    assert "Hạ tầng mạng, chứng thư số, máy scan" in texts
    assert "Nơi nhận" not in texts
    assert "Trên đây là" not in texts


def test_scanning_errors_are_repaired_from_the_place_file_and_told(november):
    texts = " ".join(passage["text"] for passage in november.documents["passages"])
    assert "Bru" not in texts
    assert "nhân viên Bưu điện" in texts
    assert {(row["place"], row["wrong"]) for row in november.documents["repairs"]} == {
        ("II.4.2, line 1", "Bru điện"), ("III.2, line 1", "Bru chính"),
    }  # fmt: skip


def test_a_narrative_file_speaks_when_the_report_does_not(edit):
    root = edit("2.2 Nguyên nhân", "2.2 Bối cảnh")
    raw = root / "data" / "raw" / "2022-11"
    report = raw / "bao-cao-2022-11.md"
    text = report.read_text(encoding="utf-8").replace("Nguyên nhân", "Bối cảnh")
    _receive(raw, text[: text.index("III. GIẢI PHÁP")])
    narrative = "II. CHỈ SỐ\n\n2. Tiến độ giải quyết\n\n2.1 Nguyên nhân\n\nThiếu người.\n\nIII. GIẢI PHÁP\n\n1. Tiến độ giải quyết\n\nThêm người."
    (raw / "narrative.md").write_text(narrative, encoding="utf-8")
    build_month("2022-11", root=root)
    passages = open_month("2022-11", root=root).documents["passages"]
    assert [(p["topic"], p["criterion"], p["text"], p["source"]) for p in passages] == [
        ("causes", "progress", "Thiếu người.", "narrative.md"), ("remedies", "progress", "Thêm người.", "narrative.md"),
    ]  # fmt: skip


def _receive(raw, text):
    import hashlib

    report, source = raw / "bao-cao-2022-11.md", raw / "source.toml"
    was = hashlib.sha256(report.read_bytes()).hexdigest()
    report.write_text(text, encoding="utf-8")
    now = hashlib.sha256(report.read_bytes()).hexdigest()
    source.write_text(source.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")


def test_causes_told_under_a_label_are_found(edit):
    root = edit("2.2 Nguyên nhân", "- Nguyên nhân: thiếu người.")
    build_month("2022-11", root=root)
    passages = open_month("2022-11", root=root).documents["passages"]
    causes = [p["text"] for p in passages if (p["topic"], p["criterion"]) == ("causes", "progress")]
    assert causes[0] == "thiếu người."


def test_a_month_without_a_report_has_its_narrative_and_unknown_figures(tree):
    from sadec_analysis.blocks.html import plain_text
    from sadec_analysis.brief import closing, cover, results

    raw = tree / "data" / "raw" / "2022-11"
    for name in ("bao-cao-2022-11.md", "corrections.toml"):
        (raw / name).unlink()
    (raw / "source.toml").write_text("", encoding="utf-8")
    narrative = "III. GIẢI PHÁP\n\n1. Tiến độ giải quyết\n\nThêm người.\n\nIV. KIẾN NGHỊ\n\nXin hỗ trợ."
    (raw / "narrative.md").write_text(narrative, encoding="utf-8")
    build_month("2022-11", root=tree)
    view = open_month("2022-11", root=tree)
    parts = (
        cover.cover,
        results.results,
        results.components,
        closing.remedies,
        closing.requests,
        closing.findings,
    )
    text = " ".join(plain_text(block.as_json()) for part in parts for block in part(view))
    assert "chưa có tổng điểm tháng 11 năm 2022" in text
    assert "Thêm người." in text
    assert "Xin hỗ trợ." in text


def test_a_month_with_neither_report_nor_narrative_is_refused(tree):
    import pytest

    from sadec_analysis.errors import InputError

    (tree / "data" / "raw" / "2022-11" / "source.toml").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="names no source"):
        build_month("2022-11", root=tree)


def test_words_under_an_unknown_heading_are_told_as_unread(tree):
    raw = tree / "data" / "raw" / "2022-11"
    narrative = "II. NHÓM CHỈ SỐ\n\n1. Công khai, minh bạch\n\n1.1. Lý do\n\nThiếu người nhập liệu.\n\nIV. KIẾN NGHỊ\n\nXin hỗ trợ."
    (raw / "narrative.md").write_text(narrative, encoding="utf-8")
    build_month("2022-11", root=tree)
    unread = open_month("2022-11", root=tree).documents["unread"]
    assert [(each["source"], each["text"]) for each in unread] == [("narrative.md", "Thiếu người nhập liệu.")]


def test_an_empty_template_leaves_nothing_unread(tree):
    from sadec_analysis.intake.templates import narrative
    from sadec_analysis.months import Month
    from sadec_analysis.rulebook import load_rulebook

    raw = tree / "data" / "raw" / "2022-11"
    raw.joinpath("narrative.md").write_text(
        narrative("tháng 11", load_rulebook(Month(2022, 11))), encoding="utf-8"
    )
    build_month("2022-11", root=tree)
    assert open_month("2022-11", root=tree).documents["unread"] == []

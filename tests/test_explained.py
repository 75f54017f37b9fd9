"""Why the points changed, as readers see it: exact where both months are known, limits and named assumptions where not."""

from __future__ import annotations

import pytest
from responses import new_form, row, write

from sadec_analysis import charts
from sadec_analysis.blocks import Chart, Note
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief.change import explained
from sadec_analysis.brief.cover import cover
from sadec_analysis.brief.results import results
from sadec_analysis.intake.filing import Provenance, file_source
from sadec_analysis.monthly import build_month, open_month

BEFORE = {"CKMB": 9.51, "TDGQ": 17.45, "CLGQ": 9.55, "TTTT": 5.0, "MDHL": 16.16, "MDSH": 11.88}


def told(blocks):
    return " ".join(plain_text(block.as_json()) for block in blocks)


def month_of(root, rows):
    """August 2026 of the ward of Sa Đéc, made up, from one row of the portal for each month."""
    (root / "data" / "raw").mkdir(parents=True)
    for month, each in rows.items():
        response = new_form(each, overview={"totalScore": each["totalScore"]})
        source = Provenance.checked("Phản hồi", "thử", "2026-09-01", "synthetic")
        file_source(write(root, response, f"{month}.json"), month, source, place="phuong_sa_dec", root=root)
    build_month("2026-08", "phuong_sa_dec", root)
    return open_month("2026-08", "phuong_sa_dec", root=root)


@pytest.fixture(scope="module")
def two_months(tmp_path_factory):
    """July and August: every criterion known in both."""
    july = row(totalScore=69.55, scoreDelta=0.1, groupScores=BEFORE)
    return month_of(
        tmp_path_factory.mktemp("two"), {"2026-07": july, "2026-08": row(totalScore=66.13, scoreDelta=-3.42)}
    )


def test_all_parts_are_told_with_their_sizes_and_add_up(two_months):
    page = told(explained(two_months))
    assert "tổng điểm thay đổi −3,42 điểm" in page
    assert (
        "Công khai, minh bạch −2; Số hóa hồ sơ −1,03; Thanh toán trực tuyến −0,89; "
        "Dịch vụ công trực tuyến 0; Mức độ hài lòng 0; Tiến độ giải quyết +0,5" in page
    )
    found = two_months.known.change(two_months.month, two_months.place.city.code, two_months.rulebook)
    assert found.residual == 0


def test_the_waterfall_goes_from_one_total_to_the_next(two_months):
    chart = charts.change(two_months)
    assert chart.title == "Công khai, minh bạch giảm nhiều nhất, 2,00 điểm; tổng điểm giảm 3,42 điểm"
    texts = [
        text
        for text in ("tháng 7/2026", "69,55", "▼ 2,00", "▲ 0,50", "66,13", "tháng 8/2026")
        if text in chart.svg
    ]
    assert len(texts) == 6
    assert "Tổng lệch các phần" not in chart.svg


def test_what_is_known_of_both_months_is_not_said_to_be_unknown(two_months):
    assert "không có trong nguồn, nên chưa thể nói tiêu chí nào" not in told(cover(two_months))


def test_a_brief_that_uses_made_up_months_before_says_so(two_months):
    assert "DỮ LIỆU MINH HỌA" in charts.change(two_months).source


def test_november_says_its_limits_and_draws_them_open(november):
    blocks = explained(november)
    page = told(blocks)
    assert "Công khai, minh bạch (tháng này 0,0 5 10 /18) có thể góp từ −18 đến 0 điểm" in page
    assert "năm tiêu chí còn lại cộng lại góp từ −11,17 đến +6,83 điểm" in page
    assert "mỗi tiêu chí khác góp nhiều nhất 5,3 đến 8,3 điểm" in page
    (chart,) = [block for block in blocks if isinstance(block, Chart)]
    assert chart.title == "Chỉ công khai, minh bạch hoặc số hóa hồ sơ có thể một mình kéo giảm 11,17 điểm"
    assert chart.svg.count("url(#") >= 6  # every bar hatched
    cells = {row[0][0]: [str(cell[0]) for cell in row[1:]] for row in chart.data.rows}
    assert cells["Công khai, minh bạch"] == ["0 đến 18", "0", "−18 đến 0", "−11,17 đến +6,83"]


def test_an_assumption_is_called_one_and_stands_apart(november):
    (note, *_) = [block for block in explained(november) if isinstance(block, Note)]
    assert note.label == "Giả định, không phải số liệu."
    assert "bằng mức cả năm 14,1 /18, tiêu chí này góp −14,1 điểm và các tiêu chí còn lại +2,93 điểm" in told(
        [note]
    )


def test_what_cannot_be_told_by_ward_is_said_to_be_unknown(november):
    assert "chưa tính được mỗi nơi góp bao nhiêu vào thay đổi của thành phố" in told(explained(november))


def test_the_first_page_tells_the_limits(november):
    assert "có thể góp từ −18 đến 0 điểm" in told(cover(november))


def test_a_month_without_a_total_before_it_is_not_explained_and_the_chart_says_why(tmp_path):
    view = month_of(tmp_path, {"2026-08": row(scoreDelta=None)})
    assert explained(view) == []
    assert "Vì sao điểm thay đổi" not in told(results(view))
    assert "Chưa có tổng điểm tháng 7 năm 2026 theo cùng bộ quy tắc" in told([charts.change(view)])

"""What is planted in the made-up year: causes that move points, and contradictions in what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sadec_analysis.words import Bilingual

OFFICE = "office"  # what the city handles itself
P1, P2, P3, P4, AN_HOA, QUY_DONG, KHANH_DONG, PHU_DONG, QUY_TAY = (
    f"000.{number}.36.H20" for number in range(21, 30)
)
CITY = "000.00.36.H20"
EVERYWHERE = (P1, P2, P3, P4, AN_HOA, QUY_DONG, KHANH_DONG, PHU_DONG, QUY_TAY, OFFICE)


@dataclass(frozen=True)
class Cause:
    """Something that happens from month ``first`` to the month before ``end`` (0: to the end of the year).

    ``levels`` are new rates by rule, ``volume`` multiplies the dossiers of ``units``; ``moves`` names the
    sub-indicators that move points, the first of them most.
    """

    first: int
    end: int
    units: tuple[str, ...]
    moves: tuple[str, ...]
    through: str
    why: Bilingual
    levels: Mapping[str, float] = field(default_factory=dict)
    volume: float = 1
    announces: bool = True

    def holds_in(self, month: int) -> bool:
        """Whether it is at work in a month of the year; month 0 is the December before."""
        return self.first <= month and not 0 < self.end <= month


@dataclass(frozen=True)
class Contradiction:
    """One number misprinted in a month's response; ``check`` is the check that must find it."""

    month: int
    unit: str
    key: str  # totalScore, scoreDelta, a criterion's code, or "rule part" such as "4.1 score"
    by: float
    check: str
    why: Bilingual


CAUSES = (
    Cause(
        3, 4, EVERYWHERE, ("transparency.announced_on_time", "transparency.published_on_time"), "nothing_due",
        Bilingual("không công bố thủ tục nào trong tháng", "no procedure announced in the month"), announces=False,
    ),
    Cause(
        5, 6, (P1, P3, QUY_DONG), ("progress.on_time",), "rate",
        Bilingual("hồ sơ đất đai tồn đọng ở ba phường", "a backlog of land dossiers in three wards"), {"2.1": 0.5},
    ),
    Cause(
        8, 9, (PHU_DONG,), ("progress.on_time",), "mix",
        Bilingual("hồ sơ dồn về một xã giải quyết chậm, tỷ lệ của từng nơi không đổi", "dossiers pile up in one slow commune, every rate stays"),
        volume=5,
    ),
    Cause(
        9, 0, (OFFICE,), ("satisfaction.feedback_satisfied",), "rate",
        Bilingual("phản ánh gửi về thành phố không được giải quyết thỏa đáng", "feedback to the city is not settled to satisfaction"),
        {"5.3": 0.35},
    ),
    Cause(
        10, 11, EVERYWHERE, ("online_payment.paid_online", "online_payment.procedures_paid_online"), "rate",
        Bilingual("cổng thanh toán ngừng hoạt động", "the payment gateway is down"), {"3.6": 0, "3.5b": 0},
    ),
    Cause(
        11, 0, (P2, KHANH_DONG), ("digitisation.digitised",), "rate",
        Bilingual("máy quét hỏng ở hai nơi", "scanners out of order in two units"), {"4.2": 0.2},
    ),
)  # fmt: skip
CONTRADICTIONS = (
    Contradiction(2, P2, "MDSH", 1.2, "parts_total", Bilingual("điểm số hóa gõ sai", "digitisation points misprinted")),
    Contradiction(4, P4, "scoreDelta", -0.9, "change_previous", Bilingual("mức tăng giảm gõ sai", "change misprinted")),
    Contradiction(6, AN_HOA, "4.1 score", 0.5, "points_counts", Bilingual("điểm 4.1 gõ sai", "points of 4.1 misprinted")),
    Contradiction(7, P4, "2.1 ratio", 3, "rate_counts", Bilingual("tỷ lệ đúng hạn gõ sai", "rate on time misprinted")),
    Contradiction(9, P1, "2.1 numerator", 20, "sources_differ", Bilingual("số đúng hạn khác danh sách hồ sơ", "dossiers on time differ from the list")),
    Contradiction(12, QUY_DONG, "totalScore", 2, "parts_total", Bilingual("tổng điểm gõ sai", "total misprinted")),
)  # fmt: skip


def at_work(month: int, causes: Iterable[Cause] = CAUSES) -> list[Cause]:
    """The causes at work in a month of the year."""
    return [each for each in causes if each.holds_in(month)]

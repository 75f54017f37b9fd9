"""The text files of a new month: valid as they are, with examples in their comments."""

from __future__ import annotations

from sadec_analysis.monthly import DEFAULT_PLACE
from sadec_analysis.months import Month
from sadec_analysis.places import Place
from sadec_analysis.rulebook import Rulebook

_SOURCE = """\
# Các tệp của tháng: mỗi tệp một mục [[file]].
# Bảng figures.xlsx còn đang nhập nên chưa có sha256.
# Thêm tệp khác (báo cáo, phản hồi của Cổng, danh sách hồ sơ) bằng lệnh:
#   sadec import TỆP --month {month} --from "UBND ..."
# Lệnh ấy chép tệp vào đây và ghi một mục như sau:
#   [[file]]
#   name = "bao-cao.docx"        # tên tệp trong thư mục này
#   kind = "report"              # report: báo cáo; workbook: bảng nhập; portal: phản hồi của Cổng; dossiers: danh sách hồ sơ
#   title = "Báo cáo kết quả đánh giá Bộ chỉ số"
#   provided_by = "UBND ..."     # cơ quan cung cấp
#   received = 2022-12-05        # ngày nhận
#   data = "real"                # real: số liệu thật; synthetic: số liệu minh họa
#   sha256 = "..."               # dấu vân tay của tệp, do lệnh ghi

"""
CORRECTIONS = """\
# Đính chính: khi một số in sai hoặc in hai giá trị khác nhau, ghi số nào được dùng và vì sao.
# Tệp nhận được giữ nguyên. Chưa có đính chính nào thì để nguyên tệp này.
# Ví dụ (bỏ dấu # ở đầu dòng rồi sửa lại):
#
# [[correction]]
# source = "figures.xlsx"                                  # tệp có số cần đính chính
# place = "sheet Tiến độ giải quyết, row 6, column C"      # nơi số ấy đứng: trang, dòng, cột
# indicator = "progress"                                   # tên chỉ số, như trong tables/figures.csv
# printed = "10,6"                                         # số đang ghi
# used = "12,3"                                            # số được dùng
# reason = "61,54% x 20 = 12,308"                          # lý do
# status = "chờ cơ quan xác nhận"                          # tình trạng
# by = "Nguyễn Văn A, Văn phòng HĐND và UBND"              # người đề nghị
#
# Số điện thoại, số định danh, thư điện tử của người dân trong lời văn của nguồn thì không được công bố:
# ghi chỗ ấy ở đây, bản tóm tắt và báo cáo sẽ để […] thay cho các số đó.
#
# [[withheld]]
# source = "bao-cao.docx"                                  # tệp có lời văn ấy
# place = "III, line 4"                                    # chỗ ấy, như thông báo của lệnh ghi
# reason = "số điện thoại của người nộp hồ sơ"             # vì sao lược
# by = "Nguyễn Văn A, Văn phòng HĐND và UBND"              # người lược
"""
_NARRATIVE = """\
<!--
Phần chữ của báo cáo {month_name}: nguyên nhân (II), giải pháp (III), kiến nghị (IV).
Viết mỗi đoạn dưới đề mục của nó, trước và sau mỗi đoạn chừa một dòng trống; giữ nguyên các đề mục.
Đề mục không có gì để viết thì để trống. Phần nằm giữa hai dấu như ở đây là lời chỉ dẫn, không đưa vào báo cáo.
-->

II. NHÓM CHỈ SỐ THÀNH PHẦN

{causes}III. GIẢI PHÁP KHẮC PHỤC, NÂNG CAO CÁC CHỈ SỐ

{remedies}IV. ĐỀ XUẤT, KIẾN NGHỊ

<!-- Ví dụ: Đề nghị Tỉnh tổ chức tập huấn về thanh toán trực tuyến cho cán bộ, công chức. -->
"""
_CAUSE = "<!-- Ví dụ: Nhân viên tại Bộ phận Một cửa thường xuyên thay đổi nên việc hướng dẫn người dân chưa hiệu quả. -->"
_REMEDY = (
    "<!-- Ví dụ: Chỉ đạo các đơn vị theo dõi, luân chuyển kịp thời hồ sơ, không để quá hạn trong nội bộ. -->"
)


def arguments(month: Month | str, place: str) -> str:
    """Return what follows a command for the month of a place: ``2022-12``, ``2026-09 --place phuong_sa_dec``."""
    return str(month) if place == DEFAULT_PLACE else f"{month} --place {place}"


def source(month: Month, place: Place, files: str) -> str:
    """``source.toml`` with the entries ``files``, and how to add others."""
    return _SOURCE.format(month=arguments(month, place.id)) + files


def narrative(month_name: str, rulebook: Rulebook) -> str:
    """``narrative.md``: a heading for the causes and one for the remedies of each criterion, and one for requests."""
    causes, remedies = [], []
    for number, criterion in enumerate(rulebook.criterion, 1):
        title = f"{number}. {criterion.name_vi}\n\n"
        causes.append(f"{title}{number}.1. Nguyên nhân\n\n{_CAUSE if number == 1 else ''}".rstrip() + "\n\n")
        remedies.append(f"{title}{_REMEDY if number == 1 else ''}".rstrip() + "\n\n")
    return _NARRATIVE.format(month_name=month_name, causes="".join(causes), remedies="".join(remedies))

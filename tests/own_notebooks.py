"""An analyst's own notebook, with everything such notebooks hold, already executed."""

from __future__ import annotations

import base64
import io

import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from sadec_analysis.blocks import MIME, Text, spans


def png(width: int = 320, height: int = 120, kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#0b4f7d").save(stream, kind)
    return stream.getvalue()


def text64(content: bytes) -> str:
    return base64.b64encode(content).decode()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="60" viewBox="0 0 240 60"><rect width="240" height="60" fill="#fdf0de"/><circle cx="40" cy="30" r="20" fill="#b93c0a"/></svg>'
FRAME = pd.DataFrame(
    {("Hồ sơ", "đúng hạn"): [1064, 980], ("Hồ sơ", "quá hạn"): [44, 12], ("Tỷ lệ", "%"): [96.03, 98.79]},
    index=pd.MultiIndex.from_tuples(
        [("Sa Đéc", "10/2022"), ("Sa Đéc", "11/2022")], names=["đơn vị", "tháng"]
    ),
)
MARKDOWN = r"""# Hồ sơ quá hạn của Sa Đéc

Tỷ lệ đúng hạn là $r = \frac{d}{n}$, với **n** hồ sơ *đã giải quyết*, xem `DOMAIN` và [Quyết định 766](https://example.gov.vn/766).

$$
\sigma = \sqrt{\frac{1}{n}\sum_{i=1}^{n}(x_i-\bar{x})^2}
$$

### Việc phải làm

1. đối chiếu sổ
   - theo phường
   - theo lĩnh vực
2. gọi công dân

> Không đoán khi chưa có số liệu.

| phường | hồ sơ |
|---|---:|
| An Hòa | 116 |
| Tân Quy Tây | 98 |

![Ảnh đính kèm](attachment:anh.png)

\begin{align} a &= b + c \\ d &= e \end{align}
"""
LONG = "ket_qua = [" + ", ".join(f"'phuong_{at}'" for at in range(60)) + "]"
CODE = f'import pandas as pd\n\n# đọc bảng, bỏ dòng trống\ntable = pd.read_csv("figures.csv").dropna()\n{LONG}\n\n\ndef rate(done: int, due: int) -> float:\n    """Tỷ lệ."""\n    return done / due if due else float("nan")'


def rich_notebook() -> NotebookNode:
    """One of each: text, formulas, lists, tables, pictures, code, long output, an error, a block of the suite."""
    attached = {"anh.png": {"image/png": text64(png())}}
    outputs = [
        new_output("stream", name="stdout", text="\x1b[31mđỏ\x1b[0m và thường\n"),
        new_output("execute_result", data={"text/html": FRAME.to_html(), "text/plain": str(FRAME)}),
        new_output("display_data", data={"image/png": text64(png(900, 300)), "text/plain": "<Figure>"}),
        new_output("display_data", data={"image/svg+xml": SVG, "text/plain": "<SVG>"}),
        new_output("display_data", data={"image/jpeg": text64(png(kind="JPEG")), "text/plain": "<JPEG>"}),
        new_output("display_data", data={"text/latex": "$$E = mc^2$$", "text/plain": "E"}),
        new_output("display_data", data={MIME: Text(spans("Khối của bộ công cụ.")).as_json()}),
    ]
    long = "\n".join(f"dòng {at}" for at in range(1, 261))
    failed = new_output(
        "error",
        ename="ValueError",
        evalue="không có số",
        traceback=["\x1b[0;31mValueError\x1b[0m: không có số"],
    )
    return new_notebook(
        cells=[
            new_markdown_cell(MARKDOWN, attachments=attached),
            new_code_cell(CODE, outputs=outputs),
            new_code_cell("print(long)", outputs=[new_output("stream", name="stdout", text=long), failed]),
            new_markdown_cell("## Kết luận\n\nHết."),
        ],
        metadata={"language_info": {"name": "python"}},
    )  # fmt: skip

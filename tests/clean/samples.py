"""Invented stories in the markup of every CMS family; people, places and figures are made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

TITLE = "Hội nghị bàn giải pháp thúc đẩy sản xuất chè ở xã Mường Thanh Xuân"
LEAD = (
    "Sáng 3/5, UBND huyện Nà Phạ tổ chức hội nghị bàn giải pháp mở rộng vùng chè nguyên liệu, "
    "với sự tham gia của đại diện 14 xã và 6 hợp tác xã trên địa bàn."
)
PARAGRAPHS = (
    (
        "Báo cáo tại hội nghị cho biết, đến hết tháng 4 toàn huyện có 1.245,6 ha chè, tăng 8,2% so với cùng "
        "kỳ năm trước; sản lượng búp tươi ước đạt 3.870 tấn."
    ),
    (
        "Theo bà Lò Thị Hạnh Nguyên, Trưởng phòng Nông nghiệp huyện, giá thu mua bình quân 7.500 đồng/kg "
        "giúp hơn 620 hộ có thu nhập ổn định."
    ),
    (
        "Tuy nhiên, hệ thống tưới mới đáp ứng được 45% diện tích, đường vào 3 vùng sản xuất tập trung còn "
        "khó đi trong mùa mưa."
    ),
    (
        "Kết luận hội nghị, ông Đèo Văn Khải Minh, Phó Chủ tịch UBND huyện, yêu cầu các xã hoàn thành "
        "kế hoạch trồng mới 120 ha trước ngày 30/9."
    ),
)
BODY = "\n".join((LEAD, *PARAGRAPHS))
CAPTION = "Quang cảnh hội nghị tại nhà văn hóa xã"
TEASER = "Khánh thành cầu treo nối hai bản vùng cao sau mười năm chờ đợi"
TEASER_SUMMARY = (
    "Công trình có tổng mức đầu tư 27 tỷ đồng, rút ngắn quãng đường tới trường của "
    "350 học sinh các bản ven suối."
)
TODAY = "Thứ ba, 24/11/2026"
FOOTER = "<footer>Giấy phép số 77/GP-TTĐT cấp ngày 09/08/2021. Bản quyền thuộc Cổng thông tin</footer>"
MENU = '<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/kinh-te">Kinh tế</a></li></ul></nav>'


PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Sample:
    """What stands on the saved page of a family."""

    title: str | None = TITLE
    body: str = BODY
    byline: str | None = None
    published_on: date | None = None
    clock: str | None = None
    basis: str = "unknown"


def p(*texts: str) -> str:
    """Paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def related(heading: str = "Tin cùng chuyên mục", count: int = 3) -> str:
    """A box of newer stories, each title twice, with its summary."""
    items = "".join(
        f'<div class="it"><a href="/k{n}.html" title="{TEASER}"><img src="/t.jpg" alt="{TEASER}"></a>'
        f'<h3><a href="/k{n}.html">{TEASER} ({n})</a></h3><p>{TEASER_SUMMARY}</p></div>'
        for n in range(count)
    )
    return f"<section><h2>{heading}</h2>{items}</section>"


def page(body: str, *, head: str = "", title: str = TITLE) -> str:
    """A document around the body."""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def html_of(family: str) -> str:
    """The family's page, its placeholders filled in."""
    html = (PAGES / f"{family}.html").read_text(encoding="utf-8")
    values = {
        "TITLE": TITLE,
        "LEAD": LEAD,
        "CAPTION": CAPTION,
        "TEASER": TEASER,
        "TEASER_SUMMARY": TEASER_SUMMARY,
    }
    values.update({f"P{number}": text for number, text in enumerate(PARAGRAPHS, start=1)})
    for name, text in values.items():
        html = html.replace("{{" + name + "}}", text)
    return html


SAMPLES = {
    "nukeviet": Sample(byline="Hà Vân Lam", published_on=date(2021, 5, 3), clock="16:42", basis="page"),
    "epi": Sample(byline="Vân Lam", published_on=date(2024, 5, 3), clock="16:42", basis="metadata"),
    "onecms": Sample(byline="Vân Lam", published_on=date(2026, 5, 9), clock="22:17", basis="page"),
    "aspx": Sample(title=None),
    "vhv": Sample(published_on=date(2026, 5, 3), clock="16:42", basis="page"),
    "mastercms": Sample(byline="Vân Lam", published_on=date(2023, 5, 3), clock="16:42", basis="page"),
    "vccorp": Sample(
        body="\n".join((LEAD, *PARAGRAPHS[:2], "Còn nhiều khó khăn phía trước", *PARAGRAPHS[2:])),
        published_on=date(2026, 5, 3),
        clock="16:42",
        basis="page",
    ),
    "liferay": Sample(published_on=date(2022, 5, 3), basis="page"),
    "sharepoint": Sample(published_on=date(2019, 5, 3), clock="16:42", basis="page"),
    "yyyymm": Sample(byline="VÂN LAM - HÀ BÌNH", published_on=date(2025, 5, 3), clock="16:42", basis="page"),
    "dash_a_id": Sample(byline="Vân Lam", published_on=date(2024, 5, 3), clock="16:42", basis="page"),
    "oldpaper": Sample(byline="HÀ VÂN"),
    "generic": Sample(byline="Vân Lam – Hà Bình", published_on=date(2018, 5, 3), clock="16:42", basis="page"),
}

"""Date notations of the portals, read strictly or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from include.clean.dates import Moment, is_edit_date, parse_typed, parse_visible

HANOI = timezone(timedelta(hours=7))


def moment(text: str) -> Moment:
    if len(text) == 10:
        return Moment(date.fromisoformat(text), None)
    at = datetime.fromisoformat(text).replace(tzinfo=HANOI)
    return Moment(at.date(), at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-05T09:18:48+0700", "2026-09-05T09:18:48"),
        ("2026-09-05T09:18:48+07:00", "2026-09-05T09:18:48"),
        ("2026-09-05T02:18:48Z", "2026-09-05T09:18:48"),
        ("2026-09-04T20:18:48Z", "2026-09-05T03:18:48"),
        ("2026-03-07T08:52:11.000 +07:00", "2026-03-07T08:52:11"),
        ("2026-03-07T00:01:00", "2026-03-07T00:01:00"),
        ("2026-03-07 08:52", "2026-03-07T08:52:00"),
        ("2026-03-07", "2026-03-07"),
        ("9/5/2026 10:17:01 PM", "2026-09-05T22:17:01"),
        ("9/5/2026 12:05:00 AM", "2026-09-05T00:05:00"),
    ],
)
def test_typed_notations(text: str, expected: str) -> None:
    assert parse_typed(text) == moment(expected)


@pytest.mark.parametrize(
    "text",
    [
        "2020-07-17+0707:51:00",
        "2026-07-09+0715:33:15",
        "2026-02-30T08:00:00+07:00",
        "2026-03-07T25:00:00+07:00",
        "9/5/2026",
        "05/09/2026 08:00",
        "1975-04-30",
        "2 giờ trước",
        "",
    ],
)
def test_typed_refused(text: str) -> None:
    assert parse_typed(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:09 16-11-2017 | :364", "2017-11-16T08:09:00"),
        ("Thứ sáu - 17/07/2020 07:51", "2020-07-17T07:51:00"),
        ("Thứ năm, 2/11/2023, 19:20 (GMT+7)", "2023-11-02T19:20:00"),
        ("18:27 | 14/08/2026", "2026-08-14T18:27:00"),
        ("14/08/2026 - 21:20", "2026-08-14T21:20:00"),
        ("05-09-2026 - 17:09 PM", "2026-09-05T17:09:00"),
        ("05-09-2026 - 05:09 PM", "2026-09-05T17:09:00"),
        ("15:33:15 | 09/07/2026", "2026-07-09T15:33:15"),
        ("15-01-2024 13:04", "2024-01-15T13:04:00"),
        ("Thứ Bảy, 07/03/2026 - 08:52", "2026-03-07T08:52:00"),
        ("07/03/2026 08:52 (GMT+07:00)", "2026-03-07T08:52:00"),
        ("Chủ nhật, ngày 4/5/2025, 8h05", "2025-05-04T08:05:00"),
        ("Ngày 3 tháng 2 năm 2019", "2019-02-03"),
        ("Ngày đăng: 05.06.2020", "2020-06-05"),
        ("Đăng lúc 10 giờ 05 phút ngày 05/06/2020", "2020-06-05T10:05:00"),
        ("03/05/2022 | Lượt xem: 1.204", "2022-05-03"),
        ("Xuất bản: 03/05/2022 08:00 - Cập nhật: 04/05/2022 09:30", "2022-05-03T08:00:00"),
        ("Thứ 6, 17/07/2020", "2020-07-17"),
        ("(29/06/2026, 14:49)", "2026-06-29T14:49:00"),
    ],
)
def test_visible_notations(text: str, expected: str) -> None:
    assert parse_visible(text) == moment(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Giấy phép số 12/GP-TTĐT ngày 05/03/2016",
        "Hội nghị diễn ra ngày 15/07/2019 tại huyện",
        "31/02/2020",
        "13/13/2020",
        "17/07/2020 - 20/07/2020",
        "27-28/7/2020",
        "106/106 xã",
        "2 giờ trước",
        "30/4/1975",
        "15/7",
        "",
    ],
)
def test_visible_refused(text: str) -> None:
    assert parse_visible(text) is None


def test_edit_label_is_known() -> None:
    assert is_edit_date("Cập nhật lúc: 08:00 09/05/2024")
    assert not is_edit_date("Xuất bản: 03/05/2022 - Cập nhật: 04/05/2022")

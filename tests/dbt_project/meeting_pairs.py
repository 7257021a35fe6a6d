"""Invented reports, in pairs and threes: which of them tell of one meeting, and by what that is seen.

In a text, {d} is the day of the meeting as printed, {d1} the day after it, {d30} and {d364} a month and a
year later. `groups` has a letter for each report, the same for those of one meeting; `joined_by` what joins
the later of them to an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One report; after: days from the meeting's day to publication, null where the page tells none."""

    body: str
    title: str | None = None
    after: int | None = 0


@dataclass(frozen=True, slots=True)
class Case:
    """Reports that belong together, in the order in which they arrive."""

    name: str
    groups: str
    told: tuple[Told, ...]
    joined_by: tuple[str, ...] = ()


SAME = (
    Case(
        "worded otherwise",
        "AA",
        (
            Told("Sáng {d}, Phó Chủ tịch UBND tỉnh Lò Văn Sín chủ trì hội nghị triển khai phương án chống hạn "
                 "cho cây cà phê niên vụ mới.", "Giữ nước cho cà phê"),
            Told("Sáng {d}, UBND tỉnh tổ chức hội nghị bàn cách chống hạn cho cây cà phê. Đồng chí Lò Văn Sín, "
                 "Phó Chủ tịch UBND tỉnh chủ trì hội nghị."),
        ),
        ("lead_and_subject",),
    ),
    Case(
        "a lead left out",
        "AA",
        (
            Told("Chiều {d}, bà Quàng Thị Lả, Phó Chủ tịch UBND tỉnh chủ trì hội nghị về phòng chống đuối nước "
                 "cho trẻ em vùng lòng hồ."),
            Told("Chiều {d}, UBND tỉnh tổ chức hội nghị bàn giải pháp phòng chống đuối nước cho trẻ em ven hồ."),
        ),
        ("subject",),
    ),
    Case(
        "a lead left out, a guest named",
        "AA",
        (
            Told("Chiều {d}, bà Quàng Thị Lả, Phó Chủ tịch UBND tỉnh chủ trì hội nghị về chuyển đổi số trong "
                 "trường học. Tại hội nghị, ông Vừ A Pó, Giám đốc Sở Giáo dục và Đào tạo báo cáo."),
            Told("Chiều {d}, UBND tỉnh tổ chức hội nghị bàn về chuyển đổi số ở các trường học vùng cao biên "
                 "giới. Ông Vừ A Pó, Giám đốc Sở Giáo dục và Đào tạo trình bày báo cáo tại hội nghị."),
        ),
        ("subject_and_people",),
    ),
    Case(
        "a day left out",
        "AA",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Tòng Văn Bươi chủ trì cuộc họp về bồi thường, tái định cư dự án "
                 "hồ chứa nước Nà Sản."),
            Told("UBND tỉnh vừa tổ chức cuộc họp bàn việc bồi thường, tái định cư dự án hồ chứa nước Nà Sản do "
                 "Chủ tịch UBND tỉnh Tòng Văn Bươi chủ trì.", after=2),
        ),
        ("topic_within_bounds",),
    ),
    Case(
        "a part of the day left out",
        "AA",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Tòng Văn Bươi chủ trì hội nghị giao ban về giải phóng mặt bằng "
                 "tuyến đường tránh."),
            Told("Ngày {d}, dưới sự chủ trì của ông Tòng Văn Bươi, Chủ tịch UBND tỉnh, hội nghị về giải phóng "
                 "mặt bằng tuyến đường tránh đã diễn ra."),
        ),
        ("lead_and_subject",),
    ),
    Case(
        "another lead, as one reports the opening",
        "AA",
        (
            Told("Sáng {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy chủ trì hội nghị đánh giá chỉ số năng lực cạnh "
                 "tranh. Tại hội nghị, bà Bế Thị Nhình, Phó Chủ tịch UBND tỉnh phát biểu."),
            Told("Sáng {d}, hội nghị đánh giá chỉ số năng lực cạnh tranh do bà Bế Thị Nhình, Phó Chủ tịch UBND "
                 "tỉnh chủ trì đã khai mạc."),
        ),
        ("subject_and_people",),
    ),
    Case(
        "two days of one session",
        "AA",
        (
            Told("Sáng {d}, HĐND tỉnh khai mạc Kỳ họp thứ 9. Ông Lầu A Chứ, Chủ tịch HĐND tỉnh chủ trì kỳ họp."),
            Told("Sáng {d1}, HĐND tỉnh tiếp tục Kỳ họp thứ chín với phần chất vấn Giám đốc Sở Y tế.", after=1),
        ),
        ("edition",),
    ),
    Case(
        "old and new spelling",
        "AA",
        (
            Told("Sáng {d}, đồng chí Hoà Thị Thuỷ, Phó Chủ tịch Uỷ ban nhân dân tỉnh chủ trì hội nghị tiêm phòng "
                 "vắc xin uốn ván, toạ đàm hoá chất."),
            Told("Sáng {d}, đồng chí Hòa Thị Thủy, Phó Chủ tịch Ủy ban nhân dân tỉnh chủ trì hội nghị về vắc xin "
                 "uốn ván và hóa chất."),
        ),
        ("lead_and_subject",),
    ),
    Case(
        "three portals",
        "AAA",
        (
            Told("Chiều {d}, Phó Chủ tịch UBND tỉnh Lò Văn Sín chủ trì hội nghị bàn giá thu mua chè búp tươi."),
            Told("Chiều {d}, UBND tỉnh tổ chức hội nghị về giá thu mua chè búp tươi cho bà con."),
            Told("Ngày {d}, đồng chí Lò Văn Sín, Phó Chủ tịch UBND tỉnh chủ trì hội nghị bình ổn giá thu mua chè "
                 "búp cuối vụ."),
        ),
        ("subject", "lead_and_subject"),
    ),
    Case(
        "one agency's sentence",
        "AA",
        (
            Told("Sáng {d}, đoàn công tác của tỉnh do ông Giàng A Sử dẫn đầu làm việc với các hộ trồng quế."),
            Told("Sáng {d}, đoàn công tác của tỉnh do ông Giàng A Sử dẫn đầu làm việc với các hộ trồng quế.\n"
                 "Bà con mong giá ổn định.", "Chuyện cây quế"),
        ),
        ("same_sentence",),
    ),
    Case(
        "no subject told",
        "AA",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp."),
            Told("Sáng {d}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp về tín dụng cho hộ nghèo."),
        ),
        ("lead_and_day",),
    ),
    Case(
        "the subject in other words, the same table",
        "AA",
        (
            Told("Chiều {d}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp về nguồn thu từ đất. Tại cuộc họp, ông "
                 "Hảng A Dờ, Giám đốc Sở Tài chính và bà Lý Thị Mận, Cục trưởng Cục Thuế báo cáo."),
            Told("Chiều {d}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp gỡ vướng cho các phiên đấu giá. Ông Hảng "
                 "A Dờ, Giám đốc Sở Tài chính và bà Lý Thị Mận, Cục trưởng Cục Thuế phát biểu tại cuộc họp."),
        ),
        ("lead_and_people",),
    ),
    Case(
        "a reception told as a working session",
        "AA",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Tòng Văn Bươi tiếp Đại sứ Nhật Bản Okada Kenji đến chào xã giao."),
            Told("Sáng {d}, ông Tòng Văn Bươi, Chủ tịch UBND tỉnh có buổi làm việc với Đoàn Đại sứ quán Nhật Bản "
                 "tại Việt Nam."),
        ),
        ("lead_and_subject",),
    ),
    Case(
        "a ceremony told as a conference",
        "AA",
        (
            Told("Sáng {d}, UBND tỉnh tổ chức Lễ công bố quy hoạch khu du lịch hồ Nà Sản. Ông Cầm Bá Khuyên, Bí "
                 "thư Tỉnh ủy chủ trì buổi lễ."),
            Told("Sáng {d}, tại hội nghị công bố quy hoạch khu du lịch hồ Nà Sản do ông Cầm Bá Khuyên, Bí thư "
                 "Tỉnh ủy chủ trì, nhiều dự án được giới thiệu."),
        ),
        ("lead_and_subject",),
    ),
    Case(
        "a seminar by its quoted title",
        "AA",
        (
            Told('Sáng {d}, Sở Du lịch tổ chức hội thảo "Giữ nếp nhà sàn người Thái trắng".'),
            Told('Ngày {d}, hội thảo với chủ đề "Giữ nếp nhà sàn người Thái trắng" được tổ chức tại bảo tàng.'),
        ),
        ("subject",),
    ),
    Case(
        "days of a congress",
        "AA",
        (
            Told("Sáng {d}, Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV khai mạc phiên trù bị."),
            Told("Sáng {d1}, Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV đã khai mạc trọng thể.", after=1),
        ),
        ("edition",),
    ),
)  # fmt: skip

NEAR = (
    Case(
        "two delegations of one morning",
        "AB",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Lò Văn Sín tiếp Đại sứ Nhật Bản Okada Kenji, bàn về hợp tác nông "
                 "nghiệp sạch."),
            Told("Sáng {d}, Chủ tịch UBND tỉnh Lò Văn Sín tiếp Đại sứ Hàn Quốc Park Min Seo, bàn về hợp tác nông "
                 "nghiệp sạch."),
        ),
    ),
    Case(
        "two firms of one morning",
        "AB",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Lò Văn Sín làm việc với Tập đoàn Mộc Sơn về đầu tư điện gió."),
            Told("Sáng {d}, Chủ tịch UBND tỉnh Lò Văn Sín làm việc với Tập đoàn Hải Vân Phong về đầu tư điện gió."),
        ),
    ),
    Case(
        "a guest of each",
        "AB",
        (
            Told("Sáng {d}, Bí thư Tỉnh ủy Cầm Bá Khuyên tiếp ông Kim Do Yun, Tổng Giám đốc Tập đoàn Hanbi."),
            Told("Sáng {d}, Bí thư Tỉnh ủy Cầm Bá Khuyên tiếp ông Sato Ren, Chủ tịch Tập đoàn Kitagawa."),
        ),
    ),
    Case(
        "a morning and an afternoon of one subject",
        "AB",
        (
            Told("Sáng {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy chủ trì hội nghị về bảo vệ rừng đầu nguồn."),
            Told("Chiều {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy chủ trì phiên họp về bảo vệ rừng đầu nguồn."),
        ),
    ),
    Case(
        "a morning, an afternoon and a report that could be of either",
        "ABC",
        (
            Told("Sáng {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy chủ trì hội nghị về cấp nước sạch vùng cao."),
            Told("Chiều {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy chủ trì hội nghị về cấp nước sạch vùng cao."),
            Told("Ngày {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy chủ trì hội nghị về cấp nước sạch vùng cao."),
        ),
    ),
    Case(
        "sessions six and seven",
        "AB",
        (
            Told("Sáng {d}, HĐND tỉnh khai mạc Kỳ họp thứ 6. Ông Lầu A Chứ, Chủ tịch HĐND tỉnh chủ trì kỳ họp."),
            Told("Ngày {d}, HĐND tỉnh họp Kỳ họp thứ 7. Ông Lầu A Chứ, Chủ tịch HĐND tỉnh chủ trì kỳ họp."),
        ),
    ),
    Case(
        "sessions of two districts",
        "AB",
        (
            Told("Sáng {d}, HĐND huyện Mường Khe tổ chức Kỳ họp thứ 8. Ông Lầu A Chứ dự kỳ họp."),
            Told("Sáng {d}, HĐND huyện Nậm Tha tổ chức Kỳ họp thứ 8. Ông Lầu A Chứ dự kỳ họp."),
        ),
    ),
    Case(
        "the month after",
        "AB",
        (
            Told("Sáng {d}, UBND tỉnh họp phiên thường kỳ do Chủ tịch UBND tỉnh Vừ A Pó chủ trì, đánh giá tình "
                 "hình thu ngân sách và giải ngân vốn."),
            Told("Sáng {d30}, UBND tỉnh họp phiên thường kỳ do Chủ tịch UBND tỉnh Vừ A Pó chủ trì, đánh giá tình "
                 "hình thu ngân sách và giải ngân vốn.", after=30),
        ),
    ),
    Case(
        "the day after",
        "AB",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp về dịch tả lợn châu Phi."),
            Told("Sáng {d1}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp về dịch tả lợn châu Phi.", after=1),
        ),
    ),
    Case(
        "working sessions with two districts",
        "AB",
        (
            Told("Ngày {d}, Phó Chủ tịch UBND tỉnh Lò Văn Sín làm việc với UBND huyện Mường Khe về tiến độ xây "
                 "dựng nông thôn mới."),
            Told("Ngày {d}, Phó Chủ tịch UBND tỉnh Lò Văn Sín làm việc với UBND huyện Nậm Tha về tiến độ xây dựng "
                 "nông thôn mới."),
        ),
    ),
    Case(
        "working sessions with two offices",
        "AB",
        (
            Told("Sáng {d}, Phó Chủ tịch UBND tỉnh Lò Văn Sín làm việc với Sở Y tế về tự chủ tài chính và nhân "
                 "lực trẻ."),
            Told("Sáng {d}, Phó Chủ tịch UBND tỉnh Lò Văn Sín làm việc với Sở Du lịch về tự chủ tài chính và nhân "
                 "lực trẻ."),
        ),
    ),
    Case(
        "two ceremonies in one town",
        "AB",
        (
            Told("Sáng {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy dự và chủ trì Lễ khởi công cầu Bản Lác tại huyện "
                 "Mường Khe."),
            Told("Sáng {d}, ông Cầm Bá Khuyên, Bí thư Tỉnh ủy dự và chủ trì Lễ khởi công nhà máy Phú Thịnh tại "
                 "huyện Mường Khe."),
        ),
    ),
    Case(
        "two inspections of one morning",
        "AB",
        (
            Told("Sáng {d}, bà Bế Thị Nhình, Phó Chủ tịch UBND tỉnh kiểm tra tiến độ cầu Bản Lác."),
            Told("Sáng {d}, bà Bế Thị Nhình, Phó Chủ tịch UBND tỉnh kiểm tra việc bán hàng bình ổn giá."),
        ),
    ),
    Case(
        "two conferences of one chair and morning",
        "AB",
        (
            Told("Sáng {d}, bà Bế Thị Nhình, Phó Chủ tịch UBND tỉnh chủ trì hội nghị về an toàn thực phẩm."),
            Told("Sáng {d}, bà Bế Thị Nhình, Phó Chủ tịch UBND tỉnh chủ trì hội nghị về tuyển sinh lớp mười."),
        ),
    ),
    Case(
        "one subject in two halls",
        "AB",
        (
            Told("Sáng {d}, ông Hảng A Dờ, Giám đốc Sở Tài chính chủ trì hội nghị tập huấn đấu thầu qua mạng."),
            Told("Sáng {d}, bà Lý Thị Mận, Cục trưởng Cục Thuế chủ trì hội nghị tập huấn đấu thầu qua mạng."),
        ),
    ),
    Case(
        "no day told, and two meetings that it could be of",
        "ABC",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp về sạt lở bờ sông đoạn qua thị trấn."),
            Told("Sáng {d1}, Chủ tịch UBND tỉnh Vừ A Pó chủ trì cuộc họp về sạt lở bờ sông đoạn qua thị trấn.",
                 after=1),
            Told("UBND tỉnh vừa tổ chức cuộc họp về sạt lở bờ sông đoạn qua thị trấn do Chủ tịch UBND tỉnh Vừ A Pó "
                 "chủ trì.", after=2),
        ),
    ),
    Case(
        "a guest who links two receptions without being at both",
        "ABB",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Lò Văn Sín tiếp Đại sứ Thái Lan Somchai Prem, bàn về du lịch hang "
                 "động."),
            Told("Sáng {d}, Chủ tịch UBND tỉnh Lò Văn Sín tiếp Đại sứ Malaysia Azman Yusof, bàn về cao su thiên "
                 "nhiên."),
            Told("Ngày {d}, Chủ tịch UBND tỉnh Lò Văn Sín có buổi tiếp đoàn khách về cao su thiên nhiên và chế "
                 "biến mủ, thăm vườn cao su."),
        ),
    ),
)  # fmt: skip

DIFFERENT = (
    Case(
        "nothing in common but the morning",
        "AB",
        (
            Told("Sáng {d}, Bí thư Tỉnh ủy Cầm Bá Khuyên chủ trì hội nghị về dân vận khéo."),
            Told("Sáng {d}, bà Quàng Thị Lả, Phó Chủ tịch UBND tỉnh kiểm tra bãi rác thải."),
        ),
    ),
    Case(
        "a conference and a reception of one lead",
        "AB",
        (
            Told("Sáng {d}, Chủ tịch UBND tỉnh Tòng Văn Bươi chủ trì hội nghị về xuất khẩu nông sản."),
            Told("Sáng {d}, Chủ tịch UBND tỉnh Tòng Văn Bươi tiếp Đại sứ Ấn Độ Rajan Mehta."),
        ),
    ),
    Case(
        "a year later",
        "AB",
        (
            Told("Sáng {d}, Sở Nội vụ tổ chức hội nghị tập huấn văn thư lưu trữ cho cán bộ cơ sở."),
            Told("Sáng {d364}, Sở Nội vụ tổ chức hội nghị tập huấn văn thư lưu trữ cho cán bộ cơ sở.", after=364),
        ),
    ),
    Case(
        "neither day nor long words",
        "AB",
        (
            Told("UBND tỉnh tổ chức cuộc họp về giá chè. Ông Vừ A Pó phát biểu tại cuộc họp.", after=None),
            Told("UBND tỉnh tổ chức cuộc họp về giá chè. Ông Hảng A Dờ phát biểu tại cuộc họp.", after=None),
        ),
    ),
)  # fmt: skip

CASES = (*SAME, *NEAR, *DIFFERENT)

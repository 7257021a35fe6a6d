"""Stories that are not of the economy give next to no claims."""

from __future__ import annotations

import pytest

STORIES = {
    "a match": """\
Trận bán kết diễn ra chiều 14/9 trên sân vận động tỉnh trước sự chứng kiến của đông đảo người hâm mộ.
Phút 37, tiền đạo mang áo số 9 mở tỷ số; đội khách gỡ hòa 1-1 ở phút 88 và hai đội phải đá luân lưu.
Đây là lần thứ 3 đội lọt vào chung kết kể từ năm 2011. Vé được bán từ 8 giờ ngày 15/9.
Bà Hòa, 72 tuổi, nhà ở số 18 ngõ 5, kể rằng suốt 40 năm qua bà chưa bỏ trận nào.
Ban tổ chức trao tặng 20 suất quà cho các cầu thủ trẻ nhân kỷ niệm 60 năm ngày truyền thống.""",
    "another match": """\
Đội tuyển Sơn Trà thắng đậm 3-0; Văn Quyến ghi hai bàn ở phút 12 và 67, thủ môn có ba pha cứu thua.
Trận lượt về diễn ra lúc 19 giờ ngày 12/8. Trọng tài đã rút bốn thẻ vàng trong hiệp hai.""",
    "a recipe": """\
Nguyên liệu gồm 500 g thịt ba chỉ, hai quả trứng, ba thìa nước mắm, một nửa củ hành và 200 ml nước dừa.
Kho lửa nhỏ 45 phút, món ăn đủ cho bốn người. Thịt ngon nhất khi được ướp từ 2 đến 3 giờ.""",
    "a death": """\
Gia đình vô cùng thương tiếc báo tin: cụ bà Trần Thị Bảy, sinh năm 1931, từ trần hồi 5 giờ 20 phút,
hưởng thọ 93 tuổi. Lễ viếng từ 8 giờ đến 16 giờ tại nhà số 12 đường Lê Lợi.
Cụ có năm người con và mười hai cháu; người con cả là giáo viên đã nghỉ hưu 8 năm.""",
    "a theft": """\
Khoảng 22 giờ, Nguyễn Văn Tám đột nhập nhà ông Ba, lấy đi hai chiếc điện thoại và 5 triệu đồng tiền mặt.
Công an huyện bắt giữ 2 đối tượng sau ba giờ truy xét.
Tòa tuyên phạt bị cáo 3 năm tù, bồi thường 12 triệu đồng cho hai bị hại.""",
    "a film": """\
Bộ phim dài 120 phút, kể về ba chị em gái và bảy ngày lạc trong rừng. Đạo diễn năm nay 34 tuổi.
Phim gồm tám chương, quay trong hai mùa đông tại một bản nhỏ và ra rạp ngày 8/3.""",
    "the weather": """\
Ngày mai có mưa to, lượng mưa 50-100 mm, gió cấp 6, nhiệt độ từ 22 đến 27 độ.
Bão số 4 cách bờ khoảng 300 km, di chuyển theo hướng tây bắc, mỗi giờ đi được 15 km.""",
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_story_gives_at_most_one_claim(read, story: str) -> None:
    assert len(read(story)) <= 1


def test_all_of_them_together_give_two_at_most(read) -> None:
    assert sum(len(read(story)) for story in STORIES.values()) <= 2

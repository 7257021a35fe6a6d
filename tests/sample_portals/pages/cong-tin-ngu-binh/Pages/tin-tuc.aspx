<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tin tức - Cổng thông tin điện tử Ngự Bình</title></head><body><form method="post" action="/Pages/tin-tuc.aspx" id="aspnetForm"><input type="hidden" name="__REQUESTDIGEST" value="0x{{rand}}A{{rand}}"/>
<span class="hom-nay">{{now:weekday, %d/%m/%Y}}</span>
<div class="ms-webpart-zone"><div class="tin"><a href="/Pages/chi-tiet-tin.aspx?ItemID=3412">Thành phố Huế rà soát giải ngân vốn đầu tư công 10 tháng năm 2025</a> <span>07-11-2025</span></div>
<div class="tin"><a href="/Pages/chi-tiet-tin.aspx?ItemID=3398">Nghề làm nón lá Vân Thê có thêm đơn hàng xuất khẩu</a> <span>05-10-2025</span></div></div>
<div id="dang-tai">Đang tải...</div><a href="javascript:__doPostBack('ctl00$g_phan_trang','2')">2</a></form></body></html>

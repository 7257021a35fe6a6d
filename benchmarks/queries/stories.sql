-- Invented articles with their readings, in the temporary table `readings`. The caller sets the
-- variables articles (how many), extractor_version and seeds (the folder of the vocabularies), and has made
-- the raw tables and intermediate.int_article_readings. Everything follows from an article's number: the
-- same call makes the same rows.

-- A number below 2^32 that looks thrown, from a number and a salt.
create temp macro scattered(n, salt) as ((n % 1000000007 + salt * 7919) * 2654435761) % 4294967296;
create temp macro thrown(n, salt) as (xor(scattered(n, salt), scattered(n, salt) >> 15) * 1274126177) % 4294967296;
create temp macro among(n, salt, many) as (thrown(n, salt) >> 9) % many;
create temp macro one_of(n, salt, things) as things[1 + among(n, salt, len(things))];
-- As printed in Vietnamese: points between thousands, a comma before decimals.
create temp macro whole(amount) as replace(format('{:,}', cast(amount as bigint)), ',', '.');
create temp macro tenths(amount) as replace(printf('%.1f', amount), '.', ',');
create temp macro months_from_january(y, months) as {
    'period_type': case months when 12 then 'year' when 6 then 'half' when 3 then 'quarter' when 1 then 'month'
        else 'months' end,
    'time_period': case months
        when 12 then printf('%d', y) when 6 then printf('%d-S1', y) when 3 then printf('%d-Q1', y)
        when 1 then printf('%d-M01', y) else printf('%d-01-01/P%dM', y, months) end,
    'period_start': make_date(y, 1, 1),
    'period_end': last_day(make_date(y, months, 1))
};
create temp macro no_period(kind) as {
    'period_type': kind, 'time_period': cast(null as varchar), 'period_start': cast(null as date),
    'period_end': cast(null as date)
};
-- One claim: `before` is the sentence up to the printed number, `quote_at` where the sentence starts.
create temp macro claim(quote_at, quote, before, printed, code, wording, part, measured, amount, unit, state, period) as {
    'indicator_code': code, 'indicator_name': wording, 'breakdown': part, 'measure': measured,
    'value': cast(amount as double), 'value_high': cast(null as double), 'out_of': cast(null as double),
    'unit_code': unit, 'value_text': printed, 'approximation': 'exact', 'status': state,
    'period_type': period.period_type, 'time_period': period.time_period,
    'period_start': period.period_start, 'period_end': period.period_end,
    'comparison_start': case when measured = 'change_pct' then period.period_start - interval 1 year end::date,
    'comparison_end': case when measured = 'change_pct' then last_day(period.period_end - interval 1 year) end::date,
    'price_basis': cast(null as varchar),
    'quote_start': quote_at, 'quote_end': quote_at + length(quote),
    'value_start': quote_at + length(before), 'value_end': quote_at + length(before) + length(printed),
    'province_name': cast(null as varchar), 'place_name': cast(null as varchar)
};

create temp table units as
select
    unit_code,
    case unit_code
        when 'VND' then ' tỷ đồng' when 'USD' then ' triệu USD' when 'KILOWATT_HOUR' then ' triệu kWh'
        when 'PERCENT' then '%' else ' ' || lower(name_vi)
    end as printed_unit,
    case unit_code when 'VND' then 1e9 when 'USD' then 1e6 when 'KILOWATT_HOUR' then 1e6 else 1 end as factor,
    -- The size of a province's figure for a year, in the printed unit.
    case unit_code
        when 'VND' then 20000 when 'USD' then 900 when 'KILOWATT_HOUR' then 2500 when 'PERCENT' then 55
        when 'PERSON' then 40000 when 'TONNE' then 300000 when 'HECTARE' then 60000 when 'HEAD' then 400000
        when 'HOUSEHOLD' then 20000 when 'RANK' then 30 when 'RATIO' then 28 else 400
    end as usual
from read_csv(getvariable('seeds') || '/units.csv');

create temp table indicators as
select
    indicator_code,
    name_vi,
    accumulates,
    units.unit_code,
    units.printed_unit,
    units.factor,
    units.usual,
    case vocabulary.unit_code when 'RANK' then 'rank' else 'level' end as measure,
    row_number() over (order by indicator_code) as indicator_no,
    row_number() over (partition by accumulates order by indicator_code) - 1 as kind_no,
    count(*) over (partition by accumulates) as kind_count
from read_csv(getvariable('seeds') || '/indicators.csv') as vocabulary
inner join units on coalesce(vocabulary.unit_code, 'TONNE') = units.unit_code
-- Those of the country, not of a province, and those that every article below tells in a sentence of their own.
where indicator_code not in ('gdp', 'public_debt', 'budget_deficit', 'trade_balance', 'grdp',
    'industrial_production_index', 'public_investment_disbursed', 'crop_output');

-- A paper and a portal of each province as it was before 1 July 2025, which since then are of its successor.
create temp table portals as
select
    provinces.province_id,
    provinces.name_vi,
    successors.name_vi as successor_name,
    provinces.successor_id,
    kinds.kind_no,
    2 * (
        row_number() over (
            partition by kinds.kind_no
            -- What the questions ask about by default is in a small warehouse too.
            order by provinces.successor_id <> '52-2025', md5(provinces.province_id)
        ) - 1
    ) + kinds.kind_no as portal_no,
    kinds.code || '-' || replace(lower(provinces.province_id), '-2008', '') as source_id,
    kinds.name || ' ' || provinces.name_vi as source_name
from read_csv(getvariable('seeds') || '/provinces.csv', all_varchar = true) as provinces
inner join read_csv(getvariable('seeds') || '/provinces.csv', all_varchar = true) as successors
    on provinces.successor_id = successors.province_id
cross join (values (0, 'bao', 'Báo'), (1, 'cong', 'Cổng thông tin điện tử')) as kinds (kind_no, code, name)
where provinces.vintage = '2008';

create temp view numbered as
select
    n,
    version_no,
    portals.*,
    published_on,
    case when published_on >= date '2025-07-01' then portals.successor_id else portals.province_id end as region,
    case when published_on >= date '2025-07-01' then successor_name else name_vi end as region_name,
    year(reported_on) as y,
    month(reported_on) as months
from (
    select
        n,
        unnest(case when n % 20 = 7 then [1, 2] else [1] end) as version_no,
        -- A small warehouse has fewer portals and years, so that articles meet there as they do in a large one.
        among(n, 1, least((select count(*) from portals), 4 + n_of // 50)) as portal_no,
        make_date(first_year + among(n, 2, 2026 - first_year), 1 + among(n, 3, 12), 1 + among(n, 4, 27))
            as published_on,
        make_date(first_year + among(n, 2, 2026 - first_year), 1 + among(n, 3, 12), 1) - 1 as reported_on
    from
        (
            select
                n,
                cast(getvariable('articles') as bigint) as n_of,
                greatest(2014, 2024 - cast(getvariable('articles') as bigint) // 100) as first_year
            from range(cast(getvariable('articles') as bigint)) as numbers (n)
        )
)
inner join portals using (portal_no);

create temp macro region_no(region) as
    cast(replace(region, '-', '') as bigint);
-- A figure is that of the region, the indicator and the time; one article in twelve has another one.
create temp macro figure(region, indicator_no, y, months, n, version_no, salt) as
    (0.4 + 1.6 * among(region_no(region), 11, 1000) / 1000)
    * (0.5 + among(region_no(region) + indicator_no, 12, 1000) / 1000)
    * power(1.07, y - 2014) * months / 12
    * case when version_no = 2 then 1.02 when among(n, salt, 12) = 0 then 0.97 + among(n, salt + 1, 7) / 100 else 1 end;
create temp macro growth(region, indicator_no, y, months, n, salt) as
    round(3 + among(region_no(region) + indicator_no * 131 + y * 17 + months, 13, 110) / 10
    + case when among(n, salt, 12) = 0 then among(n, salt + 1, 9) / 10 else 0 end, 1);

create temp view told as
select
    a.*,
    case when among(n, 21, 10) < 3 then 'estimate' else 'actual' end as state,
    case when among(n, 21, 10) < 3 then ' ước đạt ' else ' đạt ' end as reaches,
    months_from_january(y, months) as period,
    months_from_january(y, 12) as whole_year,
    case months when 12 then 'Năm ' || y when 6 then 'Sáu tháng đầu năm ' || y else months || ' tháng đầu năm ' || y end
        as time_told,
    -- An amount, its share of the year's plan, and the plan.
    x.indicator_code as x_code, x.name_vi as x_name, x.unit_code as x_unit, x.measure as x_measure,
    x.printed_unit as x_printed, x.factor as x_factor,
    greatest(1, round(x.usual * figure(region, x.indicator_no, y, months, n, version_no, 31))) as x_value,
    greatest(1, round(x.usual * figure(region, x.indicator_no, y, 12, 1, 1, 999) * 1.03)) as x_plan,
    w.indicator_code as w_code, w.name_vi as w_name, w.unit_code as w_unit, w.printed_unit as w_printed,
    w.factor as w_factor, greatest(1, round(w.usual * figure(region, w.indicator_no, y, months, n, version_no, 41)))
        as w_value,
    s.indicator_code as s_code, s.name_vi as s_name, s.unit_code as s_unit, s.measure as s_measure,
    s.printed_unit as s_printed, s.factor as s_factor,
    greatest(1, round(s.usual * figure(region, s.indicator_no, 2014, 12, n, version_no, 51))) as s_value,
    growth(region, 1, y, months, n, 61) as grdp_growth,
    growth(region, 2, y, months, n, 71) as industry_growth,
    round(4000 * figure(region, 301, y, months, n, version_no, 81)) as disbursed,
    round(least(100, months * 7.5 + among(region_no(region) + y * 12 + months, 82, 120) / 10), 1) as disbursed_pct,
    one_of(n, 91, ['lúa', 'chè', 'cà phê', 'ngô', 'sầu riêng', 'hồ tiêu', 'cao su', 'mía', 'sắn', 'thanh long',
        'lạc', 'vải thiều', 'điều', 'dừa', 'quế', 'hồi', 'bưởi', 'cam', 'nhãn', 'rau các loại']) as crop,
    growth(region, 3, y, months, n, 94) as crop_growth,
    one_of(n, 95, ['cầu treo dân sinh', 'nhà văn hóa thôn', 'điểm trường', 'bến thủy nội địa', 'trạm quan trắc',
        'mô hình tự quản', 'tổ hợp tác', 'chợ phiên', 'hồ chứa nhỏ', 'tuyến xe buýt', 'lớp xóa mù chữ', 'bể chứa rác'])
        || ' ' || one_of(n, 96, ['được sửa chữa', 'xây mới', 'hoạt động trở lại', 'được bàn giao', 'đang thi công',
        'được rà soát', 'đủ điều kiện', 'còn thiếu'])
        || ' ở xã ' || one_of(n, 98, ['Nậm', 'Bản', 'Tân', 'An', 'Phú', 'Vĩnh', 'Đông', 'Mường', 'Ea', 'Ia', 'Trường', 'Hòa'])
        || ' ' || one_of(n, 99, ['Tha', 'Lập', 'Phong', 'Thịnh', 'Khê', 'Sơn', 'Thủy', 'Kha', 'Tu', 'Mỹ', 'Lâm', 'Hải', 'Ngọc',
        'Cường', 'Minh', 'Giang', 'Long', 'Điền', 'Xuân', 'Trung']) as uncoded,
    2 + among(n, 97, 400) as uncoded_value
from numbered as a
inner join indicators as x on x.accumulates and x.kind_no = among(a.n, 30, x.kind_count)
inner join indicators as w on w.accumulates and w.kind_no = (among(a.n, 30, w.kind_count) + 1) % w.kind_count
inner join indicators as s on not s.accumulates and s.kind_no = among(a.n, 50, s.kind_count);

create temp view pieces as
select
    *,
    round(100 * x_value / x_plan + case when among(n, 32, 10) = 0 then 8 else 0 end, 1) as x_pct,
    round(90000 * figure(region, 400 + length(crop) * 7 + ascii(crop), y, months, n, version_no, 92)) as crop_value,
    whole(x_value) || x_printed as x_text,
    whole(x_plan) || x_printed as plan_text,
    tenths(grdp_growth) || '%' as grdp_text,
    tenths(industry_growth) || '%' as industry_text,
    whole(disbursed) || ' tỷ đồng' as disbursed_text,
    tenths(disbursed_pct) || '%' as disbursed_pct_text,
    tenths(crop_growth) || '%' as crop_growth_text,
    whole(s_value) || s_printed as s_text,
    whole(w_value) || w_printed as w_text,
    whole(uncoded_value) as uncoded_text,
    thrown(region_no(region) * 100 + among(n, 101, 12), 102) as lead_no,
    thrown(region_no(region) * 100 + among(n, 103, 40), 104) as speaker_no,
    published_on - 1 as met_on,
    published_on + 5 + cast(among(n, 105, 40) as integer) as due_first,
    published_on + 20 + cast(among(n, 106, 120) as integer) as due_second
from told;

create temp macro person(no) as
    one_of(no, 1, ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô', 'Lò', 'Nông', 'Vi', 'Hà'])
    || ' ' || one_of(no, 2, ['Văn', 'Thị', 'Đức', 'Minh', 'Quang', 'Hữu', 'Thanh', 'Ngọc', 'Xuân', 'Đình', 'Khắc', 'Thu'])
    || ' ' || one_of(no, 3, ['An', 'Bình', 'Chiến', 'Dũng', 'Giang', 'Hạnh', 'Hòa', 'Khánh', 'Lan', 'Long', 'Mai',
        'Nam', 'Phúc', 'Quân', 'Sơn', 'Thắng', 'Tuấn', 'Việt', 'Vinh', 'Yên']);

create temp view sentences as
select
    *,
    x_name || ' ' || lower(time_told) || reaches as x_before,
    person(lead_no) as lead,
    person(speaker_no) as speaker,
    one_of(n, 107, ['giải ngân vốn đầu tư công', 'xây dựng nông thôn mới', 'thu ngân sách nhà nước', 'phòng, chống thiên tai',
        'giải phóng mặt bằng', 'chuyển đổi số', 'phát triển cụm công nghiệp', 'chống khai thác hải sản bất hợp pháp'])
        || ' ' || lower(time_told) as topic,
    one_of(n, 108, ['Sở Tài chính', 'Sở Công Thương', 'Sở Xây dựng', 'Sở Nông nghiệp và Môi trường', 'Sở Nội vụ'])
        as first_office,
    one_of(n, 109, ['UBND các xã, phường', 'Ban Quản lý các khu công nghiệp', 'Công an tỉnh', 'Sở Khoa học và Công nghệ'])
        as second_office,
    one_of(n, 110, ['rà soát các dự án chậm tiến độ', 'hoàn thành bồi thường, giải phóng mặt bằng',
        'trình phương án điều chuyển vốn', 'báo cáo kết quả thu, nộp ngân sách']) as first_task,
    one_of(n, 111, ['bàn giao mặt bằng sạch', 'công khai danh mục dự án', 'số hóa hồ sơ đất đai', 'kiểm tra an toàn hồ đập'])
        as second_task
from pieces;

create temp macro filler(n, salt) as one_of(n, salt, [
    'Các ngành, địa phương tập trung tháo gỡ khó khăn cho người dân và doanh nghiệp, giữ ổn định thị trường.',
    'Nhiều hộ cho biết giá vật tư đầu vào đã hạ so với đầu vụ, song khâu tiêu thụ vẫn trông vào thương lái.',
    'Một số công trình chậm vì vướng mặt bằng, thiếu đất đắp và nhà thầu chưa bố trí đủ máy móc.',
    'Lãnh đạo tỉnh đề nghị các sở bám sát cơ sở, trả lời kiến nghị đúng hạn và công khai kết quả xử lý.',
    'Thời tiết diễn biến thất thường làm lịch gieo trồng ở các xã vùng cao phải lùi lại.',
    'Doanh nghiệp xuất khẩu nhận thêm đơn hàng nhưng cước vận tải và chi phí lưu kho còn cao.',
    'Công tác cải cách thủ tục hành chính có tiến bộ, hồ sơ trễ hẹn giảm dần qua từng tháng.',
    'Ngành du lịch mở thêm tuyến tham quan làng nghề, phối hợp với các hãng lữ hành để kéo dài thời gian lưu trú.',
    'Các hợp tác xã liên kết bao tiêu sản phẩm, từng bước đưa nông sản vào chuỗi siêu thị.',
    'Tín dụng tập trung vào sản xuất, nợ xấu được kiểm soát, lãi suất cho vay tiếp tục giảm.'
]);

create temp view lines as
select
    *,
    x_before || x_text || ', bằng ' as x_before_pct,
    'Theo báo cáo của cơ quan thống kê, kinh tế ' || region_name || ' ' || lower(time_told)
        || ' tiếp tục chuyển biến, nhiều ngành giữ được đà của cùng kỳ, một số lĩnh vực còn chậm so với kịch bản.' as line_0,
    x_before || x_text || ', bằng ' || tenths(x_pct) || '% kế hoạch năm là ' || plan_text || '.' as line_1,
    'Tổng sản phẩm trên địa bàn (GRDP) tăng ' || grdp_text || '; chỉ số sản xuất công nghiệp (IIP) tăng '
        || industry_text || ' so với cùng kỳ năm trước.' as line_2,
    'Đến hết kỳ báo cáo, toàn tỉnh giải ngân vốn đầu tư công được ' || disbursed_text || ', đạt ' || disbursed_pct_text
        || ' kế hoạch vốn được giao.' as line_3,
    'Trong nông nghiệp, sản lượng ' || crop || reaches || whole(crop_value) || ' tấn, tăng ' || crop_growth_text
        || ' so với cùng kỳ.' as line_4,
    s_name || ' hiện có ' || s_text || '; ' || lower(w_name[1]) || w_name[2:] || reaches || w_text || '.' as line_5,
    'Trên địa bàn có ' || uncoded_text || ' ' || uncoded || ', theo tổng hợp của các địa phương.' as line_6,
    concat_ws(' ', filler(n, 120), filler(n, 121), filler(n, 122), filler(n, 123), filler(n, 124), filler(n, 125),
        filler(n, 126), filler(n, 127)) as line_7,
    'Sáng ' || strftime(met_on, '%-d/%-m/%Y') || ', đồng chí ' || lead || ', Phó Chủ tịch UBND tỉnh, chủ trì hội nghị về '
        || topic || '.' as line_8,
    'Phát biểu tại hội nghị, bà ' || speaker || ', Giám đốc ' || first_office || ', nêu các vướng mắc về vốn và đất đai.'
        as line_9,
    'Đồng chí ' || lead || ' yêu cầu ' || first_office || ' ' || first_task || ' trước ngày '
        || strftime(due_first, '%-d/%-m/%Y') || '; ' || second_office || ' ' || second_task || ' trước ngày '
        || strftime(due_second, '%-d/%-m/%Y') || '.' as line_10
from sentences;

create temp view placed as
select
    *,
    n % 4 = 0 as has_meeting,
    length(line_0) + 1 as at_1,
    at_1 + length(line_1) + 1 as at_2,
    at_2 + length(line_2) + 1 as at_3,
    at_3 + length(line_3) + 1 as at_4,
    at_4 + length(line_4) + 1 as at_5,
    at_5 + length(line_5) + 1 as at_6,
    at_6 + length(line_6) + 1 + length(line_7) + 1 as at_8,
    at_8 + length(line_8) + 1 as at_9,
    at_9 + length(line_9) + 1 as at_10,
    concat_ws(chr(10), line_0, line_1, line_2, line_3, line_4, line_5, line_6, line_7,
        case when n % 4 = 0 then concat_ws(chr(10), line_8, line_9, line_10) end) as body,
    printf('a%016x', n) as article_id,
    'https://' || source_id || '.example/kinh-te/tin-' || n || '.html' as url
from lines;

create temp table readings as
select
    article_id,
    version_no,
    source_id,
    url,
    name_vi,
    n,
    body,
    published_on,
    'Kinh tế ' || region_name || ' ' || lower(time_told) as title,
    sha256(body) as body_sha256,
    to_json({
        'published_on': published_on,
        'published_basis': 'metadata',
        'claims': [
            claim(at_1, line_1, x_before, x_text, x_code, x_name, null, x_measure, x_value * x_factor, x_unit, state, period),
            claim(at_1, line_1, x_before_pct, tenths(x_pct) || '%', x_code, x_name, null, 'plan_pct', x_pct, 'PERCENT',
                state, period),
            claim(at_1, line_1, x_before_pct || tenths(x_pct) || '% kế hoạch năm là ', plan_text, x_code, x_name, null,
                x_measure, x_plan * x_factor, x_unit, 'target', whole_year),
            claim(at_2, line_2, 'Tổng sản phẩm trên địa bàn (GRDP) tăng ', grdp_text, 'grdp',
                'Tổng sản phẩm trên địa bàn (GRDP)', null, 'change_pct', grdp_growth, 'PERCENT', state, period),
            claim(at_2, line_2,
                'Tổng sản phẩm trên địa bàn (GRDP) tăng ' || grdp_text || '; chỉ số sản xuất công nghiệp (IIP) tăng ',
                industry_text, 'industrial_production_index', 'chỉ số sản xuất công nghiệp (IIP)', null, 'change_pct',
                industry_growth, 'PERCENT', state, period),
            claim(at_3, line_3, 'Đến hết kỳ báo cáo, toàn tỉnh giải ngân vốn đầu tư công được ', disbursed_text,
                'public_investment_disbursed', 'giải ngân vốn đầu tư công', null, 'level', disbursed * 1e9, 'VND', state,
                period),
            claim(at_3, line_3,
                'Đến hết kỳ báo cáo, toàn tỉnh giải ngân vốn đầu tư công được ' || disbursed_text || ', đạt ',
                disbursed_pct_text, 'public_investment_disbursed', 'giải ngân vốn đầu tư công', null, 'plan_pct',
                disbursed_pct, 'PERCENT', state, period),
            claim(at_4, line_4, 'Trong nông nghiệp, sản lượng ' || crop || reaches, whole(crop_value) || ' tấn',
                'crop_output', 'sản lượng ' || crop, crop, 'level', crop_value, 'TONNE', state, period),
            claim(at_4, line_4,
                'Trong nông nghiệp, sản lượng ' || crop || reaches || whole(crop_value) || ' tấn, tăng ',
                crop_growth_text, 'crop_output', 'sản lượng ' || crop, crop, 'change_pct', crop_growth, 'PERCENT', state,
                period),
            claim(at_5, line_5, s_name || ' hiện có ', s_text, s_code, s_name, null, s_measure, s_value * s_factor,
                s_unit, 'actual', no_period('instant')),
            claim(at_5, line_5, s_name || ' hiện có ' || s_text || '; ' || lower(w_name[1]) || w_name[2:] || reaches,
                w_text, w_code, w_name, null, 'level', w_value * w_factor, w_unit, state, period),
            claim(at_6, line_6, 'Trên địa bàn có ', uncoded_text, null, uncoded, null, 'level', uncoded_value, 'COUNT',
                'actual', no_period('unknown'))
        ],
        'meetings': case when has_meeting then [{
            'meeting_date': met_on, 'meeting_end_date': cast(null as date), 'date_basis': 'stated',
            'date_earliest': met_on, 'date_latest': met_on, 'session': 'morning', 'meeting_kind': 'conference',
            'topic': topic, 'host_organization': 'UBND tỉnh', 'location': cast(null as varchar),
            'lead_name': lead, 'lead_title': 'Phó Chủ tịch UBND tỉnh',
            'quote_start': at_8, 'quote_end': at_8 + length(line_8), 'province_name': cast(null as varchar),
            'host_office': {'name': 'Ủy ban nhân dân tỉnh ' || region_name, 'home': region_name},
            'conclusion_start': at_10, 'conclusion_end': at_10 + length(line_10),
            'participants': [
                {'person_name': lead, 'person_title': 'Phó Chủ tịch UBND tỉnh', 'organization': 'UBND tỉnh', 'role': 'lead',
                    'quote_start': at_8, 'quote_end': at_8 + length(line_8),
                    'posts': [{'post': 'Phó Chủ tịch', 'organization': {
                        'name': 'Ủy ban nhân dân tỉnh ' || region_name, 'home': region_name}, 'is_former': false}],
                    'home': region_name},
                {'person_name': speaker, 'person_title': 'Giám đốc ' || first_office, 'organization': first_office,
                    'role': 'speaker', 'quote_start': at_9, 'quote_end': at_9 + length(line_9),
                    'posts': [{'post': 'Giám đốc', 'organization': {
                        'name': first_office || ' ' || region_name, 'home': region_name}, 'is_former': false}],
                    'home': region_name}
            ],
            'directives': [
                {'directive_kind': 'order', 'issued_by': lead, 'assigned_to': first_office, 'action': first_task,
                    'deadline_on': due_first, 'deadline_text': 'trước ngày ' || strftime(due_first, '%-d/%-m/%Y'),
                    'quote_start': at_10, 'quote_end': at_10 + length(line_10)},
                {'directive_kind': 'order', 'issued_by': lead, 'assigned_to': second_office, 'action': second_task,
                    'deadline_on': due_second, 'deadline_text': 'trước ngày ' || strftime(due_second, '%-d/%-m/%Y'),
                    'quote_start': at_10, 'quote_end': at_10 + length(line_10)}
            ],
            'subject_words': string_split(topic, ' ')[:4], 'subject_names': cast([] as varchar[]),
            'edition': cast(null as varchar)
        }] else [] end,
        'error': null
    }) as reading
from placed;

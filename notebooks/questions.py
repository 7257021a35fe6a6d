"""Mười câu hỏi của người phân tích, trả lời từ tệp đã công bố. Ten analysts' questions, answered.

A marimo notebook: `make notebook` opens it. The SQL is that of docs/questions, not a copy.
"""

import marimo

app = marimo.App(width="medium", app_title="Sotinh: mười câu hỏi")

with app.setup:
    import html
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any

    import altair as alt
    import marimo as mo

    from include.warehouse.questions import Question, ask, defaults, read_questions
    from include.warehouse.reading import open_published
    from notebooks import published_file

    ROWS_SHOWN = 15
    # Headings of the tables; a column that is not here bears its own name.
    HEADINGS = {
        "province": "Tỉnh", "portal": "Báo, cổng", "indicator": "Chỉ tiêu", "breakdown": "Trong đó",
        "time_period": "Kỳ", "status": "Loại số", "value": "Giá trị", "unit_code": "Đơn vị",
        "published_on": "Ngày đăng", "known_since": "Biết từ", "rank_in_period": "Hạng",
        "value_then": "Lúc đó", "value_now": "Nay", "revised_on": "Sửa ngày", "revision": "Chênh",
        "target_value": "Chỉ tiêu giao", "result_value": "Kết quả", "attainment_pct": "Đạt, %",
        "elapsed_pct": "Thời gian qua, %", "lead_points": "Nhanh (+), chậm (−)", "is_behind": "Chậm",
        "printed_value": "Bài viết", "expected_value": "Tính ra", "title": "Bài", "chair": "Chủ trì",
        "meeting_date": "Ngày họp", "assigned_to": "Giao cho", "task": "Việc", "deadline_on": "Hạn",
        "days_past": "Quá hạn, ngày", "is_missing": "Thiếu", "figures": "Số liệu",
        "newest_period": "Kỳ mới nhất", "days_old": "Cũ, ngày", "latest_pct": "Mới nhất, %",
        "latest_month": "Đến tháng", "provinces": "Gồm", "portals": "Số báo",
        "spread_pct": "Chênh, %", "value_text": "Trong bài",
    }  # fmt: skip


@app.function
def shown(value: Any) -> str:
    """A value as Vietnamese readers write it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, float):
        written = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
        return written.translate(str.maketrans(",.", ".,"))
    return str(value)


@app.function
def linked_table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], links: Mapping[str, tuple[str, str | None]]
) -> str:
    """HTML of the first rows. links: shown column to the columns of its address and of its sentence."""
    head = "".join(f"<th>{html.escape(HEADINGS.get(name, name))}</th>" for name in columns)
    lines = []
    for row in rows[:ROWS_SHOWN]:
        cells = []
        for name in columns:
            cell = html.escape(shown(row[name]))
            address, sentence = links.get(name, (None, None))
            url = str(row[address] or "") if address else ""
            if url.startswith(("https://", "http://")):
                told = html.escape(str(row[sentence] or "")) if sentence else ""
                cell = (
                    f'<a href="{html.escape(url)}" title="{told}" target="_blank" rel="noopener">{cell}</a>'
                )
            cells.append(f"<td>{cell}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    rest = len(rows) - ROWS_SHOWN
    more = f"<p><small>… và {rest} dòng nữa · and {rest} more rows</small></p>" if rest > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>{more}"


@app.function
def in_json(value: Any) -> Any:
    """A value as a chart's data hold it."""
    return value.isoformat() if isinstance(value, date) else value


@app.function
def entry(value: Any) -> Any:
    """The input of a parameter with this default: text for what may be null, a list apart by commas."""
    if isinstance(value, date):
        return mo.ui.date(value=value)
    if isinstance(value, int):
        return mo.ui.number(value=value)
    return mo.ui.text(value=", ".join(value) if isinstance(value, list) else value or "")


@app.function
def entered(value: Any, default: Any) -> Any:
    """What was put into an input, as the parameter takes it: an empty text is null."""
    if isinstance(default, list):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value if value != "" else None


@app.cell
def _():
    marts = open_published(published_file())
    questions = {question.name: question for question in read_questions()}
    given = {name: defaults(marts, question) for name, question in questions.items()}
    inputs = mo.ui.dictionary(
        {
            name: mo.ui.dictionary({key: entry(value) for key, value in of.items()})
            for name, of in given.items()
        }
    )
    return given, inputs, marts, questions


@app.cell
def _(marts):
    _counted = marts.execute(
        "select (select count(*) from marts.dim_articles), (select count(*) from marts.fct_indicators),"
        " (select count(distinct source_id) from marts.dim_articles),"
        " (select max(published_on) from marts.dim_articles)"
    ).fetchone()
    mo.md(
        f"""
        # Mười câu hỏi của người phân tích
        *Ten analysts' questions*

        Tệp này có **{shown(float(_counted[0]))}** bài của **{_counted[2]}** báo và cổng,
        **{shown(float(_counted[1]))}** con số, bài mới nhất đăng ngày **{shown(_counted[3])}**. Mỗi con số
        dưới đây là một đường dẫn: bấm vào để mở đúng câu trong bài, rê chuột để đọc câu.
        *Every number is a link that opens the article at its sentence; hover to read it.*
        """
    )
    return


@app.cell
def _(given, inputs, marts, questions):
    def answer(
        name: str,
        columns: str,
        links: Mapping[str, tuple[str, str | None]],
        *notes: str,
        chart: Callable[[list[dict[str, Any]]], alt.Chart] | None = None,
    ) -> Any:
        """The question, its inputs, chart and table; a plain sentence where nothing is known."""
        question: Question = questions[name]
        values = {key: entered(value, given[name][key]) for key, value in inputs.value[name].items()}
        asked = ask(marts, question, values)
        rows = [dict(zip(question.columns, row, strict=True)) for row in asked.fetchall()]
        parts = [
            mo.md(f"## {int(name[:2])}. {question.in_vietnamese}\n*{question.in_english}*"),
            mo.accordion({"Tham số · Parameters": inputs[name]}),
            *(mo.md(note) for note in notes),
        ]
        if rows and chart:
            parts.append(chart([{key: in_json(value) for key, value in row.items()} for row in rows]))
        if rows:
            parts.append(mo.Html(linked_table(rows, columns.split(), links)))
        else:
            parts.append(mo.md("Tệp này không có câu trả lời. *Nothing in this file answers it.*"))
        return mo.vstack(parts)

    return (answer,)


@app.cell
def _(answer):
    answer(
        "01_growth_of_all_provinces",
        "rank_in_period province time_period value unit_code status known_since portals",
        {"value": ("source_url", "quote")},
        "Hạng chỉ so các tỉnh có số của cùng một kỳ; *estimate* là số ước, *actual* là kết quả.",
        chart=lambda rows: (
            alt.Chart(alt.Data(values=rows[:40]))
            .mark_bar()
            .encode(
                x=alt.X("value:Q", title="%"),
                y=alt.Y("province:N", sort="-x", title=None),
                color=alt.Color("status:N", title="Loại số"),
                tooltip=["time_period:N", "quote:N"],
            )
        ),
    )
    return


@app.cell
def _(answer):
    answer(
        "02_series_across_the_merger",
        "time_period period_end value unit_code status provinces parts_known parts",
        {"value": ("source_url", "quote")},
        "Trước ngày 1/7/2025 là tổng của các tỉnh cũ; thiếu tỉnh nào thì tổng nhỏ hơn thực tế.",
        chart=lambda rows: (
            alt.Chart(alt.Data(values=rows))
            .mark_line(point=True)
            .encode(
                x=alt.X("period_end:T", title=None),
                y=alt.Y("value:Q", title=rows[0]["unit_code"]),
                color=alt.Color("is_sum:N", title="Tổng tỉnh cũ"),
                tooltip=["time_period:N", "provinces:N", "quote:N"],
            )
        ),
    )
    return


@app.cell
def _(answer):
    answer(
        "03_known_then_and_now",
        "province time_period status value_then known_since value_now revised_on revision",
        {"value_then": ("source_url_then", "quote_then"), "value_now": ("source_url_now", "quote_now")},
        "Số nào chưa bị sửa thì hai cột bằng nhau và ngày sửa để trống.",
    )
    return


@app.cell
def _(answer):
    answer(
        "04_portals_that_disagree",
        "province time_period status portal value unit_code published_on spread_pct",
        {"value": ("source_url", "quote")},
        "Chỉ tính con số chính xác mà mỗi báo đưa sau cùng: báo tự đính chính thì không phải bất đồng.",
    )
    return


@app.cell
def _(answer):
    answer(
        "05_targets_and_who_is_behind",
        "province target_value result_value unit_code attainment_pct elapsed_pct lead_points is_behind",
        {"target_value": ("target_url", "target_quote"), "result_value": ("result_url", "result_quote")},
        "Chậm là đạt ít phần trăm chỉ tiêu hơn phần trăm thời gian đã qua.",
        chart=lambda rows: (
            alt.Chart(alt.Data(values=[row for row in rows if row["attainment_pct"] is not None]))
            .mark_bar()
            .encode(
                x=alt.X("lead_points:Q", title="điểm phần trăm so với thời gian đã qua"),
                y=alt.Y("province:N", sort="x", title=None),
                color=alt.Color("is_behind:N", title="Chậm"),
                tooltip=["result_quote:N"],
            )
        ),
    )
    return


@app.cell
def _(answer):
    answer(
        "06_numbers_that_do_not_add_up",
        "portal published_on title check_kind printed_value expected_value",
        {"printed_value": ("source_url", "quote"), "expected_value": ("other_url", "other_quote")},
        "Chênh lệch đã trừ phần làm tròn. Rê chuột lên hai con số để đọc hai câu.",
    )
    return


@app.cell
def _(answer):
    months = ["january", "february", "march", "april", "may", "june"]
    months += ["july", "august", "september", "october", "november", "december"]
    answer(
        "07_public_investment_by_month",
        "province latest_month latest_pct latest_amount latest_status months_known",
        {"latest_pct": ("source_url", "quote")},
        "Phần trăm kế hoạch năm, tính dồn từ đầu năm.",
        chart=lambda rows: (
            alt.Chart(
                alt.Data(
                    values=[
                        {"province": row["province"], "month": number, "pct": row[month]}
                        for row in rows[:40]
                        for number, month in enumerate(months, 1)
                        if row[month] is not None
                    ]
                )
            )
            .mark_rect()
            .encode(
                x=alt.X("month:O", title="đến hết tháng"),
                y=alt.Y("province:N", title=None),
                color=alt.Color("pct:Q", title="%"),
                tooltip=["province:N", "month:O", "pct:Q"],
            )
        ),
    )
    return


@app.cell
def _(answer):
    answer(
        "08_directives_past_their_deadline",
        "meeting_date chair assigned_to task deadline_on days_past",
        {"task": ("url", "quote")},
        "Quá hạn chưa hẳn là chưa làm: bài báo nói việc được giao, ít khi nói việc đã xong.",
    )
    return


@app.cell
def _(answer):
    answer(
        "09_what_is_missing",
        "province indicator is_missing figures newest_period days_old",
        {},
        "Số của tỉnh cũ tính cho tỉnh mới. Ở đây thiếu nghĩa là chưa bài nào đọc được đưa số ấy.",
        chart=lambda rows: (
            alt.Chart(alt.Data(values=rows))
            .mark_rect()
            .encode(
                x=alt.X("indicator:N", title=None),
                y=alt.Y("province:N", title=None),
                color=alt.Color("is_missing:N", title="Thiếu"),
                tooltip=["newest_period:N", "days_old:Q"],
            )
        ),
    )
    return


@app.cell
def _(answer):
    answer(
        "10_everything_on_one_product",
        "published_on portal province indicator time_period status value_text",
        {"value_text": ("source_url", "quote")},
        "Gõ không dấu tìm mọi cách bỏ dấu; gõ có dấu tìm đúng dấu.",
    )
    return


if __name__ == "__main__":
    app.run()

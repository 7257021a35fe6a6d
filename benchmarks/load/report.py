"""The tables of the benchmark."""

from __future__ import annotations

from typing import Final

from rich.table import Table

from benchmarks.load.measure import Load
from benchmarks.load.nights import Round, by_step
from benchmarks.load.rebuild import Rebuilt
from benchmarks.load.slope import Line, line_through
from benchmarks.load.stage import AFTER_MARTS, TO_MARTS
from benchmarks.printing import table, times

# Processor time of a page on its way to the marts, beside trafilatura.extract on the same page.
AIM: Final = 1.35
# Seconds of a night without any page.
NIGHT_AIM: Final = 60


def lines(few: Load, many: Load) -> dict[str, Line]:
    """The line of each stage and of each part of the build, in the order of a night."""
    found: dict[str, Line] = {}
    for stage in (name for name in (*TO_MARTS, *AFTER_MARTS) if name in few.stages):
        found[stage] = line_through(
            (few.pages, few.stages[stage].processor), (many.pages, many.stages[stage].processor)
        )
        if stage == "build":
            for part in few.build:
                found[f"  {part}"] = line_through(
                    (few.pages, few.build[part]), (many.pages, many.build[part])
                )
    return found


def marginal(few: Load, many: Load) -> float:
    """Processor time of one more page to the marts, in times of trafilatura.extract on such a page."""
    found = lines(few, many)
    return sum(found[stage].per_page for stage in TO_MARTS) / (many.bare / many.pages)


def load_table(few: Load, many: Load) -> Table:
    """What each stage costs, for each page and for a load without any."""
    bare = many.bare / many.pages
    made = table(
        f"from archived bytes to published marts: {few.pages:,} and {many.pages:,} pages",
        "stage",
        "ms a page",
        "× trafilatura",
        "fixed s",
        f"s at {many.pages:,}",
        "cores busy",
        "largest MiB",
        "together MiB",
    )
    for name, line in lines(few, many).items():
        used = many.stages.get(name)
        made.add_row(
            name,
            f"{line.per_page * 1000:.2f}",
            times(line.per_page / bare),
            f"{line.fixed:.1f}",
            f"{used.processor:.1f}" if used else f"{many.build[name.strip()]:.1f}",
            f"{used.cores:.2f}" if used else "",
            f"{used.largest_mib:,.0f}" if used else "",
            f"{used.together_mib:,.0f}" if used else "",
        )
        if name == TO_MARTS[-1]:
            made.add_section()
    return made


def told(few: Load, many: Load) -> list[str]:
    """The figures that a table has no row for."""
    seconds = sum(many.stages[stage].wall for stage in TO_MARTS)
    processor = sum(many.stages[stage].processor for stage in TO_MARTS)
    largest = max(one.largest_mib for one in many.stages.values())
    together = max(one.together_mib for one in many.stages.values())
    found = marginal(few, many)
    verdict = "met" if found <= AIM else "missed"
    return [
        f"A page has {many.body_bytes / many.pages:,.0f} bytes, {many.claims / many.pages:.1f} claims.",
        f"trafilatura.extract takes {_bare_ms(many):.2f} ms a page, {_bare_ms(few):.2f} in the smaller load.",
        f"One more page costs {found:.2f} times trafilatura.extract; the aim of {AIM} is {verdict}.",
        f"{many.pages / seconds:.1f} pages a second on the clock, {many.pages / processor:.1f} a processor.",
        f"At most {largest:,.0f} MiB in one process, {together:,.0f} MiB in all.",
    ]


def steps_table(night: Round) -> Table:
    """The two nights by step."""
    made = table(
        "a night by step, processor seconds (and on the clock)", "step", "with the samples", "nothing new"
    )
    nights = [{one.name: one for one in by_step(steps)} for steps in (night.samples, night.nothing)]
    for name in nights[0]:
        cells = [f"{one[name].processor:.1f} ({one[name].wall:.1f})" if name in one else "" for one in nights]
        made.add_row(name, *cells)
    return made


def alone_table(night: Round) -> Table:
    """What starting each tool costs alone, beside an import of Airflow's SDK."""
    made = table("in a process of its own", "", "processor s", "clock s", "× airflow.sdk")
    sdk = night.alone["airflow.sdk"].processor
    for name, used in {**night.alone, "make run, nothing new": night.run}.items():
        made.add_row(name, f"{used.processor:.1f}", f"{used.wall:.1f}", times(used.processor / sdk))
    return made


def told_of_night(night: Round) -> list[str]:
    """The aim, and how the nights compare with what they are made of."""
    sdk, parse = night.alone["airflow.sdk"].processor, night.alone["dbt parse"].processor
    return [
        f"{name}: {steps[0].processor:.1f} s of processors, {steps[0].wall:.0f} s on the clock"
        f" (the aim is {NIGHT_AIM} s on two free cores), {steps[0].processor / (sdk + parse):.1f} times"
        " an import of airflow.sdk and a dbt parse."
        for name, steps in (("With the samples", night.samples), ("With nothing new", night.nothing))
    ]


def rebuild_table(again: Rebuilt) -> Table:
    """How fast everything comes back, up to the drawn site."""
    made = table(
        f"{again.pages:,} articles built again",
        "",
        "processor s",
        "articles a processor second",
        "articles a clock second",
        "× trafilatura",
        "largest MiB",
    )
    for name, used in (
        ("make restore RAW=1, every page cleaned again", again.bytes_again),
        ("make restore RAW=1", again.raw),
        ("make rebuild", again.rebuild),
    ):
        made.add_row(
            name,
            f"{used.processor:.1f}",
            f"{again.pages / used.processor:.1f}",
            f"{again.pages / used.wall:.1f}",
            times(used.processor / again.bare),
            f"{used.largest_mib:,.0f}",
        )
    return made


def _bare_ms(one: Load) -> float:
    return one.bare / one.pages * 1000

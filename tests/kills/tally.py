"""What came of kills, as figures that add up."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Kills of one stage and kind. ended_first: it was through before the kill; reads: what a reader met."""

    kills: int = 0
    completed: int = 0
    lost: int = 0
    doubled: int = 0
    half_published: int = 0
    ended_first: int = 0
    reads: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.kills + other.kills,
            self.completed + other.completed,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.half_published + other.half_published,
            self.ended_first + other.ended_first,
            {
                name: self.reads.get(name, 0) + other.reads.get(name, 0)
                for name in self.reads.keys() | other.reads.keys()
            },
            self.troubles + other.troubles,
        )


# By stage and kind of kill.
Tallies = dict[tuple[str, str], Tally]

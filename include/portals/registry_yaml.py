"""YAML with the line of every value, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

Path = tuple[str | int, ...]

# A thousand portals with every key take some 30,000 values in four levels. Aliases make any number of values
# and levels out of a few lines.
MAX_VALUES: Final = 200_000
MAX_LEVELS: Final = 20
_BRACKET: Final = re.compile(r"[\[\]{}]")


@dataclass(slots=True)
class LocatedYaml:
    """A document read as text (every scalar is a str or None), with the line of each path (from 1)."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)
    duplicate_keys: list[tuple[Path, int]] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest enclosing value that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_located(text: str) -> LocatedYaml:
    """Parse one YAML document. Scalars stay text, so that a code like 08 keeps its zero.

    Raises yaml.YAMLError on a fault of syntax, and for more values or levels than a registry can have: an
    alias repeats what it stands for, one inside of itself without end.
    """
    _refuse_open_brackets(text)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        raise yaml.YAMLError("values stand in one another without end") from None
    if node is not None:
        _require_bounded(node)
    found = LocatedYaml(None)
    found.value = _build(node, (), found) if node is not None else None
    return found


def _refuse_open_brackets(text: str) -> None:
    """PyYAML looks through all open brackets at each sign: some thousands of them take it minutes."""
    opened = 0
    for bracket in _BRACKET.finditer(text):
        opened = opened + 1 if bracket[0] in "[{" else max(0, opened - 1)
        if opened > MAX_LEVELS:
            line = text.count("\n", 0, bracket.start())
            mark = yaml.Mark("registry", bracket.start(), line, 0, None, 0)
            raise yaml.MarkedYAMLError(problem=f"more than {MAX_LEVELS} brackets are open", problem_mark=mark)


def _require_bounded(root: yaml.Node) -> None:
    """Raise yaml.MarkedYAMLError where what the aliases stand for passes a limit; values count each time."""
    waiting, values = [(root, 1)], 0
    while waiting:
        node, level = waiting.pop()
        values += 1
        if values > MAX_VALUES or level > MAX_LEVELS:
            raise yaml.MarkedYAMLError(
                problem=f"more than {MAX_VALUES} values or {MAX_LEVELS} levels, by aliases (*name) perhaps",
                problem_mark=node.start_mark,
            )
        if isinstance(node, yaml.MappingNode):
            waiting += [(part, level + 1) for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(part, level + 1) for part in node.value]


def _build(node: yaml.Node, path: Path, found: LocatedYaml) -> Any:
    found.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, path, found)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), found) for index, child in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _build_mapping(node: yaml.MappingNode, path: Path, found: LocatedYaml) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in built:
            found.duplicate_keys.append(((*path, key), line))
            continue
        found.lines[(*path, key)] = line
        built[key] = _build(value_node, (*path, key), found)
    return built

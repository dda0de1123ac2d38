"""Adding to a YAML text what an artist wrote, every other byte of which stays as it is.

A YAML library would write the whole file anew: comments that stand between two pieces would come
to stand behind the addition, and lines be wrapped otherwise. So the text is only cut open where
the new lines go; where that place is, the nodes tell. What comes out is to be read again and
compared by the caller: YAML has odder forms than are foreseen here.
"""

from __future__ import annotations

from typing import Any

import yaml

from dreamfolio.explore.lines import as_flow, as_lines


def add_key(text: str, path: tuple[str | int, ...], key: str, value: Any) -> str:
    """``text`` with ``key: value`` at the end of the map at ``path``, which has no such key."""
    node = _at(text, path)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"there is no map at {path}")
    if node.flow_style:
        return _into_flow(text, node, as_flow({key: value})[1:-1])
    if not path:
        return _with_line_end(text) + as_lines({key: value})
    return _after(text, node, as_lines({key: value}, node.start_mark.column))


def add_items(text: str, path: tuple[str | int, ...], items: list[Any]) -> str:
    """``text`` with ``items`` at the end of the list at ``path``, which may hold nothing yet."""
    node = _at(text, path)
    if isinstance(node, yaml.SequenceNode) and node.value:
        if node.flow_style:
            return _into_flow(text, node, as_flow(items)[1:-1])
        return _after(text, node, as_lines(items, node.start_mark.column))
    owner = _at(text, path[:-1])
    if not isinstance(owner, yaml.MappingNode) or owner.flow_style:
        return text[: node.start_mark.index] + as_flow(items) + text[node.end_mark.index :]
    emptied = text[: node.start_mark.index].rstrip(" ") + text[node.end_mark.index :]
    key = next(one for one, value in owner.value if value is node or one.value == path[-1])
    end = _line_end(emptied, key.end_mark.index)
    lines = as_lines(items, key.start_mark.column + 2)
    return _inserted(emptied, end, lines)


def _at(text: str, path: tuple[str | int, ...]) -> yaml.Node:
    # The pure Python loader: libyaml's marks count bytes.
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    if not isinstance(node, yaml.Node):
        raise ValueError(f"there is nothing at {path}")
    return node


def _into_flow(text: str, node: yaml.Node, inner: str) -> str:
    end = node.end_mark.index - 1
    before = text[:end].rstrip()
    comma = "" if before.endswith((",", "[", "{")) else ","
    return f"{before}{comma} {inner}{text[end:]}" if node.value else before + inner + text[end:]


def _after(text: str, node: yaml.Node, lines: str) -> str:
    """The text with ``lines`` below the last line of a block's content."""
    return _inserted(text, _line_end(text, _content_end(text, node)), lines)


def _content_end(text: str, node: yaml.Node) -> int:
    """Where what the node says ends; a block's own end lies behind the comments that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _content_end(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = len(text[:end].rstrip())
    return end


def _line_end(text: str, index: int) -> int:
    """The beginning of the line after the one that ``index`` is in."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _inserted(text: str, index: int, lines: str) -> str:
    return _with_line_end(text[:index]) + lines + text[index:]


def _with_line_end(part: str) -> str:
    """``part``, ended as a line is."""
    return part if not part or part.endswith("\n") else part + "\n"

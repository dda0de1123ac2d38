"""Reading a YAML file into plain values that still know where each of them was written.

The values are those of YAML 1.2's core schema, so that ``title: No`` or ``date: 2021-08-22`` is
the text it looks like. Tags that would build objects, repeated keys and nests or aliases that
could eat the machine are refused.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dreamfolio.content.one_line import one_line, quoted
from dreamfolio.errors import ContentError, Place, reason

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_VALUES = 200_000
MAX_DIGITS = 1000
MAX_DIRECTIVES = 100

_TAG = "tag:yaml.org,2002:"
_MAPPING = _TAG + "map"
_SEQUENCE = _TAG + "seq"
_TEXT = _TAG + "str"
_SCALARS = {_TEXT, *(_TAG + kind for kind in ("null", "bool", "int", "float"))}
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A YAML file's ``data``, and the node it was read from, by which values find their place.

    Values have paths, ``("pieces", 0)``. Without a ``root``, nobody knows where anything stands.
    """

    file: Path
    data: Any
    root: yaml.Node | None = None

    def __contains__(self, path: Path_) -> bool:
        """Whether a value is written at ``path``."""
        depth, _, _ = self._nearest(path)
        return depth == len(path)

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Where the value (or the key) at ``path`` is written, or its nearest parent's place."""
        _, key_node, node = self._nearest(path)
        asked = key_node if key and key_node else node
        return _place(self.file, asked.start_mark if asked else None)

    def keys(self) -> frozenset[str]:
        """Every key that is written in it, at any depth."""
        return frozenset(_keys(self.data))

    def _nearest(self, path: Path_) -> tuple[int, yaml.Node | None, yaml.Node | None]:
        """How many steps of ``path`` are written, and the key and the value that they lead to."""
        # Walked when somebody asks: of most values, nobody ever does.
        key, value = None, self.root
        for depth, step in enumerate(path):
            inner = _inner(value, step)
            if inner is None:
                return depth, key, value
            key, value = inner
        return len(path), key, value


def _inner(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    """The key, where it has one, and the value in ``node`` that ``step`` leads to."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = value.values()
    elif not isinstance(value, list):
        return
    for inner in value:
        yield from _keys(inner)


def load(file: Path, shown_as: Path | None = None) -> Document:
    """Read ``file``; ``shown_as`` is its name in messages. Raises ``ContentError`` with a place."""
    name = shown_as or file
    text = _text(file, name)
    try:
        _refuse_floods(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, name) from None
    except yaml.reader.ReaderError as error:
        raise _unfit_character(error, text, name) from None
    if root is None or (root.tag == _TAG + "null" and not root.value):
        top = yaml.Mark(str(name), 0, 0, 0, None, 0)
        return Document(name, {}, yaml.MappingNode(_MAPPING, [], top))
    return Document(name, _Reader(name).read(root), root)


def _text(file: Path, name: Path) -> str:
    try:
        # Of a pipe, a read waits for somebody to write; of a device, it may have no end.
        if not stat.S_ISREG(file.stat().st_mode):
            raise ContentError("is no file", place=Place(name), mend="write a text in its place")
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(
            f"cannot be read ({reason(error)})", place=Place(name), mend="see that you may read it"
        ) from None
    if len(raw) > MAX_BYTES:
        raise ContentError(
            f"larger than {MAX_BYTES // 1_000_000} MB",
            place=Place(name),
            mend="a manifest holds words, not data",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError("not UTF-8", place=Place(name, line), mend="save it as UTF-8") from None


class _Loader(_BASE):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (PyYAML's own attribute)

    # PyYAML asks at every node whether tags hang on paths, of which there are none here.
    def descend_resolver(self, parent: Any, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    # Nor does it need its own way to a tag, which makes a new list for every text.
    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        is_plain, _ = implicit
        for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()) if is_plain else ():
            if pattern.match(value):
                return tag
        return _TEXT


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    _Loader.add_implicit_resolver(_TAG + _tag, re.compile(rf"^(?:{_pattern})$"), _first)


# Nothing in a flow of one line of these signs can be another flow, nor hide the end of this one.
_SHORT_FLOW = re.compile(r"\[[\w ,.~+-]*\]|\{[\w ,.:~+-]*\}")
_DIRECTIVE = re.compile("[\n\r\x85\u2028\u2029]%")  # after any line end that YAML knows
_DEEP_LINE = re.compile(rf"[ \t?:-]{{{MAX_DEPTH // 4}}}")


def _is_surely_small(text: str) -> bool:
    """Whether a glance at its signs tells that a text is neither deep nor many values; most are.

    A nest in block style begins further to the right than what it is in, or as far for a list
    under a key, and only behind spaces, dashes, colons and question marks: fewer than a quarter
    of the depth in a row make less than half of it. One in flow style takes a bracket each.
    """
    if len(text) > MAX_VALUES // 4 or _DEEP_LINE.search(text):
        return False
    rest = _SHORT_FLOW.sub("", text)
    return rest.count("[") + rest.count("{") < MAX_DEPTH // 4


def _refuse_floods(text: str, name: Path) -> None:
    # Each is compared with all before it, and no manifest needs one.
    if text.count("%") > MAX_DIRECTIVES and len(_DIRECTIVE.findall(text)) > MAX_DIRECTIVES:
        raise ContentError(
            f"more than {MAX_DIRECTIVES} lines begin with %",
            place=Place(name),
            mend="take out those above the line ---, and indent or quote others",
        )
    if _is_surely_small(text):
        return
    # Events come one at a time and are cheap; composing recurses and keeps every node, so depth and
    # number are checked before.
    depth = count = 0
    for event in yaml.parse(text, Loader=_Loader):
        count += isinstance(event, yaml.NodeEvent)
        if count > MAX_VALUES:
            raise ContentError(
                f"holds more than {MAX_VALUES:,} keys and values",
                place=_place(name, event.start_mark),
                mend="a manifest holds words, not data",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _too_deep(_place(name, event.start_mark))


def _too_deep(place: Place) -> ContentError:
    return ContentError(
        f"nested more than {MAX_DEPTH} levels deep",
        place=place,
        mend="no manifest needs that; close the brackets, or mend the indentation",
    )


def _place(name: Path, mark: Any) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


_LAYOUT = "check the indentation, and put text that holds a colon in quotes"
_MARKS = (
    "check the indentation and this line's quotation marks and brackets, "
    "and put text that begins with a special sign in quotes"
)
_MENDS = (
    ("tab character", "indent with spaces, not tabs"),
    (
        "cannot start any token",
        "indent with spaces, not tabs, and put text with special signs in quotes",
    ),
    ("mapping values are not allowed", _LAYOUT),
    ("block sequence entries", "begin the list on a line of its own, or put the text in quotes"),
    ("expected <block end>", _LAYOUT),
    (
        "unexpected ':'",
        'within brackets, put text that holds a colon in quotes: ["mixed4:[3, 17]"]',
    ),
    ("expected key", _MARKS),
    ("expected '-' indicator", _LAYOUT),
    ("undefined alias", "put text that begins with * in quotes"),
    ("alphabetic or numeric character", "put text that begins with * or & in quotes"),
    ("but found another document", "keep one document, and delete the line ---"),
    ("unknown escape", r"in double quotes write \\ for \, or take single quotes"),
)


def _syntax_error(error: yaml.MarkedYAMLError, name: Path) -> ContentError:
    place = _place(name, error.problem_mark or error.context_mark)
    # Newer versions of libyaml count brackets themselves, as they look ahead.
    if "maximum nesting depth" in (error.problem or ""):
        return _too_deep(place)
    # What is quoted in it was written by anybody, and may be long.
    problem = one_line((error.problem or "not valid YAML").replace("\t", "\\t"), 160)
    return ContentError(
        f"not valid YAML: {problem}",
        place=place,
        mend=_unclosed(error) or next((mend for sign, mend in _MENDS if sign in problem), _MARKS),
    )


def _unclosed(error: yaml.MarkedYAMLError) -> str | None:
    # Such a mistake shows far below the line that it was made in.
    context, problem = error.context or "", error.problem or ""
    if error.context_mark is None:
        return None
    line = error.context_mark.line + 1
    if "quoted scalar" in context and "end of stream" in problem:
        return f"close the quotation mark of line {line}"
    if "flow sequence" in context or "flow mapping" in context:
        bracket = "[" if "sequence" in context else "{"
        return f"close the {bracket} of line {line}, or put a comma between its parts"
    return None


# What no text needs, and a terminal or a page may take for something else: all that YAML allows is
# left out here. Named by what it allows, it would take ten times as long to compile.
_UNFIT = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _unfit_character(error: yaml.reader.ReaderError, text: str, name: Path) -> ContentError:
    found = _UNFIT.search(text)
    before = text[: found.start()] if found else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    character = f"U+{ord(found[0]):04X}" if found else error.reason
    return ContentError(
        f"not valid YAML: it holds the character {character}",
        place=Place(name, line, column),
        mend="delete it; an editor may not show it",
    )


class WrittenInt(int):
    """A whole number that turns to text as it was written: ``title: 007`` is ``007``."""

    written: str

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """A number that turns to text as it was written: ``title: 1.10`` is ``1.10``."""

    written: str

    def __str__(self) -> str:
        return self.written


class _Reader:
    """Turns composed nodes into values, refusing what no manifest needs."""

    def __init__(self, name: Path):
        self.name = name
        self._count = 0
        self._length = 0
        self._open: set[int] = set()

    def read(self, node: yaml.Node, depth: int = 0) -> Any:
        self._count += 1
        if self._count > MAX_VALUES or id(node) in self._open:
            raise self._without_end(node)
        if depth > MAX_DEPTH:  # By aliases of aliases.
            raise _too_deep(self._place(node))
        if isinstance(node, yaml.ScalarNode):
            text = self._fit(node)
            return text if node.tag == _TEXT else self._scalar(node, text)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode) and node.tag == _MAPPING:
                return self._mapping(node, depth + 1)
            if isinstance(node, yaml.SequenceNode) and node.tag == _SEQUENCE:
                return [self.read(item, depth + 1) for item in node.value]
        finally:
            self._open.discard(id(node))
        raise _unknown_tag(node, self._place(node))

    def _without_end(self, node: yaml.Node) -> ContentError:
        return ContentError(
            "aliases that unfold without end",
            place=self._place(node),
            mend="write the values out",
        )

    def _place(self, node: yaml.Node) -> Place:
        return _place(self.name, node.start_mark)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in mapping:
                first = next(other for other, _ in node.value if other.value == key)
                raise ContentError(
                    f"{quoted(key)} stands here a second time",
                    place=self._place(key_node),
                    mend=f"the first is on line {self._place(first).line}; keep one of them",
                )
            mapping[key] = self.read(value_node, depth)
        return mapping

    def _key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise ContentError(
                "a key must be plain text",
                place=self._place(node),
                mend="put it in quotes, before a colon",
            )
        if node.tag not in _SCALARS:
            raise _unknown_tag(node, self._place(node))
        if node.value == "<<" and not node.style:
            raise ContentError(
                "<< is not read here",
                place=self._place(node),
                mend="write the keys out, or name the whole value: recipe: *soft",
            )
        return self._fit(node)

    def _fit(self, node: yaml.ScalarNode) -> str:
        text: str = node.value
        # No file is longer, so it is one text again and again, by aliases.
        self._length += len(text)
        if self._length > MAX_BYTES:
            raise self._without_end(node)
        # In double quotes, any character can be written by its number.
        found = None if text.isprintable() else _UNFIT.search(text)
        if found:
            raise ContentError(
                f"{quoted(text)} holds the character U+{ord(found[0]):04X}",
                place=self._place(node),
                mend="take it out; a text holds letters, signs and line breaks",
            )
        return text

    def _scalar(self, node: yaml.ScalarNode, text: str) -> Any:
        try:
            match node.tag.removeprefix(_TAG):
                case "null":
                    return None
                case "bool":
                    return text.lower() == "true"
                case "int":
                    return _int(text)
                case "float":
                    return _float(text)
        except (ValueError, OverflowError):
            raise ContentError(
                f"{quoted(text)} is not a number",
                place=self._place(node),
                mend="put it in quotes where it is meant as text",
            ) from None
        raise _unknown_tag(node, self._place(node))


def _int(text: str) -> WrittenInt:
    if len(text) > MAX_DIGITS:  # Python reads and writes those slowly, or refuses to.
        raise ValueError(text)
    number = WrittenInt(text, 0) if text.lower().startswith(("0x", "0o")) else WrittenInt(text)
    number.written = text
    return number


def _float(text: str) -> WrittenFloat:
    number = WrittenFloat(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    number.written = text
    return number


def _unknown_tag(node: yaml.Node, place: Place) -> ContentError:
    return ContentError(
        f"the tag {one_line(node.tag.replace(_TAG, '!!'))} is not allowed here",
        place=place,
        mend="write the value plainly, without a tag",
    )

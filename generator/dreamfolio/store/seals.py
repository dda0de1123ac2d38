"""The seal at the end of each line of a lock, which tells whether the line is as it was written.

One a line, so that two branches still merge; a lock of before there were seals has none.
"""

from __future__ import annotations

from dreamfolio.files import sha256

_MARK = ', "seal": "'
# Of a SHA-256: against accidents that is plenty, and a line stays readable.
_LENGTH = 16


def sealed(line: str) -> str:
    """``line``, which ends in ``}``, with its seal."""
    return f'{line[:-1]}{_MARK}{seal_of(line)}"}}'


def unsealed(text: str) -> str:
    """``text`` without the seals of those lines that are as they were written."""
    if _MARK not in text:
        return text
    return "\n".join(map(_unsealed, text.split("\n")))


def _unsealed(line: str) -> str:
    head, mark, tail = line.rpartition(_MARK)
    seal, end = tail[:_LENGTH], tail[_LENGTH:]
    whole = f"{head}}}"
    if not mark or not end.startswith('"}') or seal_of(whole) != seal:
        return line
    return whole + end[2:]


def seal_of(line: str) -> str:
    """The seal of a line that has none."""
    return sha256(line.strip().encode("utf-8", "surrogatepass"))[:_LENGTH]

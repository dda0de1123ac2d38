"""What there is, beside the content: all that a plan rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.store.lock import Lock


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source on disk: the SHA-256 of its bytes and the digest of its pixels.

    ``problem`` says why it cannot be read, where it cannot; ``pixels`` is then ``None``.
    """

    file: str | None
    pixels: str | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A network on this machine: its weights' digest, ``None`` where they are not here.

    ``obtainable`` says whether they are here or can be fetched; ``word`` what there is to say.
    """

    digest: str | None
    obtainable: bool
    word: str = ""


UNREAD = SourceFacts(None, None, "it was not found")
UNSEEN = NetworkFacts(None, obtainable=False, word="the network was not looked for")


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is, beside the content: all that a plan rests on.

    Files are named by collection slug and file name; ``outputs`` holds the digests of the
    variants on disk.
    """

    locks: Mapping[str, Lock] = field(default_factory=dict)
    sources: Mapping[tuple[str, str], SourceFacts] = field(default_factory=dict)
    outputs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    networks: Mapping[NetworkReference, NetworkFacts] = field(default_factory=dict)

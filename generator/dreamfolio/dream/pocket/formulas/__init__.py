"""Every motif, by family: a module ``<family>.py`` with its ``MOTIFS`` for each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from dreamfolio.dream.pocket.drawing.relief import Motif

FAMILIES: Mapping[str, tuple[Motif, ...]] = MappingProxyType(
    {
        family: import_module(f"{__name__}.{family}").MOTIFS
        for family in sorted(module.name for module in iter_modules(__path__))
    }
)

MOTIFS: tuple[Motif, ...] = tuple(motif for motifs in FAMILIES.values() for motif in motifs)

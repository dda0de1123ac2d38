"""What is explored and how far it has come: frozen values that the page is written from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import Recipe
from dreamfolio.explore.subject import Subject


class Stage(StrEnum):
    """How far an exploration has come."""

    RUNNING = "running"
    STOPPED = "stopped"
    WHOLE = "whole"


@dataclass(frozen=True)
class Exploration:
    """One picture, one network, one recipe, and the layers to look at, by depth, then motifs.

    ``written`` is what a manifest would say of the recipe beside a variant's layers, if anything.
    ``channels`` is how many single channels of each layer are looked at, too.
    """

    subject: Subject
    network: NetworkReference
    catalogue: Catalogue
    recipe: Recipe
    recipe_asked: Any
    written: Any
    layers: tuple[LayerInfo, ...]
    channels: int = 0

    @property
    def preprocess(self) -> str:
        """What the network's input takes."""
        return self.network.preprocess or self.catalogue.preprocess


@dataclass(frozen=True, slots=True)
class Tile:
    """A layer's place on the sheet: empty, or with a picture, or with why there is none.

    ``layer`` may stand for a motif, or for a single channel: its name is then the target's.
    ``picture`` is an encoded PNG; ``key`` tells it from every other dream.
    """

    layer: LayerInfo
    picture: bytes | None = None
    key: str = ""
    problem: str | None = None

"""The colours that motifs are painted in.

A palette is shared by many motifs, so that none can be told by its colours alone; and a motif has
few of its own, so that a network learns colour with form.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.relief import Field

# From the darkest to the lightest; what lies between is mixed.
PALETTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bone": ("#2b1d14", "#7d6248", "#c9b48f", "#f1e6cf", "#fffaf0"),
        "ember": ("#140405", "#6d0f0a", "#d23a0c", "#ff9a1f", "#fff1a8"),
        "coral": ("#3a0d1e", "#a8324a", "#f0696a", "#ffb199", "#ffe9dc"),
        "moss": ("#0b1a0c", "#24481c", "#5f8a2b", "#a9c653", "#eaf4b5"),
        "lagoon": ("#03141f", "#064b63", "#0f93a0", "#4fd6c4", "#d9fff2"),
        "dusk": ("#0d0826", "#3b1f6b", "#8a3fa0", "#e07ab5", "#ffd9c9"),
        "gold": ("#1c1004", "#6b4308", "#b9811a", "#efc24f", "#fff3c0"),
        "blood": ("#150206", "#560a17", "#9e1b22", "#d9584a", "#f6c2a5"),
        "ice": ("#071226", "#2a5a8f", "#6fa9d6", "#bfe0f2", "#ffffff"),
        "petal": ("#2d0630", "#86166f", "#e0359a", "#ff8fc4", "#fff0d6"),
        "rust": ("#150a08", "#4c2315", "#9a4a20", "#cf8b4b", "#7fb3a2"),
        "ink": ("#05060a", "#23283a", "#5b657d", "#aab3c2", "#f4f4ee"),
        "venom": ("#08120a", "#1d5a2a", "#49c02f", "#c8f03c", "#fdffb8"),
        "amethyst": ("#120822", "#43208a", "#7d5be0", "#b9a8ff", "#f4eeff"),
        "peacock": ("#04101f", "#0a3f7a", "#0f9a8a", "#6fd05a", "#f2e14c"),
        "flesh": ("#2a0c0c", "#8a3d35", "#d08a73", "#efc2a6", "#fdeadb"),
        "copper": ("#0f0b10", "#5a2a22", "#b8643c", "#eab07a", "#cfeee0"),
        "sunset": ("#1a0b2e", "#6b1f5c", "#d6455a", "#ff9650", "#ffe27a"),
        "leaf": ("#0a150e", "#14532d", "#3f9142", "#8fc73e", "#f5d76e"),
        "sea": ("#05102a", "#123c8c", "#2f7fe0", "#8fd0ff", "#f7fbff"),
        "candy": ("#281040", "#c2257f", "#ff6f61", "#ffd23f", "#3bceac"),
        "opal": ("#12303a", "#5a86a0", "#c9a7d6", "#ffd3c2", "#f3ffe8"),
        "sand": ("#231a10", "#72573a", "#b89468", "#dcc39a", "#f7ecd2"),
        "orchid": ("#10201a", "#3c5a3a", "#b04a9a", "#f08ad0", "#fff6b0"),
    }
)


def colour(tone: Field, name: str, turn: float = 0.0, flip: bool = False) -> NDArray[np.float32]:
    """``tone``, in [0, 1], in the colours of a palette: (size, size, 3) float32 RGB in [0, 1].

    ``turn`` turns the hues by so many whole rounds; ``flip`` takes the palette from its light end.
    """
    stops = np.array(
        [[int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)] for code in PALETTES[name]],
        np.float32,
    )
    stops = _turned(stops, turn)
    place = np.linspace(0, 1, len(stops), dtype=np.float32)
    tone = np.clip(1 - tone if flip else tone, 0, 1)
    return np.stack([np.interp(tone, place, stops[:, c]) for c in range(3)], -1).astype(np.float32)


def _turned(rgb: NDArray[np.float32], turn: float) -> NDArray[np.float32]:
    """Hues turned about the grey axis, lightness about kept (Rodrigues' rotation)."""
    if turn == 0:
        return rgb
    angle = 2 * np.pi * turn
    cosine, third = np.cos(angle), (1 - np.cos(angle)) / 3
    root = np.sin(angle) / np.sqrt(3)
    matrix = np.array(
        [
            [cosine + third, third - root, third + root],
            [third + root, cosine + third, third - root],
            [third - root, third + root, cosine + third],
        ],
        np.float32,
    )
    return np.clip(rgb @ matrix.T, 0, 1).astype(np.float32)

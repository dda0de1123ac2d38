"""Tiles: each dreamed, or fetched where it was dreamed before, and one failure costing one."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dreamfolio import __version__
from dreamfolio.content.inside import leads_out, refused
from dreamfolio.content.objects import Variant
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.device import describe_device, versions
from dreamfolio.dream.engine import dream, steps_of
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.loudest import loudest
from dreamfolio.dream.networks import weights
from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.precision import asked_for
from dreamfolio.dream.target import Target
from dreamfolio.errors import (
    DreamfolioError,
    NetworkError,
    NetworkUnavailable,
    Place,
    StoreError,
    reason,
    reason_with_type,
)
from dreamfolio.explore.channels import (
    ChannelMemory,
    channels_key,
    has_channels,
    with_channels,
)
from dreamfolio.explore.exploration import Exploration, Tile
from dreamfolio.explore.listener import Listener
from dreamfolio.explore.subject import Subject
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.pictures.encode import encode
from dreamfolio.runner.origin import Origin, provenance
from dreamfolio.store.cache import Cache
from dreamfolio.store.digests import DigestMemory
from dreamfolio.store.key import variant_key

if TYPE_CHECKING:
    from PIL import Image

    from dreamfolio.dream.networks.network import Network

Stop = Callable[[], bool]

# A page can show no TIFF; and a dream is the same whatever its source's format.
SUFFIX = ".png"
# Of so many layers the activations are held in memory at once, to find their loudest channels.
_AT_ONCE = 32


class Tiles:
    """Makes the tiles of one exploration, shallow layers first.

    The source is decoded and shrunk once. Tiles have the keys of variants with the same recipe,
    so a build's cache and an exploration's serve each other.
    """

    def __init__(
        self,
        exploration: Exploration,
        cache: Cache,
        memory: DigestMemory,
        channels: ChannelMemory,
        listener: Listener,
    ):
        """Raises ``PictureError`` where the picture, or one its recipe names, cannot be read."""
        recipe = exploration.recipe
        named = {
            role: _decoded(exploration.subject, name) for role, name in recipe.pictures.items()
        }
        digests = {role: pixels_digest(picture) for role, picture in named.items()}
        self._pictures = {role: _pixels(picture) for role, picture in named.items()}
        self._exploration = replace(exploration, recipe=recipe.having_seen(digests))
        self._cache: Cache | None = cache
        self._memory = memory
        self._channels = channels
        self._listener = listener
        source = decode(exploration.subject.picture)
        self._digest = pixels_digest(source)
        self._icc = source.info.get("icc_profile")
        self._source = _shrunk(source, exploration)
        self._network_digest = ""
        self._versions: dict[str, str] | None = None
        self._precision = ""
        self._told_loading = False

    @property
    def source(self) -> Image.Image:
        """The source at the size of the tiles, RGB or RGBA, in its own colour profile."""
        from PIL import Image

        shown = Image.fromarray(self._source)
        shown.info = {"icc_profile": self._icc} if self._icc else {}
        return shown

    def make(
        self,
        on_tile: Callable[[Tile], None],
        on_layers: Callable[[Sequence[LayerInfo]], None],
        stop: Stop,
    ) -> None:
        """Hand every tile to ``on_tile``, those that were dreamed before first of all.

        Where single channels are wanted, ``on_layers`` hears of all tiles that there will be, in
        their order, before any tile of a channel. Raises ``NetworkUnavailable`` where the
        network's weights cannot be had, ``NetworkError`` where they are damaged, and ``Stopped``.
        """
        layers = list(self._exploration.layers)
        self._network_digest = self._digest_of_network(layers[0], stop)
        known = self._recalled(layers, on_tile)
        if self._exploration.channels:
            loud = self._loudest(stop)
            layers = list(with_channels(layers, loud, self._exploration.channels))
            on_layers(layers)
            new = [layer for layer in layers if layer not in self._exploration.layers]
            known |= self._recalled(new, on_tile)
        to_dream = [layer for layer in layers if layer.name not in known]
        self._listener.begin(to_dream, len(known), self._steps())
        for layer in to_dream:
            tile = self._dreamed(layer, stop)
            on_tile(tile)
            self._listener.finished(tile)
        self._memory.save()

    def _recalled(self, layers: Sequence[LayerInfo], on_tile: Callable[[Tile], None]) -> set[str]:
        """The names of those that were dreamed before; ``on_tile`` takes them."""
        known = set()
        for layer in layers:
            picture = self._cached(self._key(layer))
            if picture is not None:
                on_tile(Tile(layer, picture, self._key(layer)))
                known.add(layer.name)
        return known

    def _loudest(self, stop: Stop) -> dict[str, tuple[int, ...]]:
        """The loudest channels of each layer, as far as it can be looked at."""
        exploration = self._exploration
        keys = {
            layer.name: channels_key(
                pixels=self._digest,
                size=self._source.shape[:2],
                layer=layer.name,
                preprocess=exploration.preprocess,
                network=self._network_digest,
            )
            for layer in exploration.layers
            if has_channels(layer, exploration.catalogue)
        }
        found = {name: self._channels.get(key) for name, key in keys.items()}
        missing = [name for name, channels in found.items() if channels is None]
        if missing:
            self._tell_loading()
            measured: dict[str, tuple[int, ...]] = {}
            for start in range(0, len(missing), _AT_ONCE):
                measured |= self._listened(missing[start : start + _AT_ONCE], stop)
            self._channels.put({keys[name]: channels for name, channels in measured.items()})
            found |= measured
        return {name: channels or () for name, channels in found.items()}

    def _listened(self, names: Sequence[str], stop: Stop) -> dict[str, tuple[int, ...]]:
        if stop():
            raise Stopped("the choice of channels was stopped")
        try:
            return loudest(self._source, self._load(names, stop))
        except (NetworkUnavailable, Stopped):
            raise
        except Exception as error:
            if isinstance(error, NetworkError) and error.place is not None:
                raise
            if len(names) == 1:
                return {}  # Why, the layer's own tile will tell.
            # One out of the picture's reach must not cost the others their channels.
            return {
                layer: channels
                for name in names
                for layer, channels in self._listened([name], stop).items()
            }

    def _steps(self) -> int:
        return steps_of(self._exploration.recipe, *self._source.shape[:2])

    def _digest_of_network(self, first: LayerInfo, stop: Stop) -> str:
        path = weights.locate(self._exploration.network)
        try:
            return self._memory.file(path)
        except OSError:
            # Loading fetches what is published, or says why it cannot be had.
            self._tell_loading()
            self._load([first.name], stop)
        try:
            return self._memory.file(path)
        except OSError as error:
            raise NetworkUnavailable(
                f"cannot be read ({reason(error)})", place=Place(path)
            ) from None

    def _key(self, layer: LayerInfo) -> str:
        return variant_key(
            pixels=self._digest,
            recipe=self._exploration.recipe,
            targets=(Target(layer.name),),
            preprocess=self._exploration.preprocess,
            network=self._network_digest,
        )

    def _cached(self, key: str) -> bytes | None:
        if self._cache is None:
            return None
        try:
            return self._cache.get(key, SUFFIX)
        except StoreError as error:
            self._give_up_cache(error)
            return None

    def _keep(self, key: str, picture: bytes) -> None:
        if self._cache is None:
            return
        try:
            self._cache.put(key, SUFFIX, picture)
        except StoreError as error:
            self._give_up_cache(error)

    def _give_up_cache(self, error: StoreError) -> None:
        # Once is enough: an unreachable bucket would cost a time-out for every tile.
        self._cache = None
        self._listener.warn(error)

    def _dreamed(self, layer: LayerInfo, stop: Stop) -> Tile:
        key = self._key(layer)
        self._listener.dreaming(layer)
        try:
            picture = self._dream(layer, key, stop)
        except (NetworkUnavailable, Stopped):
            raise
        except NetworkError as error:
            # One with a place is about the whole network's file, not about this layer.
            if error.place is not None:
                raise
            return Tile(layer, problem=error.without_place)
        except DreamfolioError as error:
            return Tile(layer, problem=error.without_place)
        except Exception as error:  # Whatever a backend may throw costs this tile only.
            return Tile(layer, problem=f"the dream failed: {reason_with_type(error)}")
        self._keep(key, picture)
        return Tile(layer, picture, key)

    def _dream(self, layer: LayerInfo, key: str, stop: Stop) -> bytes:
        from PIL import Image

        exploration = self._exploration
        self._tell_loading()
        network = self._load([layer.name], stop)
        pixels = dream(
            self._source,
            exploration.recipe,
            network,
            seed=int(key[:16], 16),
            pictures=self._pictures,
            on_step=lambda done, total: self._listener.step(layer, done, total),
            stop=stop,
        )
        told = provenance(self._variant(layer), Origin(key, self._network_digest, self._at_work()))
        return encode(Image.fromarray(pixels), SUFFIX, told, self._icc)

    def _tell_loading(self) -> None:
        if not self._told_loading:
            self._listener.loading(self._exploration.network.label)
            self._told_loading = True

    def _load(self, targets: Sequence[str], stop: Stop) -> Network:
        reference = self._exploration.network

        def on_bytes(done: int, total: int | None) -> None:
            if stop():
                raise Stopped("the fetching was stopped")
            self._listener.fetching(reference.label, done, total)

        asked = asked_for(self._exploration.recipe, "auto")
        chosen = tuple(Target(name) for name in targets)
        network = load(reference, chosen, on_bytes, precision=asked)
        self._precision = network.precision
        self._listener.loaded(describe_device(network.precision))
        return network

    def _at_work(self) -> dict[str, str]:
        if self._versions is None:
            self._versions = {"dreamfolio": __version__, "look": str(LOOK), **versions()}
        return {**self._versions, "precision": self._precision}

    def _variant(self, layer: LayerInfo) -> Variant:
        exploration = self._exploration
        return Variant(
            file="",
            source=exploration.subject.picture.name,
            targets=(Target(layer.name),),
            network=exploration.network,
            preprocess=exploration.preprocess,
            recipe=exploration.recipe,
            recipe_asked=exploration.recipe_asked,
        )


def _shrunk(source: Image.Image, exploration: Exploration) -> Any:
    """The source's bytes as the engine takes them, (H, W, 3 or 4), at the size of the tiles."""
    from dreamfolio.dream.resize import shrink

    pixels = _pixels(source)
    size = octave_sizes(exploration.recipe, *pixels.shape[:2])[-1]
    return shrink(pixels, *size)


def _decoded(subject: Subject, name: str) -> Image.Image:
    """A picture that lies beside the explored one; raises ``PictureError``."""
    path = subject.picture.parent / name
    if subject.portfolio and subject.collection and leads_out(path, subject.portfolio.root):
        raise refused(path)
    return decode(path)


def _pixels(picture: Image.Image) -> Any:
    import numpy as np

    return np.asarray(picture)


def shown(picture: bytes) -> Image.Image:
    """A tile's picture, decoded, with its colour profile."""
    from PIL import Image

    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        opened.load()
        return opened.copy()

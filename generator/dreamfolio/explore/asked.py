"""The network and the recipe that the command line asks for, over those that hold for a picture."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from dreamfolio.content.defaults import EMBEDDED_NETWORK, Defaults, expanded
from dreamfolio.content.forms import RecipeOverrides
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.known import UnknownNetwork, canonical_name, catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference, Preprocess
from dreamfolio.dream.recipe import NAMED, Recipe, at_octave
from dreamfolio.errors import NetworkUnavailable, Place, UsageError
from dreamfolio.suggest import did_you_mean

PREVIEW = NAMED["preview"]
# How large and how finely is dreamed. In all else a preview is as the dream that it previews.
_FINENESS = {"octaves", "min_size", "scale", "steps", "step_size", "jitter", "detail", "max_size"}
# Longer steps than these tear a picture rather than grow on it; smooth ones may be longer.
_LONGEST_STEP, _LONGEST_SMOOTH_STEP = 0.04, 0.06
_LAST = 31  # of all octaves that there may be
_FILES = {".keras", ".h5", ".hdf5"}


@dataclass(frozen=True, slots=True)
class RecipeAsked:
    """The recipe of the tiles, and what a manifest would say of it beside a variant's layers.

    ``written`` is a name or keys and values; None where the recipe is the one that holds there.
    """

    recipe: Recipe
    asked: Any
    written: Any = None


def default_network(holds: Defaults, *, motifs: bool = False) -> NetworkReference:
    """The network that is explored where the command line names none: the one that was named for
    the picture, or that its layers are of, else the embedded one, which is always there.

    Where ``motifs`` alone are asked for it is the embedded one, as in a manifest."""
    named = not motifs and (holds.network_at is not None or holds.layers is not None)
    return holds.network if named else EMBEDDED_NETWORK


def network_asked(
    model: str | None, preprocess: str | None, holds: NetworkReference
) -> NetworkReference:
    """The network of ``--model`` and ``--preprocess``, else the one that ``holds``.

    Raises ``UsageError`` for what is no network, or a file that is not there.
    """
    if preprocess is not None and preprocess not in get_args(Preprocess):
        known = get_args(Preprocess)
        raise UsageError(
            f'there is no input range "{preprocess}"',
            mend=did_you_mean(preprocess, known, f"there are {', '.join(known)}"),
        )
    network = holds if model is None else _named(model, holds)
    if preprocess is None:
        return network
    if network.file is None:
        raise UsageError(
            f"what the input of {network.label} takes is known", mend="leave --preprocess out"
        )
    return replace(network, preprocess=preprocess)  # type: ignore[arg-type]


def _named(model: str, holds: NetworkReference) -> NetworkReference:
    if Path(model).suffix.lower() in _FILES:
        file = Path(os.path.abspath(expanded(model)))  # noqa: PTH100  (resolve follows links)
        if not file.is_file():
            raise UsageError("the network is not there", place=Place(file))
        # What the manifest says of this very file is true of it here, too.
        return holds if holds.file == file else NetworkReference(file=file)
    try:
        name = canonical_name(model)
    except UnknownNetwork as error:
        raise UsageError(error.message, mend=error.mend) from None
    return holds if holds.name == name else NetworkReference(name=name)


def listed(network: NetworkReference) -> Catalogue:
    """The network's catalogue; raises ``NetworkUnavailable`` where it cannot be listed here, and
    ``NetworkError`` where its file is damaged."""
    catalogue = catalogue_of(network)
    if catalogue is None:
        place = Place(network.file) if network.file else None
        if network.file is not None and network.file.exists():
            raise NetworkUnavailable(
                "listing an .h5 file takes h5py", place=place, mend="pip install h5py"
            )
        raise NetworkUnavailable(
            "the network is not here", place=place, mend="put it there, or name another: --model"
        )
    return catalogue


def recipe_asked(text: str | None, holds: Recipe) -> RecipeAsked:
    """The recipe of ``--recipe``: ``preview`` by default, a named one at the preview's size, or
    settings over the preview (``steps=20, objective=l2``). Raises ``UsageError``.

    All but the size and the fineness is as ``holds`` has it, and its dream goes as far, in fewer
    and longer steps, so that a tile shows what a variant without a recipe of its own becomes.
    """
    if text is None:
        recipe = _preview(holds, {})
        return RecipeAsked(recipe, _asked({}, recipe))
    if text.strip() in NAMED:
        name = text.strip()
        recipe = NAMED[name]
        if recipe.max_size is None:
            recipe = recipe.model_copy(update={"max_size": PREVIEW.max_size})
        return RecipeAsked(recipe, {"base": name, "max_size": recipe.max_size}, name)
    settings = _settings(text)
    base = settings.pop("base", None)
    start = NAMED[base] if base else _preview(holds, settings)
    size = {"max_size": PREVIEW.max_size} if start.max_size is None else {}
    recipe = start.model_copy(update={**size, **settings})
    # The size is a wish for the sheet, not for the dream that will be shown.
    kept = {name: value for name, value in settings.items() if name != "max_size"}
    written = {"base": base, **kept} if base else kept
    return RecipeAsked(recipe, _asked(settings, recipe, base), written or None)


def _preview(holds: Recipe, settings: dict[str, Any]) -> Recipe:
    """The preview of a dream by ``holds``, for the steps that ``settings`` may ask for."""
    # What holds at the full size, where octaves differ: that is the one looked at.
    steps = at_octave(settings.get("steps") or PREVIEW.steps, _LAST)
    longest = _LONGEST_SMOOTH_STEP if holds.smooth else _LONGEST_STEP
    length = at_octave(holds.step_size, _LAST) * at_octave(holds.steps, _LAST) / (steps or 1)
    step_size = min(length, longest) or at_octave(PREVIEW.step_size, _LAST)
    look = {name: getattr(holds, name) for name in Recipe.model_fields if name not in _FINENESS}
    return PREVIEW.model_copy(update={**look, "step_size": round(step_size, 4)})


def _asked(settings: dict[str, Any], recipe: Recipe, base: str | None = None) -> Any:
    """The recipe as a manifest would ask for it."""
    named = NAMED[base or "preview"]
    over = {
        name: value
        for name, value in recipe.model_dump(mode="json").items()
        if name in settings or value != named.model_dump(mode="json")[name]
    }
    return {"base": base or "preview", **over} if over else base or "preview"


def _settings(text: str) -> dict[str, Any]:
    wrong = UsageError(
        f'the recipe "{text}" cannot be read',
        mend=f"name one of {', '.join(NAMED)}, or write settings: 'steps=20, mask=subject'",
    )
    body = text.strip().removeprefix("{").removesuffix("}").replace("=", ": ")
    try:
        data = yaml.safe_load("{" + body + "}")
    except yaml.YAMLError:
        raise wrong from None
    if not isinstance(data, dict) or not data or None in data.values():
        raise wrong
    try:
        form = RecipeOverrides.model_validate(data)
    except ValidationError as error:
        raise _invalid(error) from None
    settings: dict[str, Any] = form.model_dump(exclude_unset=True)
    return settings


def _invalid(error: ValidationError) -> UsageError:
    detail = error.errors()[0]
    name = str(detail["loc"][0]) if detail["loc"] else "recipe"
    if detail["type"] == "extra_forbidden":
        known = ["base", *Recipe.model_fields]
        return UsageError(
            f'a recipe has no setting "{name}"',
            mend=did_you_mean(name, known, f"there are {', '.join(known)}"),
        )
    said = detail["msg"]
    return UsageError(f"--recipe {name}: {said[:1].lower()}{said[1:]}")

"""What a ``collection.yaml`` may hold."""

from pydantic import Field

from dreamfolio.content.forms import DreamForm, Layers, NetworksForm, RecipeForm, Variants
from dreamfolio.content.labels import DateText, Tags


class PieceForm(DreamForm):
    """One render of the collection, and its variants."""

    source: str = Field(min_length=1)
    """The render's file name, in the collection's folder."""
    title: str | None = None
    """The piece's title; by default made from the file's name."""
    alt: str | None = None
    """What the render shows, for those who cannot see it."""
    description: str = ""
    """A few words on the piece, in Markdown."""
    date: DateText | None = None
    """When it was made: `2021-08-22`, `2021-08` or `2021`; by default as the render tells."""
    tags: Tags = ()
    """What to find it by among all pieces, beside the collection's own tags."""
    layers: Layers | None = None
    """Which layers to excite, for the variants that do not say so themselves."""
    recipe: RecipeForm | None = None
    """How to dream it."""
    model: NetworksForm | None = None
    """Which network dreams it; of several, the first that can be had."""
    variants: Variants | None = None
    """The dreams wanted of this render; `[]` shows it undreamed."""


class CollectionFile(DreamForm):
    """A collection of renders and how they dream."""

    title: str = Field(min_length=1)
    """The collection's title."""
    description: str = ""
    """A few words on the collection, in Markdown."""
    date: DateText | None = None
    """When it was made, for it and for pieces of which nothing else tells."""
    tags: Tags = ()
    """What to find all its pieces by."""
    layers: Layers | None = None
    """Which layers to excite, by default for every piece."""
    recipe: RecipeForm | None = None
    """How to dream, by default for every piece."""
    model: NetworksForm | None = None
    """Which network dreams, by default for every piece; of several, the first that can be had."""
    pieces: tuple[PieceForm, ...] = ()
    """Order, words and variants of single renders; those not named here follow after them."""

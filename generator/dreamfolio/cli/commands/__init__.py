"""The sub-commands: one module each, imported when it is called.

What stands here is what ``--help`` shows: name, options and examples.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from dreamfolio.cli import completing, options


def _examples(text: str, *lines: str) -> str:
    shown = "\n\n".join(f"`{line}`" for line in lines)
    return f"{text}\n\n**Examples**\n\n{shown}"


def build(
    root: options.Root = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    cluster: options.Cluster = None,
) -> None:
    from dreamfolio.cli.commands.build import build

    build(options.root_of(root), force=force, dry_run=dry_run, cluster=cluster)


def status(
    root: options.Root = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 where something is to be done.")
    ] = False,
) -> None:
    from dreamfolio.cli.commands.status import status

    status(options.root_of(root), as_json=as_json, check=check)


def dream(
    collections: options.Collections = None,
    root: options.Root = None,
    only: options.Only = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    cluster: options.Cluster = None,
) -> None:
    from dreamfolio.cli.commands.dream import dream

    dream(
        options.root_of(root),
        collections or (),
        only or (),
        force=force,
        dry_run=dry_run,
        cluster=cluster,
    )


def readme(
    root: options.Root = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Show what is out of date and exit with 1; write nothing."),
    ] = False,
    init: Annotated[
        bool, typer.Option("--init", help="Add the markers at the README's end first.")
    ] = False,
) -> None:
    from dreamfolio.cli.commands.readme import readme

    readme(options.root_of(root), check=check, init=init)


def site(root: options.Root = None) -> None:
    from dreamfolio.cli.commands.site import site

    site(options.root_of(root))


def serve(
    root: options.Root = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="N",
            min=0,
            max=65535,
            help="Where to serve; by default 8000, or the next that is free. 0: any free one.",
            show_default=False,
        ),
    ] = None,
    open_page: Annotated[
        bool, typer.Option("--open/--no-open", help="Show the site in the browser.")
    ] = True,
    dream: Annotated[
        bool, typer.Option("--dream", help="Dream what is missing, and show each as it is done.")
    ] = False,
) -> None:
    from dreamfolio.cli.commands.serve import serve

    serve(options.root_of(root), port=port, open_page=open_page, dream=dream)


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The collection's name, or: portfolio")
    ],
    root: options.Root = None,
    title: Annotated[
        str | None,
        typer.Option(
            "--title",
            metavar="TITLE",
            help="Its title; by default made from the name.",
            show_default=False,
        ),
    ] = None,
) -> None:
    from dreamfolio.cli.commands.new import new

    new(name, root, title)


def adopt(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="The folder from before dreamfolio. It is copied, not moved."
        ),
    ],
    root: options.Root = None,
    readme: Annotated[
        Path | None,
        typer.Option(
            "--readme", metavar="FILE", help="The README that showed it: titles, words, order."
        ),
    ] = None,
    slug: Annotated[
        str | None, typer.Option("--as", metavar="SLUG", help="What to call the collection.")
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from dreamfolio.cli.commands.adopt import adopt

    adopt(folder, root, readme=readme, slug=slug, dry_run=dry_run)


def layers(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="MODEL",
            help="pocket (in the box), a network of keras.applications, or a .keras or .h5 file.",
            show_default=False,
            autocompletion=completing.networks,
        ),
    ] = None,
    root: options.Root = None,
    motifs: Annotated[
        bool,
        typer.Option(
            "--motifs", help="The motifs pocket knows by name, and a page with pictures of each."
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where that page goes: a new folder, or an earlier page's. By default within "
            ".dreamfolio/ of the portfolio, else in your cache.",
            show_default=False,
        ),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Start no browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    from dreamfolio.cli.commands.layers import layers

    layers(
        model,
        root,
        motifs=motifs,
        out=out,
        open_page=not no_open,
        as_json=as_json,
    )


def explore(
    picture: Annotated[
        Path, typer.Argument(metavar="PICTURE", help="The picture, in a collection or anywhere.")
    ],
    root: options.Root = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="MODEL",
            help="A network of keras.applications, or a .keras or .h5 file. By default the one "
            "that holds for the picture.",
            show_default=False,
            autocompletion=completing.networks,
        ),
    ] = None,
    preprocess: Annotated[
        str | None,
        typer.Option(
            "--preprocess",
            metavar="RANGE",
            help="What a file's input takes: tf, unit, torch, caffe or none.",
            show_default=False,
        ),
    ] = None,
    layers: Annotated[
        str | None,
        typer.Option(
            "--layers",
            metavar="GLOB|auto|random:N",
            help="Names with * and ?, parted by commas; auto, the default, spreads 24 over the "
            "depth; random:12 picks, random:12:7 picks others; motif-* are motifs.",
            show_default=False,
        ),
    ] = None,
    motifs: Annotated[
        str | None,
        typer.Option(
            "--motifs",
            metavar="GLOB",
            help="Motifs that pocket knows, in place of layers or beside those of --layers: "
            "tentacle, or 'sea-*,owl'.",
            show_default=False,
        ),
    ] = None,
    channels: Annotated[
        int,
        typer.Option(
            "--channels",
            metavar="N",
            min=0,
            max=32,
            help="After each layer, N of its single channels: those that the picture itself "
            "excites most.",
            show_default=False,
        ),
    ] = 0,
    recipe: Annotated[
        str | None,
        typer.Option(
            "--recipe",
            metavar="RECIPE",
            help="A named recipe, or settings over the preview: 'steps=20, objective=l2'.",
            show_default=False,
        ),
    ] = None,
    write: Annotated[
        str | None,
        typer.Option(
            "--write",
            metavar="NAME,…",
            help="Once you have looked: write these of the sheet's names into collection.yaml, as "
            "variants of PICTURE for the next build. Layers, channels (stage4_3:12), motifs "
            "(motif-owl).",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where the sheet goes: a new folder, or an earlier sheet's. By default within "
            ".dreamfolio/ of the portfolio, else beside you.",
            show_default=False,
        ),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Start no browser.")] = False,
) -> None:
    from dreamfolio.cli.commands.explore import explore

    explore(
        picture,
        root,
        model=model,
        preprocess=preprocess,
        layers=layers,
        motifs=motifs,
        channels=channels,
        recipe=recipe,
        write=write,
        out=out,
        open_page=not no_open,
    )


def clean(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help="Collections, as shells or series/part, or folders and pictures anywhere. By "
            "default all collections.",
            show_default=False,
            autocompletion=completing.collections,
        ),
    ] = None,
    root: options.Root = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="DIR",
            help="Write copies there: clean ones, and of a folder also those that tell nothing.",
            show_default=False,
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from dreamfolio.cli.commands.clean import clean

    clean(what or (), root, to=to, dry_run=dry_run)


def gc(
    root: options.Root = None,
    dry_run: options.DryRun = False,
    older_than: Annotated[
        str,
        typer.Option(
            "--older-than",
            metavar="AGE",
            help="Keep cached dreams that are younger, though nothing needs them: 12h, 30d, 2w; "
            "0 keeps none.",
        ),
    ] = "30d",
    orphans: Annotated[
        bool,
        typer.Option(
            "--orphans",
            help="Also put dreams away that no manifest asks for any more: out of their "
            "collection, into the cache.",
        ),
    ] = False,
    shared: Annotated[
        bool,
        typer.Option(
            "--shared",
            help="Also look into a cache that lies outside of the portfolio. What others need "
            "there, this portfolio cannot know.",
        ),
    ] = False,
) -> None:
    from dreamfolio.cli.commands.gc import gc

    gc(
        options.root_of(root),
        older_than=older_than,
        shared=shared,
        orphans=orphans,
        dry_run=dry_run,
    )


def doctor(root: options.Root = None) -> None:
    from dreamfolio.cli.commands.doctor import doctor

    doctor(root)


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    (
        "build",
        build,
        _examples(
            "Do everything: dream what is missing, then the README, then the site.\n\n"
            "What is current is not touched, and Ctrl-C loses no finished dream.",
            "dreamfolio build",
            "dreamfolio build --dry-run",
        ),
    ),
    (
        "status",
        status,
        _examples(
            "Show what is there, missing, stale, retouched, adopted or pending, and why.",
            "dreamfolio status",
            "dreamfolio status --json | jq .counts",
        ),
    ),
    (
        "dream",
        dream,
        _examples(
            "Dream what is missing or stale, and nothing else.\n\n"
            "--cluster dreams on the machines of a Ray cluster, a dream for each GPU, and writes "
            "here; where one is lost, its dream is dreamed again on another. Every machine needs "
            "this dreamfolio (pip install 'dreamfolio[cluster,dream]'); sources and networks are "
            "sent to it. Two commands make a cluster: `ray start --head` on one machine, and "
            "`ray start --address=HOST:6379` on each other one.",
            "dreamfolio dream new_normal",
            "dreamfolio dream --only 'covid_6*' --force",
            "dreamfolio dream --cluster auto",
        ),
    ),
    (
        "readme",
        readme,
        _examples(
            "Write the README's picture tables between their markers.",
            "dreamfolio readme --init",
            "dreamfolio readme --check",
        ),
    ),
    ("site", site, _examples("Build the site into site/.", "dreamfolio site")),
    (
        "serve",
        serve,
        _examples(
            "Show the site in the browser, and let it follow every change.\n\n"
            "Builds the site into site/ and serves it on this machine alone, at 127.0.0.1. Edit a "
            "collection.yaml, drop a picture in, change a template: what changed is built, and the "
            "open page reloads. A mistake is told in the page and here, with its line, until it is "
            "mended; the site stays as it was meanwhile. Without --dream nothing is dreamed. "
            "Ctrl-C ends it.",
            "dreamfolio serve",
            "dreamfolio serve --dream",
            "dreamfolio serve --port 8080 --no-open",
        ),
    ),
    (
        "new",
        new,
        _examples(
            "Start a collection, or a portfolio.",
            "dreamfolio new portfolio",
            "dreamfolio new tide_pool --title 'Tide Pool'",
        ),
    ),
    (
        "adopt",
        adopt,
        _examples(
            "Take in a folder of renders and dreams from before dreamfolio.\n\n"
            "Sources are told from variants by their names; names such as "
            "brain2_conv2d_1380activation_1399.png are read and kept.",
            "dreamfolio adopt ~/old/new_normal",
            "dreamfolio adopt ~/old --readme ~/old/README.md --dry-run",
        ),
    ),
    (
        "layers",
        layers,
        _examples(
            "List a network's layers by depth; without a network, the networks there are.\n\n"
            "Shallow layers give strokes and textures, deep ones motifs and forms. FIELD, the "
            "receptive field, is how many pixels one position of a layer sees: what grows in the "
            "dream grows about that large. Of pocket, the network in the box, it was measured "
            "which motifs each layer likes; pocket also takes motifs by name, "
            "`motifs: [tentacle]` in place of `layers: […]`. --motifs lists them, and opens a page "
            "with pictures of each, whose buttons copy such a line.",
            "dreamfolio layers pocket",
            "dreamfolio layers pocket --motifs",
            "dreamfolio layers inception_v3",
            "dreamfolio layers networks/mine.keras --json | jq .recommended",
        ),
    ),
    (
        "explore",
        explore,
        _examples(
            "Find the layer by looking: one picture, dreamed small through many layers.\n\n"
            "A contact sheet opens and fills while it dreams, from shallow layers (strokes, "
            "textures) to deep ones (motifs, forms). Nothing is dreamed twice: Ctrl-C, and the "
            "same command goes on.\n\n"
            "Each tile copies the manifest lines that ask for it at full size; or the same command "
            "again, with --write and the names below the tiles, writes them into collection.yaml. "
            "Then: dreamfolio build.\n\n"
            "A layer holds many channels, each with a taste of its own; --channels shows those "
            "that the picture awakens most, beyond what a plain ground draws from them. The "
            "network pocket also grows motifs by name: --motifs.",
            "dreamfolio explore collections/new_normal/covid_6.png",
            "dreamfolio explore covid_6.png --layers 'stage4*,stage5_?' --recipe steps=20",
            "dreamfolio explore covid_6.png --layers stage4_3,stage5_1 --channels 6",
            "dreamfolio explore covid_6.png --motifs 'tentacle,*shell*'",
            "dreamfolio explore covid_6.png --model networks/mine.keras --preprocess unit",
            "dreamfolio explore covid_6.png --write stage4_3,stage5_1:12",
        ),
    ),
    (
        "clean",
        clean,
        _examples(
            "Show what pictures tell of their artist, and copy them without.\n\n"
            "Blender writes the path of a scene into each render, a camera where it stood. The "
            "site's pictures are free of that; originals that are linked to, or pushed, are not. "
            "A clean copy (PNG, JPEG, WebP) has the same pixels, coded as they were. The "
            "originals are never touched.",
            "dreamfolio clean",
            "dreamfolio clean new_normal --to ~/handed_out",
            "dreamfolio clean ~/originals --to collections/new_normal",
        ),
    ),
    (
        "gc",
        gc,
        _examples(
            "Drop what dreamfolio wrote and nothing needs any more.\n\n"
            "That is: cached dreams that no variant and no dreams.lock asks for, a month after "
            "they were kept; half-finished dreams of variants that are gone; thumbnails that no "
            "README shows; files that a killed command left unfinished. What is current stays "
            "current, and a build after it makes nothing anew.\n\n"
            "No source and no picture that was adopted or retouched is ever touched. A dream whose "
            "variant left its manifest is an orphan: it stays in its collection, unless --orphans "
            "puts it into the cache, where it comes back from without dreaming if the manifest "
            "asks again, for as long as --older-than says.",
            "dreamfolio gc --dry-run",
            "dreamfolio gc --older-than 2w",
            "dreamfolio gc --orphans --dry-run",
        ),
    ),
    (
        "doctor",
        doctor,
        _examples("Say what this machine can do, and what is in the way.", "dreamfolio doctor"),
    ),
)

"""Pages: each has an address of its own on every file system, and links lead there."""

from pathlib import Path

import pytest

from dreamfolio.content.objects import Collection, Piece, Portfolio
from dreamfolio.publish.site.pages import absolute, addresses, file_name, relative


def portfolio(**slugs: list[str]) -> Portfolio:
    return Portfolio(
        root=Path("/p"),
        title="",
        collections=tuple(
            Collection(
                slug=slug,
                folder=Path("/p/collections") / slug,
                title="",
                description="",
                pieces=tuple(Piece(source="", slug=p, title="", alt="") for p in pieces),
            )
            for slug, pieces in slugs.items()
        ),
    )


def test_pages_stand_where_their_slugs_say() -> None:
    found = addresses(portfolio(**{"new_normal": ["covid_6"], "a/b": ["x"]}))
    assert found.collections == {"new_normal": "new_normal/index.html", "a/b": "a/b/index.html"}
    assert found.pieces["new_normal", "covid_6"] == "new_normal/covid_6.html"
    assert found.pieces["a/b", "x"] == "a/b/x.html"


@pytest.mark.parametrize(
    "slugs",
    [
        {"fog": ["a"], "Fog": ["A"]},
        {"fog": ["Mist", "mist", "MIST"]},
        {"fog": ["index", "Index"]},
        {"404.html": ["a"], "index.html": []},
        {"a": ["b"], "a/b.html": ["c"]},
        {"a?": ["x"], "a*": ["x"]},
        {"ﬁsh": ["a"], "fish": ["a"]},
        {"A/x": ["1"], "a/x": ["1"]},
    ],
)
def test_no_two_pages_meet_whatever_the_file_system(slugs: dict[str, list[str]]) -> None:
    found = addresses(portfolio(**slugs))
    every = [*found.collections.values(), *found.pieces.values(), "index.html", "404.html"]
    folded = [address.casefold() for address in every]
    assert len(set(folded)) == len(folded)
    # No page may be a folder of another.
    assert not any(a != b and b.startswith(f"{a}/") for a in folded for b in folded)


@pytest.mark.parametrize(
    "slug", ['a"b', "a<script>b", "a:b|c", "...", "x" * 300, "夢" * 150, "", "\udcff"]
)
def test_a_file_name_is_taken_by_every_system(slug: str) -> None:
    name = file_name(slug)
    assert name
    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"|?*\\/')
    assert not name.startswith(".")


@pytest.mark.parametrize(
    ("address", "page", "link"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "a/b/x.html", "../../index.html"),
        ("a/y.html", "a/x.html", "y.html"),
        ("a/b/y.html", "a/x.html", "b/y.html"),
        ("a/index.html", "a/b/x.html", "../index.html"),
        ("a/b/y.html", "a/c/b/x.html", "../../b/y.html"),
        ("a/a.html", "a/a/a.html", "../a.html"),
        ("pictures/x-1.webp", "a/index.html", "../pictures/x-1.webp"),
        ("a/50% & #1?.html", "index.html", "a/50%25%20%26%20%231%3F.html"),
        ("rêve/x.html", "index.html", "r%C3%AAve/x.html"),
    ],
)
def test_links_are_relative_and_encoded(address: str, page: str, link: str) -> None:
    assert relative(address, page) == link


def test_public_addresses_name_a_folder_by_itself() -> None:
    assert absolute("index.html", "https://example.org/p/") == "https://example.org/p/"
    assert absolute("a b/index.html", "https://example.org/p") == "https://example.org/p/a%20b/"
    assert absolute("a/x.html", "https://example.org") == "https://example.org/a/x.html"

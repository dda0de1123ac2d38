"""Networks made to do harm: refused in one line, with nothing run, read elsewhere or unfolded."""

from __future__ import annotations

import json
import os
import pickle
import random
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.networks import contents
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target
from dreamfolio.errors import NetworkError

h5py = pytest.importorskip("h5py")
layers = keras.layers

CONFIG, WEIGHTS = "config.json", "model.weights.h5"
SECRET = b"nobody's business " * 64


class Touch:
    """Unpickled, it makes a file."""

    def __init__(self, marker: Path):
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.marker),)


def refused(file: Path, *, weights_of: str | None = None) -> str:
    """What is said of ``file``, in one line that names it."""
    reference = NetworkReference(file=file)
    layer = "conv2d"
    if weights_of:
        reference, layer = NetworkReference(name=weights_of, weights=file), "conv1"
    with pytest.raises(NetworkError) as caught:
        load(reference, (Target(layer),))
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 600
    assert caught.value.mend
    assert caught.value.place is not None
    assert caught.value.place.file == file
    return said


def repacked(file: Path, change: Callable[[dict[str, bytes]], Any]) -> Path:
    """A copy of a ``.keras`` file with other members."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    changed = file.with_name("changed.keras")
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return changed


def with_config(file: Path, change: Callable[[Any], None]) -> Path:
    def configured(members: dict[str, bytes]) -> None:
        config = json.loads(members[CONFIG])
        change(config)
        members[CONFIG] = json.dumps(config).encode()

    return repacked(file, configured)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own in which nothing appears but what a test puts there; a marker that code
    would make."""
    monkeypatch.chdir(tmp_path)
    marker = tmp_path / "ran"
    yield marker
    assert not marker.exists(), "code of the file was run"
    assert not (tmp_path.parent / "evil.txt").exists()
    assert not (tmp_path / "evil.txt").exists()


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_marshalled_code_is_not_run(suffix: str, alone: Path) -> None:
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(2, 3)(inputs)
    network = keras.Model(inputs, layers.Lambda(lambda v: v * 2, name="conv2d_x")(x))
    network.save(f"sly{suffix}")
    marker = str(alone)
    code = keras.src.utils.python_utils.func_dump(lambda v: __import__("os").mkdir(marker) or v)
    file = alone.with_name(f"sly{suffix}")
    if suffix == ".keras":

        def armed(config: Any) -> None:
            (sly,) = [one for one in config["config"]["layers"] if one["class_name"] == "Lambda"]
            sly["config"]["function"]["config"] = {"code": code[0], "defaults": None}

        file = with_config(file, armed)
    assert "Lambda" in refused(file)


@pytest.mark.parametrize(
    "sly",
    [
        {"module": "os", "class_name": "system", "config": "mkdir ran"},
        {"module": "posix", "class_name": "function", "config": "system"},
        {"module": "builtins", "class_name": "function", "config": "exec"},
        {"module": "keras.src.utils.file_utils", "class_name": "get_file", "config": {}},
        {"module": "keras.layers", "class_name": "Conv2D", "registered_name": "mine>Conv2D"},
        {"module": "keras.layers", "class_name": "StringLookup", "config": {"vocabulary": "/x"}},
        {"class_name": "__typespec__", "spec_name": "system", "module": None, "config": []},
        {"module": "os", "class_name": ["system"]},
        {"module": "os", "config": {}},
    ],
)
def test_no_object_is_made_but_keras_s_own(
    sly: dict[str, Any], tiny_file: Path, alone: Path
) -> None:
    def hide(config: Any) -> None:
        config["config"]["layers"][1]["config"]["kernel_initializer"] = sly

    assert "refused" in refused(with_config(tiny_file, hide))


def test_nothing_is_unpickled(tiny_file: Path, alone: Path) -> None:
    def pickled(members: dict[str, bytes]) -> None:
        np.savez("w.npz", conv2d=np.array([Touch(alone)], dtype=object))
        del members[WEIGHTS]
        members["model.weights.npz"] = Path("w.npz").read_bytes()

    assert "'model.weights.npz'" in refused(repacked(tiny_file, pickled))
    with h5py.File("sly.h5", "w") as file:
        file.attrs["model_config"] = np.void(pickle.dumps(Touch(alone)))
    refused(alone.with_name("sly.h5"))


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/tmp/evil.txt", "..\\evil.txt", "assets/evil.txt", "evil.py"]
)
def test_an_archive_holds_a_network_and_nothing_else(
    name: str, tiny_file: Path, alone: Path
) -> None:
    said = refused(repacked(tiny_file, lambda members: members.update({name: b"evil"})))
    assert "which no network needs" in said


def test_a_link_in_an_archive_is_refused(tiny_file: Path, alone: Path) -> None:
    link = zipfile.ZipInfo(WEIGHTS)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tiny_file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(link, "/etc/passwd")
    assert "which no network needs" in refused(tiny_file), "it stands there twice"


@pytest.mark.parametrize("member", [CONFIG, WEIGHTS])
def test_a_bomb_is_not_unfolded(
    member: str, tiny_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MAX_CONFIG_BYTES", 2_000_000)
    monkeypatch.setattr(contents, "_ALWAYS_FINE", 2_000_000)
    file = repacked(tiny_file, lambda members: members.update({member: bytes(5_000_000)}))
    assert f"its {member} would unfold to 5 MB" in refused(file)


@pytest.mark.parametrize("packed", [b"[" * 100_000, b'{"a":' * 100_000, b"\xff", b""])
def test_a_config_that_no_network_has_is_told(packed: bytes, tiny_file: Path) -> None:
    file = repacked(tiny_file, lambda members: members.update({CONFIG: packed}))
    assert "the network is damaged" in refused(file)


def linked(file: Path, kind: str, secret: Path) -> None:
    """An HDF5 file that has something in it which is to be read elsewhere, or has no end."""
    with h5py.File(file, "a") as opened:
        match kind:
            case "external link":
                opened["sly"] = h5py.ExternalLink(str(secret), "/")
            case "soft link":
                opened["sly"] = h5py.SoftLink("/layers")
            case "external storage":
                place = [(str(secret), 0, len(SECRET))]
                opened.create_dataset("sly", (len(SECRET),), "u1", external=place)
            case "virtual":
                layout = h5py.VirtualLayout((4,), "f4")
                layout[:] = h5py.VirtualSource(str(secret), "x", (4,), "f4")
                opened.create_virtual_dataset("sly", layout)
            case "huge":
                opened.create_dataset("sly", (10**6, 10**6), "f4", chunks=(1000, 1000))


@pytest.mark.parametrize("where", ["within .keras", ".h5", "weights"])
@pytest.mark.parametrize(
    "kind", ["external link", "soft link", "external storage", "virtual", "huge"]
)
def test_weights_are_a_file_s_own(kind: str, where: str, tiny_file: Path, alone: Path) -> None:
    secret = alone.with_name("secret")
    secret.write_bytes(SECRET)
    name = None
    if where == "within .keras":

        def sly(members: dict[str, bytes]) -> None:
            Path("w.h5").write_bytes(members[WEIGHTS])
            linked(Path("w.h5"), kind, secret)
            members[WEIGHTS] = Path("w.h5").read_bytes()

        file = repacked(tiny_file, sly)
    elif where == ".h5":
        file = alone.with_name("net.h5")
        keras.models.load_model(tiny_file).save(file)
        linked(file, kind, secret)
    else:
        file, name = alone.with_name("only.weights.h5"), "mobilenet"
        linked(file, kind, secret)
    assert "'sly'" in refused(file, weights_of=name) or kind == "huge"


def test_groups_in_a_circle_are_walked_once(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "round.h5", "w") as file:
        file["a"] = file["/"]
        file.create_dataset("b", data=[1.0, 2.0])
    assert contents.count_weights(tmp_path / "round.h5") == 2


@pytest.mark.parametrize("option", ["filters", "kernel_size"])
def test_layers_without_weights_to_fill_them_are_never_made(option: str, tiny_file: Path) -> None:
    def grow(config: Any) -> None:
        config["config"]["layers"][1]["config"]["use_bias"] = False
        config["config"]["layers"][1]["config"][option] = (
            10**9 if option == "filters" else [1000, 1000]
        )

    assert "more weights than the" in refused(with_config(tiny_file, grow))


def test_a_layer_that_reaches_beyond_all_pictures_is_refused(tiny_file: Path) -> None:
    def reach(config: Any) -> None:
        config["config"]["layers"][4]["config"]["pool_size"] = [100_000, 2]

    assert "the pool_size of its MaxPooling2D is more than" in refused(
        with_config(tiny_file, reach)
    )


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "a\nb", "x" * 300, ""])
def test_a_layer_has_a_name_that_can_be_told(name: str, tiny_file: Path) -> None:
    def rename(config: Any) -> None:
        config["config"]["layers"][1]["name"] = name or " \x00"

    with pytest.raises(NetworkError) as caught:
        catalogue_of(NetworkReference(file=with_config(tiny_file, rename)))
    assert str(caught.value).isprintable()


ODD: list[Any] = [
    *(None, True, 0, -1, 2**40, 1e308, float("inf"), "", "x", "<script>", "\x1b[2J", [], {}, [[]]),
    *("Functional", "Sequential", "Conv2D", "__keras_tensor__", {"class_name": "Lambda"}),
]


def spoiled(value: Any, chance: random.Random, depth: int = 0) -> Any:
    """A config with something in it exchanged or taken out."""
    if depth > 9 or not isinstance(value, dict | list) or not value or chance.random() < 0.08:
        return chance.choice(ODD)
    changed: Any = value.copy()
    key: Any = chance.choice(list(changed) if isinstance(changed, dict) else range(len(changed)))
    if chance.random() < 0.05:
        del changed[key]
    else:
        changed[key] = spoiled(changed[key], chance, depth + 1)
    return changed


def test_any_config_is_listed_or_told_in_a_line(tiny_file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tiny_file) as archive:
        good = json.loads(archive.read(CONFIG))
    told = []
    for seed in range(200):
        chance = random.Random(seed)
        config = spoiled(good, chance)
        file = tmp_path / f"{seed}.keras"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(CONFIG, json.dumps(config))
        try:
            catalogue_of(NetworkReference(file=file))
        except NetworkError as error:
            told.append(str(error))
    assert len(told) > 50
    assert all(said.isprintable() and len(said) < 600 for said in told)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_no_network(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.keras")
    assert "it is no file" in refused(tmp_path / "pipe.keras")
    os.mkfifo(tmp_path / "pipe.h5")
    assert "are not here" in refused(tmp_path / "pipe.h5", weights_of="mobilenet")


def test_weights_come_in_files_of_weights(tmp_path: Path) -> None:
    (tmp_path / "shards.weights.json").write_text('{"weight_map": {"/": ["/etc/passwd"]}}')
    assert "it is no .h5 file" in refused(tmp_path / "shards.weights.json", weights_of="mobilenet")

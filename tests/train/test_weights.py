"""Parameters found again in what is exported."""

from dataclasses import replace
from pathlib import Path

import pytest

from purport.errors import ResourceError

np = pytest.importorskip("numpy", reason="the learned reader's packages are not installed")

from purport.train.heads import Answer, Head  # noqa: E402
from purport.train.weights import Stored, carried, dequantized, parameters, state_of  # noqa: E402

EIGHT_BITS = [
    ([[0, 127], [-127, 64]], 0.5, 0, [[0, 63.5], [-63.5, 32]]),
    ([[0, 127], [-127, 64]], [0.5, 0.25], [0, 0], [[0, 31.75], [-63.5, 16]]),
    ([[10, 12]], 2.0, 10, [[0, 4]]),
]


@pytest.mark.parametrize(("bits", "scale", "zero", "wanted"), EIGHT_BITS)
def test_eight_bits_stand_for_numbers(bits: object, scale: object, zero: object, wanted: object) -> None:
    found = dequantized(np.array(bits, dtype=np.int8), scale=np.array(scale, dtype=np.float32), zero=np.array(zero, dtype=np.int8))
    assert found.dtype == np.float32
    assert found.tolist() == wanted


def test_parameters_have_the_names_of_the_network() -> None:
    arrays = {
        "encoder.query.weight_Transposed_quantized": np.array([[1], [2]], dtype=np.int8),
        "encoder.query.weight_Transposed_scale": np.array([0.5], dtype=np.float32),
        "encoder.query.weight_Transposed_zero_point": np.array([0], dtype=np.int8),
        "encoder.query.bias": np.array([3.0], dtype=np.float32),
        "encoder.query.ease": np.array([1.0, 0.25], dtype=np.float32),
        "encoder.x_Transposed": np.array([[1.0, 2.0, 3.0]], dtype=np.float32),
        "onnx::Constant_7": np.array([1]),
    }
    found = dict(parameters(Stored(arrays, same={"encoder.key.bias": "encoder.query.bias"}, times={"encoder.query.": 0.5})))
    assert {name: array.tolist() for name, array in found.items()} == {
        "encoder.query.weight": [[1.0, 0.5]],
        "encoder.query.bias": [6.0],
        "encoder.key.bias": [3.0],
        "encoder.x": [[1.0], [2.0], [3.0]],
    }


OLD = Head("trigger", Answer.MARKS, ("bombing", "raid"))


@pytest.mark.parametrize(
    ("labels", "wanted"), [(("raid", "eviction"), [[2.0], [-1.0]]), (("bombing", "raid"), [[1.0], [2.0]]), (("eviction",), [[-1.0]])]
)
def test_a_label_keeps_what_is_known_of_it(labels: tuple[str, ...], wanted: list[list[float]]) -> None:
    known = {"plain.trigger.weight": np.array([[1.0], [2.0]], np.float32), "plain.trigger.bias": np.array([1.0, 2.0], np.float32)}
    fresh = {"plain.trigger.weight": np.full((len(labels), 1), -1.0), "plain.trigger.bias": np.full(len(labels), -1.0)}
    state = carried(fresh, known, old=[OLD], new=[replace(OLD, labels=labels)])
    assert state["plain.trigger.weight"].tolist() == wanted


def test_spans_have_three_rows_for_a_label() -> None:
    old = Head("event", Answer.SPANS, ("target", "place"), anchored=True)
    known = {f"anchored.event.answer.{part}": np.arange(6, dtype=np.float32) for part in ("weight", "bias")}
    fresh = {f"anchored.event.answer.{part}": np.full(3, -1.0) for part in ("weight", "bias")}
    state = carried(fresh, known, old=[old], new=[replace(old, labels=("place",))])
    assert state["anchored.event.answer.bias"].tolist() == [3, 4, 5]


def test_heads_that_go_and_come() -> None:
    known = {"plain.old.bias": np.zeros(1, np.float32), "encoder.x": np.ones(1, np.float32)}
    fresh = {"plain.new.bias": np.full(1, 5.0), "encoder.x": np.zeros(1), "encoder.missing": np.zeros(1)}
    state = carried(fresh, known, old=[replace(OLD, name="old")], new=[replace(OLD, name="new")])
    assert {name: array.tolist() for name, array in state.items()} == {"plain.new.bias": [5.0], "encoder.x": [1.0]}


# ------------------------------------------------------------------ with torch
def test_folders_that_hold_no_weights(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason='the extra "train" is not installed')
    with pytest.raises(ResourceError, match="no weights"):
        state_of(tmp_path, heads=[])
    (tmp_path / "reader.onnx").write_bytes(b"no protobuf")
    with pytest.raises(ResourceError, match="ONNX"):
        state_of(tmp_path, heads=[])


@pytest.mark.parametrize(("form", "most"), [("fp32", 1e-6), ("int8", 0.005), ("eased", 0.05)])
def test_a_network_is_found_again_in_its_files(encoder_folder: Path, tmp_path: Path, form: str, most: float) -> None:
    """Differences as shares of the greatest number of a parameter: half a step of 8 bits; more where easing made a number the greatest."""
    import torch

    from purport.train.export import export
    from purport.train.heads import HEADS
    from purport.train.network import with_encoder, with_weights

    network = with_encoder(encoder_folder, heads=HEADS)
    windows = [torch.arange(4, 40)[None], torch.arange(30, 60)[None]] if form == "eased" else []
    export(network, folder=tmp_path, tokenizer=encoder_folder / "tokenizer.json", exact=form == "fp32", windows=windows)
    found = with_weights(tmp_path).state_dict()
    wanted = network.state_dict()
    assert found.keys() == wanted.keys()
    apart = {name: float((found[name] - value).abs().max() / value.abs().max().clamp(min=1e-9)) for name, value in wanted.items()}
    assert max(apart.values()) <= most, max(apart, key=apart.__getitem__)


def test_the_network_found_answers_as_the_file_does(encoder_folder: Path, tmp_path: Path) -> None:
    import torch

    from purport.read.encoder import Encoder
    from purport.train.export import export
    from purport.train.heads import HEADS
    from purport.train.network import with_encoder, with_weights

    export(with_encoder(encoder_folder, heads=HEADS), folder=tmp_path, tokenizer=encoder_folder / "tokenizer.json", exact=True)
    encoded = (encoder := Encoder(tmp_path)).encode("a car bomb killed 12 people, the governor said.")
    network = with_weights(tmp_path).eval()
    hidden = torch.from_numpy(encoded.hidden[0])[None]
    with torch.no_grad():
        cue = network.plain["cue"](hidden)[0, 1:-1].numpy()
        asked = network.anchored["event"](hidden, rows=torch.tensor([0]), anchors=torch.tensor([3])).numpy()
    assert np.abs(cue - encoded.plain["cue"]).max() < 1e-4
    assert np.abs(asked - encoder.ask("event", encoded.hidden[0], [3])).max() < 1e-4

"""The loop that learns, on a network of a few numbers."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason='the extra "train" is not installed')
pytest.importorskip("transformers", reason='the extra "train" is not installed')

from purport.train import checkpoint  # noqa: E402
from purport.train.annotated import Annotated, Asked  # noqa: E402
from purport.train.heads import HEADS  # noqa: E402
from purport.train.keeping import keeping_loss  # noqa: E402
from purport.train.learning import is_learnt, learn, padded, rate  # noqa: E402
from purport.train.network import Network, with_encoder  # noqa: E402
from purport.train.plan import Plan  # noqa: E402
from purport.train.targets import Example, examples_of  # noqa: E402

TEXT = "A car bomb killed 12 people in Aleppo on Tuesday, the governor said."
PLAN = Plan(epochs=6, encoder_rate=1e-3, head_rate=1e-2, rough=False, batch_pieces=64)


def windows(tokenizer: object) -> list[Example]:
    cue, trigger = (63, 67), (11, 17)
    asked = {
        "attribution": (Asked(cue, ((50, 62, "source"), (63, 67, "cue")), frozenset({"source", "cue"})),),
        "event": (Asked(trigger, ((18, 27, "target"), (31, 37, "place")), frozenset({"target", "place"})),),
    }
    marks = {"cue": ((*cue, "cue"),), "trigger": ((*trigger, "killing"),)}
    text = Annotated("a", TEXT, marks=marks, asked=asked, partial=frozenset({"cue"}))
    return [e for _ in range(4) for e in examples_of(text, tokenizer=tokenizer)]


def network(folder: Path) -> Network:
    torch.manual_seed(3)
    return with_encoder(folder, heads=HEADS)


def test_the_loss_falls(encoder_folder: Path, tokenizer: object) -> None:
    steps: list[int] = []
    losses = [one.loss for one in learn(network(encoder_folder), windows(tokenizer), plan=PLAN, told=lambda s: steps.append(s.step))]
    assert len(losses) == 6 and losses[-1] < losses[0] / 2
    assert steps == list(range(1, steps[-1] + 1))


@pytest.mark.parametrize("layers", [0, 1])
def test_lower_layers_stay_as_they_are(encoder_folder: Path, tokenizer: object, layers: int) -> None:
    made = network(encoder_folder)
    before = {name: value.clone() for name, value in made.state_dict().items()}
    *_, last = learn(made, windows(tokenizer), plan=Plan(2, 1e-2, 1e-2, layers=layers, rough=False, batch_pieces=64))
    changed = {name for name, value in last.state.items() if not torch.equal(value, before[name])}
    assert changed and all(is_learnt(name, of=2, layers=layers) for name in changed)
    assert any(name.startswith("encoder.encoder.layer.1.") for name in changed) == bool(layers)
    assert last.state.keys() == before.keys()


def test_going_on_ends_where_going_through_ends(encoder_folder: Path, tokenizer: object, tmp_path: Path) -> None:
    through = list(learn(network(encoder_folder), windows(tokenizer), plan=PLAN))
    stopped = learn(network(encoder_folder), windows(tokenizer), plan=PLAN)
    for _ in range(3):
        checkpoint.save(next(stopped), path=tmp_path / "a.safetensors")
    begun = checkpoint.restored(tmp_path / "a.safetensors")
    assert begun is not None and begun.epoch == 3
    on = list(learn(network(encoder_folder), windows(tokenizer), plan=PLAN, before=begun))
    assert [one.epoch for one in on] == [4, 5, 6]
    assert on[-1].loss == through[-1].loss
    assert all(torch.equal(value, through[-1].state[name]) for name, value in on[-1].state.items())


def test_nothing_kept_and_something_broken(tmp_path: Path) -> None:
    from purport.errors import SettingsError

    assert checkpoint.restored(tmp_path / "none.safetensors") is None
    (tmp_path / "broken.safetensors").write_bytes(b"\x00" * 40)
    with pytest.raises(SettingsError, match="cannot be gone on with"):
        checkpoint.restored(tmp_path / "broken.safetensors")


def test_what_is_not_annotated_is_kept(encoder_folder: Path, tokenizer: object) -> None:
    """With the old network beside it, heads that the gold is silent about answer nearly as before; without, they drift."""
    kept = network(encoder_folder).eval()
    drift = {}
    for name, beside in (("alone", None), ("kept", kept)):
        made = network(encoder_folder)
        for _ in learn(made, windows(tokenizer), plan=Plan(20, 2e-3, 2e-3, rough=False, batch_pieces=64), kept=beside):
            pass
        drift[name] = float((chances(made.eval(), tokenizer) - chances(kept, tokenizer)).abs().mean())
    assert drift["kept"] < drift["alone"] / 2


def chances(made: Network, tokenizer: object) -> "torch.Tensor":
    """Of being in an entity, at every piece."""
    with torch.no_grad():
        return torch.softmax(made.plain["entity"](made(*padded(windows(tokenizer)[:1]))).reshape(-1, 3), -1)


def test_a_network_is_not_apart_from_itself(encoder_folder: Path, tokenizer: object) -> None:
    made = network(encoder_folder).eval()
    batch = windows(tokenizer)
    assert keeping_loss(made, made, batch=batch, hidden=made(*padded(batch))).item() == pytest.approx(0, abs=1e-4)


def test_filling_changes_no_answer(encoder_folder: Path, tokenizer: object) -> None:
    made = network(encoder_folder).eval()
    short, long = (next(examples_of(Annotated("a", t), tokenizer=tokenizer)) for t in ("A raid.", TEXT))
    with torch.no_grad():
        alone, together = made(*padded([short])), made(*padded([short, long]))
    assert torch.allclose(alone[0], together[0, : len(short.ids)], atol=1e-5)


def test_the_rate_rises_and_falls() -> None:
    rates = [rate(step, steps=100, warm=0.1) for step in range(100)]
    assert rates[:10] == sorted(rates[:10]) and rates[9] == 1.0
    assert rates[10:] == sorted(rates[10:], reverse=True) and 0.05 <= rates[-1] < 0.06

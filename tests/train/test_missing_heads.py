"""Weights that lack heads and labels still read: what is not there is marked nowhere."""

from pathlib import Path

import pytest


def test_heads_and_labels_that_are_not_there(encoder_folder: Path, tmp_path: Path) -> None:
    from purport.model import Span
    from purport.read.encoder import Encoder
    from purport.read.tags import PageTags
    from purport.train.export import export
    from purport.train.heads import head
    from purport.train.network import with_encoder

    network = with_encoder(encoder_folder, heads=(head("trigger"), head("event")))
    export(network, folder=tmp_path, tokenizer=encoder_folder / "tokenizer.json")
    tags = PageTags("a car bomb killed 12 people", encoder=Encoder(tmp_path))
    word = Span(2, 5)
    assert tags.spans("entity") == () == tags.marks("cue")
    assert tags.asked("attribution", [word, word]) == ((), ())
    assert (
        tags.chance("cue", "cue", span=word) == tags.chance("trigger", "no such type", span=word) == tags.number("factuality", word) == 0.0
    )
    assert tags.chance("trigger", "bombing", span=word) > 0


@pytest.mark.parametrize("first", [0, 7])
def test_marks_of_a_window_are_those_of_the_tokenizer(encoder_folder: Path, tmp_path: Path, first: int) -> None:
    """The numbers of the opening and closing marks differ from encoder to encoder."""
    import json

    from tokenizers import Tokenizer

    from purport.read.encoder import Encoder
    from purport.train.annotated import Annotated
    from purport.train.export import export
    from purport.train.heads import head
    from purport.train.network import with_encoder
    from purport.train.targets import examples_of

    saved = json.loads((encoder_folder / "tokenizer.json").read_text())
    vocabulary = saved["model"]["vocab"]
    saved["model"]["vocab"] = {piece: (number + first) % len(vocabulary) for piece, number in vocabulary.items()}
    (tmp_path / "t.json").write_text(json.dumps(saved))
    export(with_encoder(encoder_folder, heads=(head("trigger"),)), folder=tmp_path / "out", tokenizer=tmp_path / "t.json", exact=True)
    tokenizer = Tokenizer.from_file(str(tmp_path / "t.json"))
    (example,) = examples_of(Annotated("a", "a car bomb"), tokenizer=tokenizer)
    assert example.ids[0] == (vocabulary["[CLS]"] + first) % len(vocabulary)
    encoder = Encoder(tmp_path / "out")
    seen = encoder._reader.run(["trigger"], {"ids": example.ids[None]})[0][0]
    assert abs(seen[1:-1] - encoder.encode("a car bomb").plain["trigger"]).max() < 1e-6

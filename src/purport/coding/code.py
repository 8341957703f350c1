"""AttributedReading → Report: the order of the coding room's stages."""

from purport.codebook import as_coded
from purport.coding.bundles import bundles_of
from purport.coding.claims import ClaimWriter, trigger_spans
from purport.coding.clusters import happenings_of
from purport.coding.confidence import with_confidence
from purport.coding.coordinates import with_coordinates
from purport.coding.derive import certainty_of, disputed, reality_of, voice_of
from purport.coding.grounds import Grounds
from purport.coding.happenings import Happening, has_particulars
from purport.coding.names import Naming, namings
from purport.coding.phrases import Phrases
from purport.coding.pointing import pointed
from purport.coding.responsibility import blamed, responsible
from purport.coding.tellings import find_tellings
from purport.coding.threats import with_threats
from purport.coding.tree import Tree
from purport.coding.triggers import find_triggers
from purport.model import AttributedReading, Attribution, Event, Report, event_id
from purport.settings import Settings


def code(attributed: AttributedReading, *, settings: Settings) -> Report:
    """The events of a page with their claims and how likely each is right, in the order in which the page first tells them."""
    reading = attributed.reading
    tree = Tree(reading)
    grounds = Grounds(attributed, tree=tree)
    phrases = Phrases(reading, tree)
    triggers = with_threats(find_triggers(tree), tree=tree, grounds=grounds)
    writer = ClaimWriter(tree, phrases, grounds)
    tellings = with_coordinates(find_tellings(tree, grounds, triggers=triggers), tree=tree)
    bundles = bundles_of(tellings, tree=tree, phrases=phrases, grounds=grounds)
    happenings = [h for h in happenings_of(bundles) if has_particulars(h)]
    owners = responsible(happenings, tree=tree, grounds=grounds)
    names = namings(happenings, tree=tree, phrases=phrases, grounds=grounds)
    for more in (blamed(happenings, tree=tree, grounds=grounds), pointed(happenings, tree=tree, phrases=phrases, grounds=grounds)):
        for number, said in more.items():
            names.setdefault(number, []).extend(said)
    events = tuple(
        _event(h, writer, document_id=reading.document.id, owners=owners.get(n, []), names=names.get(n, []))
        for n, h in enumerate(happenings)
    )
    report = with_confidence(Report(reading.document, attributed.attributions, events, reading.entities), tags=reading.tags)
    own_types = {event.id: happening.own for event, happening in zip(events, happenings, strict=True)}
    return as_coded(report, said=own_types, words={e.id: _names(h) for e, h in zip(events, happenings, strict=True)})


def _names(happening: Happening) -> str:
    """The words that name a happening, as they are printed and as the dictionary has them."""
    return "\n".join(f"{t.trigger.token.words}\n{t.trigger.token.lemma}" for t in happening.tellings)


def _event(happening: Happening, writer: ClaimWriter, *, document_id: str, owners: list[Attribution], names: list[Naming]) -> Event:
    triggers = trigger_spans(happening)
    id_ = event_id(document_id, triggers)
    claims = writer.claims(happening, event_id=id_, type_=happening.type, owners=owners, names=names)
    return Event(
        id=id_,
        document_id=document_id,
        type=happening.type,
        triggers=triggers,
        claims=claims,
        reality=reality_of(happening),
        voice=voice_of(happening),
        certainty=certainty_of(happening),
        disputed=disputed(happening, claims, owners=owners, speakers=writer.speakers(claims)),
    )

"""Through whom a word came: "told Reuters", "was quoted by X as saying", "in a video released by X", "citing X"."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from purport.attribution.cues import artefacts, hearsay, releasing, words
from purport.attribution.relation import Relation
from purport.attribution.speech import merged
from purport.attribution.subjects import agent_of, subject_of
from purport.attribution.syntactic import cue_spans
from purport.attribution.tree import Tree
from purport.model import SourceKind, Span, Stance

CARRIERS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
THROUGH = frozenset({"to", "with", "by", "on", "in", "through", "via"})
#: A dateline stands in the first characters of a page.
DATELINE_REACH = 600
QUOTING = frozenset({"cite", "quote"})
#: A longer stretch between "quoted" and "saying" is no cue.
MAX_CUE = 80
OWN = frozenset({"he", "she", "they", "it", "his", "her", "their", "its"})
#: Sentences over which a reporter is still meant.
NEAR = 3
KindOf = Callable[[int], SourceKind]


def with_links(tree: Tree, relations: Iterable[Relation], *, kind_of: KindOf) -> tuple[Relation, ...]:
    """The relations with the links through which each reached the outlet, and one more for each source that is cited."""
    out: list[Relation] = []
    reporter: int | None = None
    for relation in relations:
        if tree.tokens[relation.head].pos == "VERB":
            relation = _quoted(tree, relation)
            links = _links(tree, relation, kind_of=kind_of) or _quoted_by(tree, relation, reporter=reporter)
            relation = replace(relation, links=links)
        if relation.content and not _nobody(tree, relation) and not _unsaid(tree, relation):
            out.extend(_cited(tree, relation) or (relation,))
        if relation.source is not None and kind_of(relation.source) in CARRIERS:
            reporter = relation.source
    return tuple(out)


def _quoted_by(tree: Tree, relation: Relation, *, reporter: int | None) -> tuple[Relation, ...]:
    """ "was quoted as saying", by nobody named: by the outlet or agency that spoke last, if that was within ``NEAR`` sentences."""
    quoted = _as_saying(tree, relation.head) is not None or _quote_verb(tree, relation.head) is not None
    if not quoted or reporter is None or not relation.content:
        return ()
    near = tree.tokens[relation.head].sentence - tree.tokens[reporter].sentence <= NEAR
    return (_link(tree, relation, source=reporter, cue=relation.head),) if near else ()


def _nobody(tree: Tree, relation: Relation) -> bool:
    """ "No group claimed responsibility": nobody speaks."""
    source = relation.source
    if source is None:
        return False
    if relation.kind != "show" and tree.lemma(source) in words("mute"):
        return True
    return tree.lemma(source) in ("none", "nobody", "neither") or any(
        tree.lemma(c) in ("no", "neither") for c in tree.all(source, "det", "neg")
    )


def _unsaid(tree: Tree, relation: Relation) -> bool:
    """ "has not claimed responsibility", "did not accuse": nothing of the kind was said."""
    committing = relation.stance in (Stance.ADMITS, Stance.ACCUSES, Stance.THREATENS, Stance.CLAIMS) or relation.pattern == "phrase"
    return committing and tree.child(relation.head, "neg") is not None


def _links(tree: Tree, relation: Relation, *, kind_of: KindOf) -> tuple[Relation, ...]:
    """The thing and who put it out, then whoever passed it on."""
    if not relation.content:
        return ()
    links = (
        *_released(tree, relation),
        *_quoting_verb(tree, relation),
        *_told(tree, relation, kind_of=kind_of),
        *_occasion(tree, relation, kind_of=kind_of),
    )
    return tuple(link for link in links if link.source != relation.source)


def _link(tree: Tree, relation: Relation, *, source: int, cue: int, stance: Stance = Stance.SAYS) -> Relation:
    """A relation whose content is all that ``relation`` spans: source, cue and content."""
    own = [s for s in (*relation.cue, *relation.content)]
    if relation.source is not None:
        own += [s for s in tree.spans([relation.source])]
    near = [s for s in own if s.start >= tree.sentence(relation.head).span.start and s.end <= tree.sentence(relation.head).span.end]
    hull = Span(min(s.start for s in near), max(s.end for s in near))
    spans = relation.cue if cue == relation.head else tree.spans([cue])
    return Relation("carrier", spans, merged((*relation.content, hull)), cue, stance, "carrier", source)


def _told(tree: Tree, relation: Relation, *, kind_of: KindOf) -> Iterator[Relation]:
    """ "told X", "said to X", where X is an outlet or agency."""
    verb = relation.head
    hearers = tree.all(verb, "dobj", "dative") if tree.lemma(verb) in ("tell", "inform", "brief", "assure") else []
    for prep in tree.all(verb, "prep", "dative"):
        if tree.lemma(prep) == "to" and (hearer := tree.child(prep, "pobj")) is not None:
            hearers.append(hearer)
    for hearer in hearers:
        if _carries(tree, hearer, kind_of=kind_of):
            yield _link(tree, relation, source=hearer, cue=verb)


def _carries(tree: Tree, token: int, *, kind_of: KindOf) -> bool:
    """Whether the noun names another outlet or agency that passed it on; the outlet of this page is no link."""
    body = tree.lemma(token) in words("bodies") or (
        tree.tokens[token].words.lower() == "media" and tree.child(token, "amod", "compound", "poss") is not None
    )
    if kind_of(token) not in CARRIERS or (not tree.tokens[token].words[0].isupper() and not body):
        return False
    here = tree.child(token, "det")
    return not (_is_own_outlet(tree, tree.tokens[token].words) or (here is not None and tree.lemma(here) == "this"))


def _is_own_outlet(tree: Tree, word: str) -> bool:
    document = tree.reading.document
    if document.outlet is not None and word.casefold() in document.outlet.casefold():
        return True
    dateline = re.search(r"\(([^()\n]{2,40})\)\s*[-–—:]", document.text[:DATELINE_REACH])
    return dateline is not None and word in dateline.group(1).split()


def _occasion(tree: Tree, relation: Relation, *, kind_of: KindOf) -> Iterator[Relation]:
    """ "in an interview with X", "speaking to X", "in a statement carried by X", "in a letter sent to X"."""
    for child in tree.children[relation.head]:
        if tree.tokens[child].dep in ("advcl", "csubj") and tree.lemma(child) in ("speak", "talk"):
            yield from _carriers(tree, relation, below=child, kind_of=kind_of)
        nouns = tree.all(child, "pobj") if tree.tokens[child].dep == "prep" else []
        noun = nouns[-1] if nouns else None  # "mail" of "e-mail", which a parser takes apart
        person = noun is not None and kind_of(noun) is not SourceKind.ARTEFACT
        if noun is not None and tree.lemma(child) in ("through", "via") and person:
            yield _link(tree, relation, source=noun, cue=child)
        if noun is not None and tree.lemma(noun) in words("occasions"):
            yield from _carriers(tree, relation, below=noun, kind_of=kind_of)


def _carriers(tree: Tree, relation: Relation, *, below: int, kind_of: KindOf) -> Iterator[Relation]:
    for token in tree.subtree(below):
        held = tree.head(token) if tree.tokens[token].dep == "appos" else token
        through = tree.lemma(tree.head(held)) in THROUGH and tree.tokens[held].dep == "pobj" and token != below
        if through and token != relation.source and _carries(tree, token, kind_of=kind_of):
            yield _link(tree, relation, source=token, cue=below)
            return


def _quoted(tree: Tree, relation: Relation) -> Relation:
    """ "X was quoted as saying", "Y quoted X as saying": X speaks."""
    quote = relation.head if _as_saying(tree, relation.head) is not None else _quote_verb(tree, relation.head)
    if quote is None:
        return relation
    speaker = tree.child(quote, "nsubjpass", "dobj")
    saying = _as_saying(tree, quote)
    last = tree.tokens[saying].span.end if saying is not None else relation.cue[-1].end
    cue = Span(cue_spans(tree, quote)[0].start, last)
    content = tree.spans(t for c in tree.all(quote, "ccomp") for t in tree.subtree(c)) if quote == relation.head else relation.content
    return replace(relation, source=speaker, cue=(cue,) if len(cue) < MAX_CUE else relation.cue, content=content, pattern="clause")


def _as_saying(tree: Tree, quote: int) -> int | None:
    """The "saying" of "quoted as saying"."""
    if tree.lemma(quote) not in QUOTING:
        return None
    return next((s for p in tree.all(quote, "prep") if tree.lemma(p) == "as" and (s := tree.child(p, "pcomp")) is not None), None)


def _quote_verb(tree: Tree, verb: int) -> int | None:
    head = tree.head(verb)
    above = tree.head(head)
    quotes = tree.tokens[verb].dep == "pcomp" and tree.lemma(head) == "as" and tree.lemma(above) in QUOTING
    return above if quotes else None


def _quoting_verb(tree: Tree, relation: Relation) -> Iterator[Relation]:
    quote = relation.head if _as_saying(tree, relation.head) is not None else _quote_verb(tree, relation.head)
    if quote is None:
        return
    saying = _as_saying(tree, quote)
    by = agent_of(tree, quote)
    if by is None and saying is not None:
        by = next((tree.child(p, "pobj") for p in tree.all(saying, "prep", "agent") if tree.lemma(p) == "by"), None)
    carrier = by if by is not None else (subject_of(tree, quote) if tree.child(quote, "nsubjpass") is None else None)
    if carrier is not None:
        yield _link(tree, relation, source=carrier, cue=quote)


def _released(tree: Tree, relation: Relation) -> Iterator[Relation]:
    """The thing in which somebody speaks or which shows something, and who put it out."""
    if relation.source is not None and tree.lemma(relation.source) in words("shown"):
        author, cue = author_of(tree, _first_told(tree, relation.source))
        if author is not None:
            yield _link(tree, relation, source=author, cue=cue, stance=_release_stance(tree, cue))
        return
    for prep in tree.all(relation.head, "prep"):
        thing = tree.child(prep, "pobj")
        if thing is not None and tree.lemma(prep) in ("in", "on", "through", "via") and tree.lemma(thing) in words("shown"):
            yield from _in_thing(tree, relation, thing=thing)


def _first_told(tree: Tree, thing: int) -> int:
    """The last video before "the video" whose author is told, if that was within ``NEAR`` sentences; else the one itself."""
    the = tree.child(thing, "det")
    if the is None or tree.lemma(the) != "the" or author_of(tree, thing)[0] is not None:
        return thing
    first = tree.reading.sentences[max(tree.tokens[thing].sentence - NEAR, 0)].first
    told = [t for t in range(first, thing) if tree.lemma(t) == tree.lemma(thing) and author_of(tree, t)[0] is not None]
    return told[-1] if told else thing


def _in_thing(tree: Tree, relation: Relation, *, thing: int) -> Iterator[Relation]:
    """A video is a link if somebody else than the speaker put it out."""
    author, cue = author_of(tree, thing)
    if author is None or relation.source is None or tree.lemma(author) in OWN:
        return
    yield _link(tree, relation, source=thing, cue=thing)
    yield _link(tree, relation, source=author, cue=cue, stance=_release_stance(tree, cue))


def _release_stance(tree: Tree, verb: int) -> Stance:
    """ "that the group purportedly released": the mark of hearsay stands on the release."""
    marks = (hearsay().get(tree.tokens[c].words.lower()) for c in tree.all(verb, "advmod"))
    return next((m.stance for m in marks if m is not None), Stance.SAYS)


def author_of(tree: Tree, thing: int) -> tuple[int | None, int]:
    """Who put out a video or statement, and the word that says so."""
    owner = tree.child(thing, "poss")
    if owner is not None:
        return owner, thing
    for child in tree.all(thing, "acl", "relcl"):
        if tree.lemma(child) in releasing():
            return _releaser(tree, child), child
    for prep in tree.all(thing, "prep"):
        if tree.lemma(prep) in ("by", "from") and (author := tree.child(prep, "pobj")) is not None:
            return author, thing
    head = tree.head(thing)
    if tree.lemma(head) in releasing() and tree.tokens[head].pos == "VERB" and tree.tokens[thing].dep in ("dobj", "nsubjpass"):
        return _releaser(tree, head), head
    return None, thing


def _account(tree: Tree, verb: int) -> int | None:
    """X in "was posted on the account of X", "on X's channel"."""
    for prep in tree.all(verb, "prep"):
        put = tree.child(prep, "pobj")
        if put is not None and tree.lemma(prep) in ("on", "to", "through", "via") and tree.lemma(put) in words("accounts"):
            owners = [tree.child(p, "pobj") for p in tree.all(put, "prep") if tree.lemma(p) in ("of", "by")]
            return tree.child(put, "poss") or next((o for o in owners if o is not None), None)
    return None


def _releaser(tree: Tree, verb: int) -> int | None:
    """The agent or subject of a verb of publishing, or whose account it was put on."""
    own = tree.child(verb, "nsubj")
    if own is None and agent_of(tree, verb) is None and (account := _account(tree, verb)) is not None:
        return account
    found = agent_of(tree, verb) if own is None else own
    if found is not None and tree.tokens[found].tag not in ("WDT", "WP"):
        return found
    if tree.tokens[verb].dep == "conj" or (own is None and tree.tokens[verb].tag != "VBN"):
        return subject_of(tree, verb)
    return None


def _cited(tree: Tree, relation: Relation) -> tuple[Relation, ...]:
    """ "X, citing Y, said": Y's word through X."""
    if relation.source is None or tree.tokens[relation.head].pos != "VERB":
        return ()
    through = replace(_link(tree, relation, source=relation.source, cue=relation.head), stance=relation.stance)
    return tuple(
        Relation("citing", cue_spans(tree, c), relation.content, c, Stance.SAYS, "speech", source, (through, *relation.links))
        for c in tree.all(relation.head, "advcl")
        if tree.lemma(c) in QUOTING and tree.tokens[c].tag == "VBG"
        for source in tree.all(c, "dobj")
        if tree.lemma(source) not in artefacts()
    )

"""Who speaks: the words at the cue, the mention that they stand for, and what kind of source that is."""

from collections.abc import Mapping
from dataclasses import dataclass

from purport.attribution.cues import source_rows, verbs, words
from purport.attribution.relation import Relation
from purport.attribution.tree import Tree
from purport.codebook import per_codebook
from purport.model import Entity, EntityKind, Form, Mention, Source, SourceKind, Span, Spans

#: Children that belong to the name or head phrase of a source; relative clauses and phrases set off by commas do not.
NAME_PARTS = frozenset({"compound", "amod", "det", "poss", "nummod", "nmod", "flat", "case", "quantmod", "advmod", "predet"})
PHRASES = frozenset({"of", "for", "with", "in", "from", "to", "on"})
KINDS: Mapping[EntityKind, SourceKind] = {
    EntityKind.OUTLET: SourceKind.OUTLET,
    EntityKind.AGENCY: SourceKind.AGENCY,
    EntityKind.ARMED_GROUP: SourceKind.ARMED_GROUP,
    EntityKind.GOVERNMENT: SourceKind.OFFICIAL,
    EntityKind.FORCE: SourceKind.OFFICIAL,
    EntityKind.INTERGOVERNMENTAL: SourceKind.OFFICIAL,
    EntityKind.NGO: SourceKind.NGO,
    EntityKind.ARTEFACT: SourceKind.ARTEFACT,
    EntityKind.PARTY: SourceKind.OFFICIAL,
}
#: Who can be "the latter" of two sides, and which kinds of source "it" can be.
ACTORS = frozenset(
    {
        EntityKind.ARMED_GROUP,
        EntityKind.FORCE,
        EntityKind.GOVERNMENT,
        EntityKind.NATIONALITY,
        EntityKind.PERSON,
        EntityKind.GROUP_OF_PEOPLE,
        EntityKind.PARTY,
    }
)
BODIES = frozenset({SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.OFFICIAL, SourceKind.NGO, SourceKind.ARMED_GROUP})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
PERSONAL = frozenset({"he", "she", "him", "her", "his", "i", "me"})
#: Words of "calling itself the …" at most.
LONGEST_NAMING = 9
#: Words from a speaker to the verb, at most ("a channel that follows armed groups reported").
REACH_OF_SPEAKER = 9
#: How many tokens back a pronoun is looked up.
REACH = 150
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "we", "i", "you", "us", "me", "who", "which", "that"}
)


@per_codebook
def words_of_kind() -> Mapping[str, SourceKind]:
    """Head nouns and names that tell the kind of a source."""
    return {r["word"]: SourceKind(r["kind"]) for r in source_rows()}


@per_codebook
def party_words() -> frozenset[str]:
    return frozenset(r["word"] for r in source_rows() if r["party"] == "yes")


@dataclass(frozen=True, slots=True)
class Register:
    """Mentions by head token and entities by id."""

    by_head: Mapping[int, Mention]
    entities: Mapping[str, Entity]
    of_entity: Mapping[str, tuple[Mention, ...]]


def register_of(tree: Tree) -> Register:
    of_entity: dict[str, list[Mention]] = {}
    for mention in tree.reading.mentions:
        of_entity.setdefault(mention.entity_id, []).append(mention)
    heads = {m.head: m for m in sorted(tree.reading.mentions, key=lambda m: len(m.span))}
    for mention in tree.reading.mentions:
        if mention.form is Form.NAME:  # "the Committee to Protect X" may hang on another of its words
            heads |= {t: mention for t in tree.inside(mention.span) if t not in heads}
    return Register(heads, {e.id: e for e in tree.reading.entities}, {k: tuple(v) for k, v in of_entity.items()})


def source_of(tree: Tree, token: int, *, register: Register) -> Source:
    """The source on whose head noun ``token`` the attribution rests."""
    before = spoken_of(tree, token, register=register)
    spoken, token = (
        token,
        before if before is not None else name_described(tree, antecedent(tree, referent(tree, token), register=register)),
    )
    mention = register.by_head.get(token)
    named = named_spans(tree, token, mention=mention)
    entity = register.entities.get(mention.entity_id) if mention else None
    kind = kind_of(tree, token, entity=entity)
    return Source(
        spans=phrase_spans(tree, spoken),
        named_spans=named,
        entity_id=mention.entity_id if mention else None,
        kind=kind,
        named=is_named(tree, token, entity=entity, named=named),
        party=is_party(tree, token, entity=entity, kind=kind),
    )


def antecedent(tree: Tree, token: int, *, register: Register) -> int:
    """The head of the mention that a pronoun stands for: by coreference, else the last fitting subject; a noun stands for itself."""
    mention = register.by_head.get(token)
    if mention is not None and mention.form is not Form.PRONOUN:
        return token
    if mention is not None:
        better = [m for m in register.of_entity[mention.entity_id] if m.form is not Form.PRONOUN]
        before = [m for m in better if m.span.start <= mention.span.start]
        if better:
            return (before[-1] if before else better[0]).head
    found = _nearest_subject(tree, token) if tree.lemma(token) in PRONOUNS else None
    return token if found is None else found


def spoken_of(tree: Tree, token: int, *, register: Register) -> int | None:
    """Whom words that only point back stand for as a source: "the latter", "the same source", and "it" that coreference takes for a thing
    that cannot speak ("struck the east of the country, it said")."""
    if tree.lemma(token) == "latter":
        return _last_actor(tree, token, register=register)
    if tree.lemma(token) == "source" and any(tree.lemma(c) == "same" for c in tree.all(token, "amod")):
        return _last_speaker(tree, tree.sentence(token).first, register=register)
    if tree.lemma(token) != "it":
        return None
    meant = antecedent(tree, token, register=register)
    mute = meant != token and tree.tokens[meant].sentence == tree.tokens[token].sentence and tree.tokens[meant].dep == "pobj"
    return _last_speaker(tree, tree.sentence(token).first, register=register, bodies=True) if mute else None


def _last_actor(tree: Tree, token: int, *, register: Register) -> int | None:
    """The actor named last before ``token``, in its sentence or the one before."""
    first = tree.reading.sentences[max(tree.tokens[token].sentence - 1, 0)].first
    return next((t for t in range(token - 1, first - 1, -1) if t in register.by_head and register.by_head[t].kind in ACTORS), None)


def _last_speaker(tree: Tree, token: int, *, register: Register, bodies: bool = False) -> int | None:
    """The last noun before ``token`` that a word was told by; with ``bodies`` no person."""
    for at in range(token - 1, max(token - REACH, -1), -1):
        if tree.tokens[at].pos not in ("NOUN", "PROPN") or not _told(tree, at):
            continue
        if not bodies or _is_body(tree, at, register=register):
            return at
    return None


def _is_body(tree: Tree, token: int, *, register: Register) -> bool:
    """Whether an outlet, force or other body speaks, and nobody for it."""
    mention = register.by_head.get(token)
    return mention is not None and mention.kind is not EntityKind.PERSON and kind_at(tree, token, register=register) in BODIES


def _told(tree: Tree, token: int) -> bool:
    """Whether the noun is the subject of a verb of saying or stands behind "according to"."""
    here, above = tree.tokens[token], tree.head(token)
    cue = verbs().get(tree.lemma(above))
    if here.dep in ("nsubj", "nsubjpass"):
        return cue is not None and cue.kind == "speech" and tree.tokens[above].pos == "VERB"
    if here.dep == "pobj" and tree.tokens[above].dep == "agent":
        return tree.lemma(tree.head(above)) in ("quote", "report", "cite")
    return here.dep == "pobj" and tree.lemma(tree.head(above)) in ("accord", "according")


def name_described(tree: Tree, token: int) -> int:
    """Omar Haddad, for "he" that stands for the last words of "Omar Haddad, a nurse"; else the token itself."""
    if tree.tokens[token].dep != "appos" or tree.tokens[token].pos != "NOUN" or _is_hearer(tree, tree.head(token)) or _speaks(tree, token):
        return token
    return tree.head(token) if tree.tokens[tree.head(token)].pos == "PROPN" else token


def _speaks(tree: Tree, token: int) -> bool:
    """ "… near Gao, a diplomat confirmed.": what stands beside a name is closed by a comma, so that a verb before any other comma
    is its own."""
    for at in range(token + 1, min(token + REACH_OF_SPEAKER, tree.sentence(token).end)):
        if tree.tokens[at].words in (",", ";", ":") or (at == token + 1 and tree.tokens[at].pos in ("ADP", "CCONJ")):
            return False
        if tree.tokens[at].tag in ("VBD", "VBZ", "VBP", "VBN") and tree.tokens[at].dep != "relcl" and tree.lemma(at) in verbs():
            return True
    return False


def _is_hearer(tree: Tree, token: int) -> bool:
    """X of "Speaking to X, a spokesman said": the words after the comma are not about X."""
    prep = tree.head(token)
    return tree.tokens[token].dep == "pobj" and tree.lemma(tree.head(prep)) in ("speak", "talk")


def referent(tree: Tree, token: int) -> int:
    """The noun that a relative pronoun stands for, the name beside a title, or the token itself."""
    if tree.tokens[token].tag in RELATIVE:
        at = token
        while tree.tokens[at].dep != "relcl" and tree.head(at) != at:
            at = tree.head(at)
        if tree.tokens[at].dep == "relcl":
            token = tree.head(at)
    author = _author(tree, token) if tree.lemma(token) in words("worded") else None
    if author is not None:
        return author
    name = next((c for c in tree.all(token, "appos") if tree.tokens[c].pos == "PROPN"), None)
    if name is None and tree.tokens[token].pos == "NOUN":
        name = _name_behind(tree, token) if tree.lemma(token) in words("bodies") else _name_beside(tree, token)
    return name if name is not None and tree.tokens[token].pos == "NOUN" else token


def _name_beside(tree: Tree, token: int) -> int | None:
    """The Falcons in "by a military group, the Freedom Falcons." where the parse keeps them apart."""
    first, end = token + 1, tree.sentence(token).end
    if first + 1 >= end or tree.tokens[first].words != ",":
        return None
    last = first + 1
    while last < end and tree.tokens[last].entity in ("ORG", "PERSON"):
        last += 1
    closed = last < end and tree.tokens[last].pos == "PUNCT"
    return last - 1 if closed and last > first + 1 and tree.tokens[last - 1].pos == "PROPN" else None


def _name_behind(tree: Tree, token: int) -> int | None:
    """SANA in "the news agency SANA", where the parse keeps them apart."""
    after = token + 1
    if after >= tree.sentence(token).end or tree.child(after, "case") is not None:
        return None
    named = tree.tokens[after].words[0].isupper() and tree.tokens[after].entity not in ("DATE", "TIME", "GPE", "NORP")
    return after if named else None


def _author(tree: Tree, token: int) -> int | None:
    """X in "a statement from X": the words are X's own."""
    for prep in tree.all(token, "prep", "agent"):
        author = tree.child(prep, "pobj")
        if author is not None and tree.lemma(prep) in ("from", "by") and tree.tokens[author].pos in ("PROPN", "NOUN"):
            return author
    return None


def phrase_spans(tree: Tree, token: int) -> Spans:
    """The words at the attribution: head phrase without relative clause and apposition."""
    out = {c for c in tree.children[token] if tree.tokens[c].dep in ("relcl", "appos", "acl", "punct", "cc", "conj", "advcl")}
    kept = [t for t in tree.subtree(token, without=out)]
    return tree.spans(_run_around(kept, token))


def _run_around(tokens: list[int], token: int) -> list[int]:
    at = tokens.index(token)
    first = last = at
    while first > 0 and tokens[first - 1] == tokens[first] - 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1] == tokens[last] + 1:
        last += 1
    return tokens[first : last + 1]


def named_spans(tree: Tree, token: int, *, mention: Mention | None) -> Spans:
    """The mention at ``token``, as the codebook quotes it."""
    if mention is not None and mention.form is not Form.PRONOUN:
        whole = _with_group(tree, mention, span=_whole_name(tree, mention))
        return (whole,) if ":" not in mention.span.of(tree.text) else tree.spans([token])
    return head_phrase(tree, token)


def _with_group(tree: Tree, mention: Mention, *, span: Span) -> Span:
    """ "a group calling itself X", "militants from X": the words that say which."""
    told = next((c for c in tree.all(mention.head, "acl", "prep") if tree.tokens[c].span.start == span.end + 1), None)
    if mention.form is not Form.NOMINAL or told is None:
        return span
    below = tree.subtree(told)
    named = next((t for t in below if tree.tokens[t].pos == "PROPN"), None)
    by_name = tree.lemma(told) == "from" or (tree.lemma(told) in words("self_named") and len(below) <= LONGEST_NAMING)
    return Span(span.start, tree.tokens[below[-1]].span.end) if named is not None and by_name else span


def _whole_name(tree: Tree, mention: Mention) -> Span:
    """The mention's span; a one-word name of a body takes the proper nouns before it ("Times" of "the Valley Times")."""
    token = tree.tokens[mention.head]
    if mention.form is not Form.NAME or token.entity == "PERSON" or mention.span != token.span:
        return mention.span
    first = mention.head
    while first and _leads(tree, first - 1, head=mention.head):
        first -= 1
    return Span(tree.tokens[first].span.start, token.span.end)


def _leads(tree: Tree, token: int, *, head: int) -> bool:
    here = tree.tokens[token]
    return here.pos == "PROPN" and here.dep == "compound" and token < here.head <= head


def head_phrase(tree: Tree, token: int) -> Spans:
    """A name with its parts, or the head noun with the modifiers that identify it."""
    if tree.tokens[token].pos == "PROPN":
        return tree.spans(_name_around(tree, token))
    out = {c for c in tree.children[token] if not _identifies(tree, c)}
    run = _run_around(tree.subtree(token, without=out), token)
    before = run[0] - 1
    stray = before >= 0 and tree.tokens[before].dep == "det" and tree.head(before) == tree.head(token)
    return tree.spans([before, *run] if stray else run)


def _identifies(tree: Tree, child: int) -> bool:
    return tree.tokens[child].dep in NAME_PARTS or (tree.tokens[child].dep == "prep" and tree.lemma(child) in PHRASES)


def _name_around(tree: Tree, token: int) -> list[int]:
    """The named entity around ``token``, else its run of proper nouns."""
    label, sentence = tree.tokens[token].entity, tree.sentence(token)
    first = last = token
    while first > sentence.first and _same_name(tree, first - 1, label=label):
        first -= 1
    while last + 1 < sentence.end and _same_name(tree, last + 1, label=label):
        last += 1
    return list(range(first, last + 1))


def _same_name(tree: Tree, token: int, *, label: str) -> bool:
    here = tree.tokens[token]
    return here.entity == label and here.words != "," if label else here.pos == "PROPN" and here.entity == ""


def _nearest_subject(tree: Tree, token: int) -> int | None:
    """What a pronoun stands for if coreference does not say: the last fitting subject or speaker before it."""
    word = tree.lemma(token)
    fallback = None
    for at in range(token - 1, max(token - REACH, -1), -1):
        here = tree.tokens[at]
        if here.pos not in ("NOUN", "PROPN") or here.dep not in ("nsubj", "nsubjpass", "appos") or here.lemma.lower() in PRONOUNS:
            continue
        fits = _fits(tree, at, pronoun=word)
        if fits and (here.pos == "PROPN" or word not in PERSONAL):
            return at
        fallback = at if fits and fallback is None else fallback
    return fallback


def _fits(tree: Tree, token: int, *, pronoun: str) -> bool:
    here = tree.tokens[token]
    plural = here.tag in ("NNS", "NNPS")
    if pronoun in PERSONAL:
        return not plural and here.entity in ("PERSON", "") and (here.pos == "PROPN" or here.lemma.lower() in words_of_kind())
    if pronoun in ("they", "them", "their", "we", "us"):
        return plural or here.entity in ("ORG", "GPE", "NORP")
    return not plural and here.entity != "PERSON"


def kind_of(tree: Tree, token: int, *, entity: Entity | None) -> SourceKind:
    """By the entity's kind, else by the head noun and its modifiers."""
    if entity is not None and entity.kind in KINDS:
        return KINDS[entity.kind]
    pairs = [f"{tree.lemma(c)} {tree.lemma(token)}" for c in tree.all(token, "compound", "amod")]
    found = [words_of_kind()[w] for w in (*pairs, *_words(tree, token)) if w in words_of_kind()]
    if found and found[0] is SourceKind.OFFICIAL and SourceKind.ARMED_GROUP in found:
        return SourceKind.ARMED_GROUP
    return found[0] if found else SourceKind.UNKNOWN


def _words(tree: Tree, token: int) -> list[str]:
    """Lower-case words of the source phrase, the head first, then what stands before, after and above it ("spokesman for the rebels")."""
    nodes = [token, *reversed(_modifiers(tree, token))]
    if tree.tokens[token].dep in ("appos", "compound"):
        nodes += [tree.head(token), *_modifiers(tree, tree.head(token))]
    return [w for n in nodes for w in (tree.lemma(n).lower(), tree.tokens[n].words.lower())]


def _modifiers(tree: Tree, token: int) -> list[int]:
    near = [c for c in tree.children[token] if tree.tokens[c].dep in ("compound", "amod", "appos", "nmod")]
    far = [tree.child(p, "pobj") for p in tree.all(token, "prep") if tree.lemma(p) in ("of", "for")]
    return [*(f for f in far if f is not None), *near]


def kind_at(tree: Tree, token: int, *, register: Register) -> SourceKind:
    """The kind of source that the noun at ``token`` would be."""
    mention = register.by_head.get(token)
    return kind_of(tree, token, entity=register.entities.get(mention.entity_id) if mention else None)


def is_named(tree: Tree, token: int, *, entity: Entity | None, named: Spans) -> bool:
    """Whether a name stands for the source somewhere in the page."""
    words = tree.inside(named[0]) if named else range(0)
    return (any(tree.tokens[t].pos == "PROPN" for t in words) and tree.tokens[token].pos != "NOUN") or bool(entity and entity.actor_code)


def is_party(tree: Tree, token: int, *, entity: Entity | None, kind: SourceKind) -> bool:
    """Whether the source fights, or speaks for who does."""
    if (entity is not None and entity.party) or kind is SourceKind.ARMED_GROUP:
        return True
    return any(w in party_words() for w in _words(tree, token))


def under_duress(tree: Tree, relation: Relation, *, source: Source) -> bool:
    """Whether the speaker is in somebody's hands: a captive, or who confesses in custody."""
    spoken = {tree.lemma(t) for s in source.named_spans for t in tree.inside(s)}
    if source.kind is SourceKind.CAPTIVE:
        return not spoken & words("freed")
    sentence = tree.sentence(relation.head)
    around = {t.lemma.lower() for t in tree.tokens[sentence.first : sentence.end]}
    return tree.lemma(relation.head) in ("confess", "confession") and bool(around & words("custody"))

"""Clauses: what conjuncts, adverbial clauses, complements and participles take from the words that govern them."""

from purport.attribution.factuality_lexicon import embedder_of, words_of
from purport.attribution.factuality_parse import Link, Parse, applied, embedded
from purport.attribution.factuality_prepositions import adjunct, is_argument
from purport.attribution.factuality_state import PLAIN, State
from purport.model import Token

_FINITE = ("VBD", "VBZ", "VBP")
_TEMPORAL = ("when", "once", "after", "before", "until", "till")
_MAX_CLIMB = 5
#: Participles that the parser takes for a main verb: "Gunmen believed to be rebels attacked a post".
_REDUCED = ("believe", "suspect", "think", "presume", "say")


def frame_of(link: Link, *, parse: Parse) -> str:
    """How a clause hangs on its governor: that (finite), to (infinitive) or ing."""
    beside = parse.beside(link.token)
    if any(c.tag == "TO" and c.dep in ("aux", "mark") for c in beside):
        return "to"
    if link.token.dep == "pcomp" or link.token.tag == "VBG":
        return "ing"
    if link.token.dep == "xcomp" or (link.token.tag == "VB" and not any(c.tag == "MD" for c in beside)):
        return "to"
    return "that"


def conjunct(link: Link, *, parse: Parse) -> State:
    """A conjunct shares the modals and negations of the first one unless it has a subject or auxiliaries of its own."""
    token, first = link.token, link.governor
    if link.crosses:
        return PLAIN
    if token.tag in _FINITE and first.tag not in _FINITE:
        return parse.outer[_finite_above(first, parse=parse).index]
    joined = [c for c in parse.beside(first) if c.dep == "cc"]
    rather = next((c for c in joined if c.words.lower() == "than"), None)
    if rather is not None:
        return parse.outer[first.index].negated(rather.index)  # "surrendered rather than fight"
    alone = any(c.dep in ("nsubj", "nsubjpass", "expl", "aux") for c in parse.beside(token))
    contrast = any(c.words.lower() in ("but", "yet") for c in joined)
    return parse.outer[first.index] if alone or contrast else parse.inner[first.index]


def _finite_above(token: Token, *, parse: Parse) -> Token:
    """The nearest finite verb on the way up: in "was expected to attack but withdrew" the parser may hang "withdrew" on "attack"."""
    for _ in range(_MAX_CLIMB):
        finite = token.tag in _FINITE or any(c.dep == "aux" and c.tag != "TO" for c in parse.beside(token))
        if finite or token.head == token.index:
            break
        token = parse.tokens[token.head]
    return token


def adverbial(link: Link, *, parse: Parse) -> State:
    """Conditions and purposes are unrealised, "when" and "after" presuppose, a participle follows its main verb."""
    beside = parse.beside(link.token)
    marks = {c.words.lower(): c for c in beside if c.dep in ("mark", "advmod")}
    condition = next((c for word, c in marks.items() if word in words_of("conditional_marks")), None)
    if condition is not None:
        return PLAIN.lowered("Uu", token=condition.index, reason="conditional")
    to = next((c for c in beside if c.tag == "TO" and c.dep in ("aux", "mark")), None)
    if to is not None:
        return _purpose(link, to=to, parse=parse)
    above = parse.inner[link.governor.index]
    if any(word in marks for word in _TEMPORAL):
        return above if above.level == 0 and link.token.tag in ("VBZ", "VBP") else PLAIN
    follows = link.token.tag == "VBG" and link.token.index > link.governor.index and not marks
    return above if follows and not any(c.dep in ("nsubj", "nsubjpass") for c in beside) else PLAIN


def _purpose(link: Link, *, to: Token, parse: Parse) -> State:
    """Purpose ("to kill") is unrealised; complements that the parser took for purposes follow their governor."""
    embedder = parse.embedder(link, "to")
    if embedder is not None and link.token.index > link.governor.index:
        return embedded(link, embedder=embedder, parse=parse)
    return parse.outer[link.governor.index].lowered("Uu", token=to.index, reason="purpose")


def complement(link: Link, *, parse: Parse) -> State:
    """Clauses and gerunds under a verb, noun, adjective or preposition."""
    token, frame = link.token, frame_of(link, parse=parse)
    if token.dep in ("pcomp", "ccomp", "acl") and parse.mark_of(token) in words_of("conditional_marks"):
        return PLAIN.lowered("Uu", token=token.index, reason="conditional")
    if link.prepositions and not is_argument(link, frame=frame, parse=parse):
        return adjunct(link, parse=parse)
    if token.dep == "csubj":
        return parse.above(link) if frame != "to" else PLAIN.lowered("Uu", token=token.index, reason="infinitive")
    if token.dep == "acl" and frame != "to" and not parse.mark_of(token):
        return _participle(link, parse=parse)
    if frame == "that" and (_asks_indirectly(token, parse=parse) or _governor_is_reduced(link, parse=parse)):
        return PLAIN
    return _extraposed(link, frame=frame, parse=parse) or _governed(link, frame=frame, parse=parse)


def _governed(link: Link, *, frame: str, parse: Parse) -> State:
    embedder = parse.embedder(link, frame, complement=link.nearest)
    if embedder is not None:
        return embedded(link, embedder=embedder, parse=parse)
    if frame == "to":
        return parse.above(link).lowered("Uu", token=link.governor.index, reason="infinitive")
    return PLAIN if frame == "that" and link.token.dep in ("ccomp", "acl") else parse.above(link)


def _participle(link: Link, *, parse: Parse) -> State:
    """The men killed in the raid are presupposed; "shows soldiers beating a man" and yes/no questions hand their state down."""
    above = parse.tokens[link.governor.head]
    embedder = embedder_of(above, "ing") if link.governor.dep == "dobj" else None
    if embedder is not None and embedder.name == "shown":
        return parse.inner[above.index]
    asked = link.governor.dep in ("nsubj", "attr") and link.token.tag == "VBN" and "question" in parse.inner[above.index].reasons
    return parse.inner[above.index] if asked else PLAIN


def _extraposed(link: Link, *, frame: str, parse: Parse) -> State | None:
    """In "it is likely that" the adjective embeds, not the copula; None if there is no such adjective."""
    if link.governor.lemma not in words_of("copulas") or link.crosses:
        return None
    predicate = next((c for c in parse.beside(link.governor) if c.dep in ("acomp", "oprd") and c.index < link.token.index), None)
    embedder = embedder_of(predicate, frame) if predicate is not None else None
    if predicate is None or embedder is None:
        return None
    return applied(parse.inner[link.governor.index], embedder=embedder, token=predicate)


def _asks_indirectly(token: Token, *, parse: Parse) -> bool:
    """Of "why he was shot" and "who carried out the raid" only the answer is open."""
    return any(c.tag in ("WP", "WP$", "WRB") for c in parse.beside(token))


def _governor_is_reduced(link: Link, *, parse: Parse) -> bool:
    governor = link.governor
    if governor.tag not in ("VBN", "VBD") or governor.lemma not in _REDUCED or governor.dep != "ROOT" or link.token.dep != "ccomp":
        return False
    beside = parse.beside(governor)
    infinitive = any(c.dep == "xcomp" and c.index < link.token.index for c in beside)
    return infinitive and not any(c.dep in ("aux", "auxpass") for c in beside)

"""What the place of a word in the parse does to it: the state that its governor hands down."""

from collections.abc import Sequence
from dataclasses import dataclass

from purport.attribution.factuality_lexicon import Embedder, embedder_of, takes, words_of
from purport.attribution.factuality_local import is_definite
from purport.attribution.factuality_state import PLAIN, State
from purport.model import Token

_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_FRESH = ("appos", "parataxis", "det", "punct", "nummod")
#: Classes of nouns that reach over a verb: "fears grow of a raid", "hopes fade for a truce".
_PREDICATED = ("believed", "possible", "doubted", "feared", "planned", "denied")
_REACHING = ("feared", "planned", "alleged", "believed", "possible")
_MAX_CLIMB = 5
#: Each of a thousand conjuncts looks at all that hangs on the first; the bound keeps that linear.
_MAX_BESIDE = 48
_TEMPORAL = ("when", "once", "after", "before", "until", "till")


#: Prepositions that are arguments only of words that the lexicon knows ("plan for", but "in the raid").
_LOOSE = ("in", "with", "at", "on", "over", "against", "like")


@dataclass(frozen=True, slots=True)
class Link:
    """A word, the word that governs it (prepositions skipped) and the prepositions between them, the nearest first."""

    token: Token
    governor: Token
    prepositions: tuple[Token, ...]
    crosses: bool  #: the word is inside the content of an attribution that does not hold its governor

    @property
    def preposition(self) -> Token | None:
        return self.prepositions[0] if self.prepositions else None


@dataclass(frozen=True, slots=True)
class Parse:
    """Tokens with the children of each, and the states found so far: ``outer`` before and ``inner`` after the words beside it."""

    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]
    outer: dict[int, State]
    inner: dict[int, State]

    def beside(self, token: Token) -> list[Token]:
        """The tokens that hang on ``token``, at most ``_MAX_BESIDE``."""
        return [self.tokens[i] for i in self.children[token.index][:_MAX_BESIDE]]


def state_from(link: Link, *, parse: Parse) -> State:
    """The state that ``link.token`` takes from above, before its own modals and negations."""
    dep = link.token.dep
    if dep == "conj":
        return _conjunct(link, parse=parse)
    if dep == "advcl":
        return _adverbial(link, parse=parse)
    if dep in _FRESH or (dep == "relcl" and frame_of(link, parse=parse) != "to"):
        return PLAIN
    if dep in ("amod", "poss", "advmod") and link.preposition is None:
        return PLAIN
    if link.token.lemma in words_of("presupposing_nouns"):
        return PLAIN
    if link.token.pos in _NOMINAL or dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return _nominal(link, parse=parse)
    return _complement(link, parse=parse)


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


def _conjunct(link: Link, *, parse: Parse) -> State:
    """A conjunct shares the modals and negations of the first one unless it has a subject or auxiliaries of its own."""
    token, first = link.token, link.governor
    if link.crosses:
        return PLAIN
    beside = parse.beside(token)
    alone = any(c.dep in ("nsubj", "nsubjpass", "expl") for c in beside) or any(c.dep == "aux" for c in beside)
    finite = token.tag in ("VBD", "VBZ", "VBP") and first.tag not in ("VBD", "VBZ", "VBP")
    contrast = any(c.dep == "cc" and c.words.lower() in ("but", "yet") for c in parse.beside(first))
    if finite:
        return parse.outer[_finite_above(first, parse=parse).index]
    return parse.outer[first.index] if alone or contrast else parse.inner[first.index]


def _finite_above(token: Token, *, parse: Parse) -> Token:
    """The nearest finite verb on the way up: in "was expected to attack but withdrew" the parser may hang "withdrew" on "attack"."""
    for _ in range(_MAX_CLIMB):
        if (
            token.tag in ("VBD", "VBZ", "VBP")
            or token.head == token.index
            or any(c.dep == "aux" and c.tag != "TO" for c in parse.beside(token))
        ):
            break
        token = parse.tokens[token.head]
    return token


def _adverbial(link: Link, *, parse: Parse) -> State:
    beside = parse.beside(link.token)
    marks = {c.words.lower(): c for c in beside if c.dep in ("mark", "advmod")}
    above = parse.inner[link.governor.index]
    condition = next((c for word, c in marks.items() if word in words_of("conditional_marks")), None)
    if condition is not None and not {"as", "even"} & set(marks):
        return PLAIN.lowered("Uu", token=condition.index, reason="conditional")
    to = next((c for c in beside if c.tag == "TO" and c.dep in ("aux", "mark")), None)
    if to is not None:
        return _infinitive_adverbial(link, to=to, parse=parse)
    if any(word in marks for word in _TEMPORAL) and above.level == 0 and link.token.tag in ("VBZ", "VBP"):
        return above
    if link.token.tag in ("VBG", "VBN") and not marks and not any(c.dep in ("nsubj", "nsubjpass") for c in beside):
        return above if link.token.tag == "VBG" and link.token.index > link.governor.index else PLAIN
    return PLAIN


def _infinitive_adverbial(link: Link, *, to: Token, parse: Parse) -> State:
    """Purpose ("to kill") is unrealised; "only to find" and complements that the parser took for purposes follow their governor."""
    embedder = embedder_of(link.governor, "to", beside=parse.beside(link.governor))
    if embedder is not None and link.token.index > link.governor.index:
        return _embed(link, embedder=embedder, parse=parse)
    return parse.outer[link.governor.index].lowered("Uu", token=to.index, reason="purpose")


def _complement(link: Link, *, parse: Parse) -> State:
    """Clauses and gerunds under a verb, noun, adjective or preposition."""
    token, frame = link.token, frame_of(link, parse=parse)
    if token.dep == "pcomp" and _mark_word(link, parse=parse) in words_of("conditional_marks"):
        return PLAIN.lowered("Uu", token=token.index, reason="conditional")
    if link.preposition is not None and not _is_argument(link, frame=frame, parse=parse):
        return _adjunct(link, parse=parse)
    if token.dep == "csubj":
        return _hand_down(link, parse=parse) if frame != "to" else PLAIN.lowered("Uu", token=token.index, reason="infinitive")
    if token.dep == "acl" and frame != "to" and not _mark_word(link, parse=parse):
        return _participle(link, parse=parse)
    if frame == "that" and (_asks_indirectly(link, parse=parse) or _governor_is_reduced(link, parse=parse)):
        return PLAIN
    extraposed = _extraposed(link, frame=frame, parse=parse)
    if extraposed is not None:
        return extraposed
    complement = link.preposition.words.lower() if link.preposition is not None else ""
    embedder = embedder_of(link.governor, frame, beside=parse.beside(link.governor), complement=complement)
    if embedder is not None:
        return _embed(link, embedder=embedder, parse=parse)
    if frame == "to":
        return _hand_down(link, parse=parse).lowered("Uu", token=link.governor.index, reason="infinitive")
    if _mark_word(link, parse=parse) in words_of("conditional_marks"):
        return PLAIN.lowered("Uu", token=token.index, reason="conditional")
    if frame == "that":
        return PLAIN if link.token.dep in ("ccomp", "acl") else _hand_down(link, parse=parse)
    return _hand_down(link, parse=parse)


def _participle(link: Link, *, parse: Parse) -> State:
    """ "men killed in the raid" is presupposed; "shows soldiers beating a man" and yes/no questions hand their state down."""
    above = parse.tokens[link.governor.head]
    embedder = embedder_of(above, "ing") if link.governor.dep == "dobj" else None
    if embedder is not None and embedder.name == "shown":
        return parse.inner[above.index]
    asked = link.governor.dep in ("nsubj", "attr") and link.token.tag == "VBN" and "question" in parse.inner[above.index].reasons
    return parse.inner[above.index] if asked else PLAIN


def _extraposed(link: Link, *, frame: str, parse: Parse) -> State | None:
    """ "it is likely that", "it seems possible that": the adjective embeds, not the copula; None if there is no such adjective."""
    if link.governor.lemma not in words_of("copulas") or link.crosses:
        return None
    predicate = next((c for c in parse.beside(link.governor) if c.dep in ("acomp", "oprd") and c.index < link.token.index), None)
    embedder = embedder_of(predicate, frame) if predicate is not None else None
    if predicate is None or embedder is None:
        return None
    return _apply(parse.inner[link.governor.index], embedder=embedder, token=predicate)


def _asks_indirectly(link: Link, *, parse: Parse) -> bool:
    """ "why he was shot", "who carried out the raid": only the answer is open."""
    return any(c.tag in ("WP", "WP$", "WRB") for c in parse.beside(link.token))


def _governor_is_reduced(link: Link, *, parse: Parse) -> bool:
    """ "Gunmen believed to be rebels attacked a post": a participle that the parser took for the main verb has no auxiliary."""
    reduced = (
        link.governor.tag in ("VBN", "VBD")
        and link.governor.lemma in ("believe", "suspect", "think", "presume", "say")
        and link.governor.dep == "ROOT"
        and link.token.dep == "ccomp"
    )
    infinitive = any(c.dep == "xcomp" and c.index < link.token.index for c in parse.beside(link.governor))
    return reduced and infinitive and not any(c.dep in ("aux", "auxpass") for c in parse.beside(link.governor))


def _nominal(link: Link, *, parse: Parse) -> State:
    """Event nouns: objects, subjects, "threat of attack", "bomb plot", "after the attack"."""
    token, governor = link.token, link.governor
    definite = is_definite(parse.beside(token))
    if _is_conditional(link, parse=parse):
        return PLAIN.lowered("Uu", token=governor.index, reason="conditional")
    if link.preposition is not None and not _is_argument(link, frame="noun", parse=parse):
        return _adjunct(link, parse=parse)
    raised = _raised(link, parse=parse)
    if raised is not None:
        return raised
    if token.dep == "nsubj":
        return _subject(link, definite=definite, parse=parse)
    if governor.pos in ("VERB", "AUX") and governor.lemma in words_of("light_verbs"):
        return _hand_down(link, parse=parse)
    reaching = _reaching(link, parse=parse)
    if reaching is not None:
        return reaching
    if token.dep == "oprd":
        return _hand_down(link, parse=parse)
    embedder = embedder_of(governor, "noun", beside=parse.beside(governor), complement=token.lemma)
    if embedder is not None and (not definite or token.dep == "compound" or _reaches_definite(embedder, governor=governor)):
        return _embed(link, embedder=embedder, parse=parse)
    if token.dep in ("compound", "nmod", "attr", "dep"):
        return _hand_down(link, parse=parse)
    return PLAIN if definite else _indefinite(link, parse=parse)


def _reaches_definite(embedder: Embedder, *, governor: Token) -> bool:
    """ "prevented the attack", "a plan for the attack"; but "planned the attack" and "suspected of the killing" presuppose it."""
    return governor.pos == "NOUN" or (embedder.definite and embedder.name not in ("alleged", "believed"))


def _is_conditional(link: Link, *, parse: Parse) -> bool:
    """ "in case of attack", "in the event of a raid"."""
    return (
        link.preposition is not None
        and link.preposition.words.lower() == "of"
        and link.governor.lemma in words_of("conditional_nouns")
        and parse.tokens[link.governor.head].words.lower() == "in"
    )


def _reaching(link: Link, *, parse: Parse) -> State | None:
    """The state under a subject noun whose complement the parser hung on the verb; None if there is none."""
    if link.preposition is None or link.preposition.words.lower() not in ("of", "for", "over") or link.governor.pos not in ("VERB", "NOUN"):
        return None
    subject = next((c for c in parse.beside(link.governor) if c.dep in ("nsubj", "nsubjpass")), None)
    embedder = embedder_of(subject, "noun") if subject is not None else None
    if subject is None or embedder is None or embedder.name not in _REACHING:
        return None
    return _apply(PLAIN, embedder=embedder, token=subject)


def _subject(link: Link, *, definite: bool, parse: Parse) -> State:
    """Subjects of "take place", "is likely", "is due to begin" take the state of what is said of them; others are presupposed."""
    governor = link.governor
    beside = parse.beside(governor)
    above = _hand_down(link, parse=parse)
    predicate = next((c for c in beside if c.dep in ("acomp", "attr", "oprd") and c.pos == "ADJ"), None)
    embedder = embedder_of(predicate, "noun") if predicate is not None and governor.lemma in words_of("copulas") else None
    if predicate is not None and embedder is not None and embedder.name in _PREDICATED and not (definite and embedder.name == "possible"):
        return _apply(above, embedder=embedder, token=predicate)
    if governor.lemma in words_of("happening_verbs") and not any(_changes_sense(c) for c in beside):
        return above
    return PLAIN if definite else _indefinite(link, parse=parse, finite_only=True)


def _changes_sense(child: Token) -> bool:
    """ "took the town" is not "took place"."""
    return child.dep in ("dobj", "attr", "acomp") and child.lemma not in words_of("happening_objects")


def _raised(link: Link, *, parse: Parse) -> State | None:
    """The subject of "is expected to begin", "is due to take effect" is as uncertain as its beginning; None for other subjects."""
    if link.token.dep not in ("nsubj", "nsubjpass") or link.crosses:
        return None
    predicates = [link.governor, *(c for c in parse.beside(link.governor) if c.dep in ("acomp", "oprd"))]
    for predicate in predicates:
        infinitive = next((c for c in parse.beside(predicate) if c.dep == "xcomp"), None)
        embedder = embedder_of(predicate, "to", beside=parse.beside(predicate)) if infinitive is not None else None
        if infinitive is not None and embedder is not None and _begins(infinitive, parse=parse):
            return _apply(parse.inner[link.governor.index], embedder=embedder, token=predicate)
    return None


def _begins(infinitive: Token, *, parse: Parse) -> bool:
    beside = parse.beside(infinitive)
    passive = any(c.dep == "auxpass" for c in beside)
    return infinitive.lemma in words_of("light_verbs" if passive else "happening_verbs") and not any(_changes_sense(c) for c in beside)


def _indefinite(link: Link, *, parse: Parse, finite_only: bool = False) -> State:
    """A nominal without article is unrealised where its clause is ("would trigger attacks"), and otherwise there."""
    above = _hand_down(link, parse=parse)
    perfect = any(c.dep == "aux" and c.lemma == "have" for c in parse.beside(link.governor))
    return above if above.level == 0 and not (finite_only and perfect) else PLAIN


def _adjunct(link: Link, *, parse: Parse) -> State:
    words = [p.words.lower() for p in link.prepositions]
    around = [t for p in link.prepositions for t in (p, *parse.beside(p)) if t.dep != "pcomp"]  # "instead" hangs on "of"
    negating = next((t for t in around if t.words.lower() in words_of("negating_prepositions")), None)
    if negating is None and link.governor.lemma == "far" and link.token.dep == "pcomp":
        negating = link.governor  # "far from attacking"
    if negating is not None:
        return PLAIN.negated(negating.index)
    if any(word in words_of("presupposing_prepositions") for word in words):
        return PLAIN
    definite = is_definite(parse.beside(link.token))
    if words[0] == "by" and not definite:
        return _hand_down(link, parse=parse)
    if link.token.pos in _NOMINAL:
        return PLAIN if definite else _indefinite(link, parse=parse)
    return _hand_down(link, parse=parse)


def _is_instead(link: Link, *, parse: Parse) -> bool:
    return any(t.words.lower() == "instead" for p in link.prepositions for t in parse.beside(p))


def _is_argument(link: Link, *, frame: str, parse: Parse) -> bool:
    """ "threat of", "lead to", "plan against"; "in the raid" is none unless the word is known to take it ("succeed in")."""
    words = [p.words.lower() for p in link.prepositions]
    unbound = link.governor.lemma == "far" or any(word not in words_of("argument_prepositions") for word in words)
    if unbound or _is_instead(link, parse=parse):
        return False
    if words[0] not in _LOOSE or takes(link.governor, words[0]):
        return True
    embedder = embedder_of(link.governor, frame, beside=parse.beside(link.governor))
    if embedder is None:
        return False
    if words[0] in ("in", "with"):
        return embedder.name in ("implicative", "enforced", "alleged")
    return words[0] not in ("over", "against") or link.governor.pos == "NOUN"


def _embed(link: Link, *, embedder: Embedder, parse: Parse) -> State:
    """A reporting word has no effect inside the content of its own attribution: what the source says is certain for the source."""
    if link.crosses:
        return PLAIN if embedder.voiced and embedder.name != "believed" else _apply(PLAIN, embedder=embedder, token=link.governor)
    above = parse.inner[link.governor.index]
    if embedder.name == "reported" and any(c.dep == "auxpass" for c in parse.beside(link.governor)):
        return above.embedded("PS+", token=link.governor.index, reason="hearsay")  # "it was reported that": nobody is named
    if link.governor.lemma in ("fear", "worry", "dread") and _is_past(link.token, parse=parse):
        return above.embedded("PS+", token=link.governor.index, reason="feared past")  # "feared to have been killed", "feared dead"
    return _apply(above, embedder=embedder, token=link.governor)


def _is_past(token: Token, *, parse: Parse) -> bool:
    beside = parse.beside(token)
    auxiliary = any(c.dep in ("aux", "auxpass") and (c.words.lower() in ("was", "were", "been", "had", "has", "have")) for c in beside)
    return auxiliary or token.tag in ("VBD", "JJ") or (token.tag == "VBN" and not any(c.dep in ("aux", "auxpass") for c in beside))


def _apply(above: State, *, embedder: Embedder, token: Token) -> State:
    effect = embedder.effects[0 if above.positive else 1]
    return above.embedded(effect, token=token.index, reason=f"{embedder.name}{'' if above.positive else '-'}")


def _hand_down(link: Link, *, parse: Parse) -> State:
    return PLAIN if link.crosses else parse.inner[link.governor.index]


def _mark_word(link: Link, *, parse: Parse) -> str:
    return next((c.words.lower() for c in parse.beside(link.token) if c.dep == "mark"), "")

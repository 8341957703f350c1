"""Cue verbs with a clause, an infinitive, an object or a phrase as content."""

from collections.abc import Iterator, Mapping

from purport.attribution.cues import Cue, artefacts, phrases, verbs, words
from purport.attribution.relation import Relation
from purport.attribution.subjects import PASSIVE, agent_of, is_passive, joined_to, own_subject, speaker_of
from purport.attribution.tree import Tree
from purport.model import Span, Spans, Stance

#: Children of a verb that belong to its cue.
CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
COMPLEMENTS = ("ccomp", "xcomp", "oprd", "acomp")

#: Where the word that makes a verb speak may stand.
BESIDE = frozenset({"dobj", "nsubjpass", "oprd", "acomp", "xcomp", "amod"})
QUOTE_MARKS = frozenset('"“”') | {"''", "``"}
#: Tokens that a clause has at least, with its comma.
MIN_CLAUSE = 4
#: How a cue that stands inside or after its content hangs on it.
ASIDE = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj"})


def verb_relations(tree: Tree, *, lexicon: Mapping[str, Cue]) -> Iterator[Relation]:
    """One relation for each cue verb with a complement that its entry in ``lexicon`` allows."""
    for verb in tree.verbs():
        cue = lexicon.get(tree.lemma(verb))
        found = list(_of_phrase(tree, verb)) or (list(_of_verb(tree, verb, cue=cue)) if cue is not None else [])
        yield from found


def _of_phrase(tree: Tree, verb: int) -> Iterator[Relation]:
    """ "held X responsible", "took responsibility for", "was claimed by": a verb that speaks only with a certain word."""
    words = phrases().get(tree.lemma(verb), {})
    passive = is_passive(tree, verb)
    beside = [c for c in tree.children[verb] if tree.tokens[c].dep in BESIDE]
    near = [d for c in beside for d in (c, *tree.children[c]) if tree.lemma(d) in words or tree.tokens[d].words.lower() in words]
    if not near:
        return
    stance = words.get(tree.lemma(near[0])) or words[tree.tokens[near[0]].words.lower()]
    parts = [c for c in tree.children[verb] if tree.tokens[c].dep == "nsubjpass" or (c > verb and _follows(tree, c, beside=beside))]
    content = tree.spans(t for c in parts for t in tree.subtree(c))
    if content:
        yield Relation(
            "phrase",
            (*cue_spans(tree, verb), *tree.spans([near[0]])),
            content,
            verb,
            stance,
            "speech",
            _speaker(tree, verb, passive=passive),
        )


def _follows(tree: Tree, child: int, *, beside: list[int]) -> bool:
    return (
        child in beside
        or tree.tokens[child].dep == "ccomp"
        or (tree.tokens[child].dep == "prep" and tree.lemma(child) not in ("accord", "according"))
    )


def _speaker(tree: Tree, verb: int, *, passive: bool) -> int | None:
    return agent_of(tree, verb) if passive else speaker_of(tree, verb)


def _of_verb(tree: Tree, verb: int, *, cue: Cue) -> Iterator[Relation]:
    if (cue.kind == "seem" and _shown_by(tree, verb)) or _was_asked(tree, verb):
        return
    pattern, tokens = content_of(tree, verb, cue=cue)
    content = tree.spans(tokens)
    if content and (cue.stance is Stance.DENIES or any(tree.tokens[t].pos not in ("PRON", "PUNCT", "DET", "ADP") for t in tokens)):
        seems = cue.kind == "show" and _seeming(tree, verb)
        first = cue_spans(tree, tree.head(verb))[0].start if seems else cue_spans(tree, verb)[0].start
        spans = (Span(first, cue_spans(tree, verb)[0].end),)
        source = None if cue.kind == "seem" or _is_reduced(tree, verb) or _there_is(tree, verb) else speaker_of(tree, verb)
        if cue.kind == "course" and (source is None or tree.lemma(source) not in artefacts()):
            return  # a video ends with a beheading; a battle that does so shows nothing
        yield Relation(pattern, spans, content, verb, cue.stance, "show" if cue.kind == "course" else cue.kind, source)


def _was_asked(tree: Tree, verb: int) -> bool:
    """ "Asked whether he would resign, the minister …": what is asked is no word of the minister's."""
    token = tree.tokens[verb]
    return token.lemma == "ask" and token.tag in ("VBN", "VBD") and token.dep == "advcl" and tree.child(verb, "nsubj") is None


def _is_reduced(tree: Tree, verb: int) -> bool:
    """ "Gunmen believed to be rebels attacked a post", where the parse takes the participle for the main verb."""
    told = tree.child(verb, "ccomp")
    below = tree.child(verb, "xcomp")
    if tree.lemma(verb) not in words("reduced") or told is None or below is None or not verb < below < told:
        return False
    plain = tree.tokens[verb].tag in ("VBN", "VBD") and tree.child(verb, "aux", "auxpass") is None
    return plain and _is_infinitive(tree, below) and tree.child(told, "nsubj", "nsubjpass", "mark") is None


def _there_is(tree: Tree, verb: int) -> bool:
    """ "there is evidence to suggest": nobody's own word."""
    noun = tree.head(verb)
    return tree.tokens[verb].dep in ("acl", "relcl") and tree.child(tree.head(noun), "expl") is not None and tree.tokens[noun].dep == "attr"


def _shown_by(tree: Tree, verb: int) -> bool:
    """ "purporting to show": the two verbs are one cue, which stands on the second."""
    return any(_seeming(tree, c) and tree.lemma(c) in verbs() and verbs()[tree.lemma(c)].kind == "show" for c in tree.children[verb])


def _seeming(tree: Tree, verb: int) -> bool:
    head = verbs().get(tree.lemma(tree.head(verb)))
    return head is not None and head.kind == "seem" and tree.tokens[verb].dep in ("xcomp", "advcl") and tree.head(verb) < verb


def cue_spans(tree: Tree, verb: int) -> Spans:
    """The verb with the auxiliaries, negations and adverbs that stand directly before it, and its particle."""
    parts = {c for c in tree.children[verb] if tree.tokens[c].dep in CUE_PARTS}
    first, last = verb, verb
    while first - 1 in parts:
        first -= 1
    while last + 1 in parts and tree.tokens[last + 1].dep == "prt":
        last += 1
    return (Span(tree.tokens[first].span.start, tree.tokens[last].span.end),)


def content_of(tree: Tree, verb: int, *, cue: Cue) -> tuple[str, list[int]]:
    """Which frame gives the content of ``verb`` and its tokens; no tokens if the lexicon allows none of its complements."""
    if _is_reduced(tree, verb):
        below = tree.all(verb, "nsubj", "xcomp")
        return "passive", [t for c in below for t in tree.subtree(c)]
    finders = (_passive,) if is_passive(tree, verb) else (_clause, _infinitive, _phrase, _object, _aside, _after_all, _of_two_subjects)
    for finder in finders:
        pattern, tokens = finder(tree, verb, cue)
        if tokens:
            told = pattern in ("clause", "aside")
            tokens = _before(tree, verb) if told and _closes(tree, verb, tokens=tokens) else tokens
            return pattern, _of_last_part(tree, verb, tokens=tokens) if told else tokens
    return "", []


def _of_last_part(tree: Tree, verb: int, *, tokens: list[int]) -> list[int]:
    """Only the quote of '…; "he was fearless," a colleague said.'."""
    last = next((t for t in reversed(tokens) if tree.tokens[t].words == ";" and t < verb), None)
    if last is None or last + 1 not in tokens or tree.tokens[last + 1].words not in QUOTE_MARKS:
        return tokens
    return [t for t in tokens if t > last]


def _closes(tree: Tree, verb: int, *, tokens: list[int]) -> bool:
    """ "…, the agency reported." at the end of a sentence with a clause of its own kind before it: all of it is reported."""
    sentence = tree.sentence(verb)
    subject = tree.child(verb, "nsubj")
    if subject is None or max(tokens) > verb or tree.tokens[verb].dep not in ("conj", "ccomp", "parataxis", "dep", "advcl"):
        return False
    first = min(tree.first[subject], verb)
    ends = all(tree.tokens[t].pos in ("PUNCT", "SPACE") for t in range(max(verb, tree.last[subject]) + 1, sentence.end))
    return ends and first > sentence.first and tree.tokens[first - 1].words == ","


def _before(tree: Tree, verb: int) -> list[int]:
    subject = tree.child(verb, "nsubj")
    return list(range(tree.sentence(verb).first, min(tree.first[verb if subject is None else subject], verb) - 1))


def _clause(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    if not cue.takes("clause"):
        return "", []
    below = tree.all(verb, "ccomp") or [c for c in tree.all(verb, "dep") if c < verb and tree.tokens[verb].dep == "ROOT"]
    tokens = [t for c in below for t in tree.subtree(c, without=conceded(tree, c) | _joined(tree, c))]
    if tokens and cue.kind == "seem":
        tokens += [t for c in tree.all(verb, "nsubj") for t in tree.subtree(c)]
    return "clause", tokens


def _of_two_subjects(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    """ "A bomb killed nine at a market on Monday, police said." where the parse takes the act for an attribute of a second subject."""
    subjects = tree.all(verb, "nsubj")
    if not cue.takes("clause") or cue.kind != "speech" or len(subjects) < 2 or subjects[-1] > verb:
        return "", []
    comma, first = tree.first[subjects[-1]] - 1, tree.first[subjects[0]]
    acts = any(tree.tokens[t].tag in ("VBD", "VBN", "VBZ", "VBP") for t in range(subjects[0], comma))
    closes = all(t.pos in ("PUNCT", "SPACE") for t in tree.tokens[verb + 1 : tree.sentence(verb).end])
    return ("clause", list(range(first, comma))) if acts and closes and tree.tokens[comma].words == "," else ("", [])


def conceded(tree: Tree, clause: int) -> set[int]:
    """ "…, although the other side denies it": the outlet's own addition, set off by a comma, with a cue of its own."""
    cues = (verbs(), phrases())
    return {c for c in tree.all(clause, "advcl") if c > clause and any(tree.lemma(c) in known for known in cues) and _concedes(tree, c)}


def _joined(tree: Tree, clause: int) -> set[int]:
    """ "… and accused X of Y" where the speaker goes on, with its "and"."""
    verbs_on = [c for c in tree.all(clause, "conj") if joined_to(tree, c) is not None]
    return {*verbs_on, *(c for v in verbs_on for c in tree.all(clause, "cc") if c < v)}


def _concedes(tree: Tree, clause: int) -> bool:
    marks = [m for m in tree.all(clause, "mark") if tree.lemma(m) in ("although", "though", "while", "whereas")]
    return any(m and tree.tokens[m - 1].words == "," for m in marks)


def _infinitive(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    below = [c for c in tree.all(verb, "xcomp", "advcl") if c > verb and _is_infinitive(tree, c)]
    if not below or not cue.takes("infinitive"):
        return "", []
    objects = tree.all(verb, "nsubj") if cue.kind == "seem" else [o for o in tree.all(verb, "dobj", "dative") if o < below[0]]
    return "infinitive", [t for c in (*objects, below[0]) for t in tree.subtree(c)]


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.tokens[c].tag == "TO" for c in tree.children[verb])


def _phrase(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    """ "accused X of Y", "described X as Y", "spoke of Y": object and phrase together."""
    for prep in tree.all(verb, "prep"):
        if prep > verb and cue.takes(tree.lemma(prep)):
            objects = [] if tree.lemma(verb) in words("to_hearers") else tree.all(verb, "dobj")
            return tree.lemma(prep), [t for c in (*objects, prep) for t in tree.subtree(c)]
    return "", []


def _object(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    if not cue.takes("object") or tree.lemma(verb) in words("to_hearers"):
        return "", []
    shown = tree.all(verb, "dobj", "oprd", "xcomp")
    if shown and cue.kind == "show":
        shown += [c for c in tree.all(verb, "prep") if c > shown[0] and tree.lemma(c) not in ("accord", "according")]
    return "object", [t for c in shown for t in tree.subtree(c)]


def _aside(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    """ "The village, the army said, was empty": the clause that the cue hangs on."""
    token = tree.tokens[verb]
    subject = tree.child(verb, "nsubj")
    if token.dep == "csubj" and cue.takes("clause") and subject is not None and tree.tokens[subject].tag != "WP":
        return "what", tree.subtree(token.head, without={verb})
    if not cue.takes("clause") or token.dep not in ASIDE or tree.child(verb, "nsubj") is None or _while(tree, verb):
        return "", []
    if not _set_off(tree, verb) or (token.dep == "conj" and not _inverted(tree, verb)):
        return "", []
    ours = range(tree.first[verb], tree.last[verb] + 1)
    after = [t for t in tree.subtree(token.head, without={verb}) if token.dep != "conj" or t < ours.start]
    return "aside", after


def _while(tree: Tree, verb: int) -> bool:
    """ "…, still covered in dust as he spoke": when, not what."""
    return tree.lemma(verb) in words("as_time") and tree.lemma(tree.first[verb]) == "as"


def _after_all(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    """ "…, said the monitor." where the parse has lost the clause: the sentence up to the comma."""
    subject, first = own_subject(tree, verb), tree.sentence(verb).first
    if not cue.takes("quote") or subject is None or subject < verb or verb - first < MIN_CLAUSE or tree.tokens[verb - 1].words != ",":
        return "", []
    return "aside", list(range(first, verb - 1))


def _inverted(tree: Tree, verb: int) -> bool:
    """ "…, said the monitor"."""
    subject = tree.child(verb, "nsubj")
    return subject is not None and subject > verb and tree.child(verb, "dobj", "ccomp") is None


def _set_off(tree: Tree, verb: int) -> bool:
    before = tree.first[verb] - 1
    begins = tree.tokens[tree.first[verb]].lemma.lower() == "as" or tree.tokens[tree.first[verb]].words == ","
    return begins or (before >= 0 and tree.tokens[before].words in (",", "–", "—", "-", ";"))


def _passive(tree: Tree, verb: int, cue: Cue) -> tuple[str, list[int]]:
    """ "is said to have fled", "was reported killed", "accused of spying": what is said, with whom it is said of."""
    if not cue.takes("passive"):
        return "", []
    below = [c for c in tree.children[verb] if _may_be_content(tree, c, cue=cue)]
    patient = tree.child(verb, *PASSIVE)
    if cue.kind == "show" and not below:
        return "", []  # "the prisoner was shown on television" tells nothing of him
    holder = tree.head(verb) if tree.tokens[verb].dep == "acl" else None
    if patient is not None and tree.lemma(patient) != "it" and tree.lemma(verb) not in words("to_hearers"):
        below.append(patient)
    if not below or (holder is not None and not any(b > verb for b in below)):
        return "", []
    return "passive", [t for c in below for t in tree.subtree(c)]


def _may_be_content(tree: Tree, token: int, *, cue: Cue) -> bool:
    dep = tree.tokens[token].dep
    return dep in COMPLEMENTS or (dep == "prep" and cue.takes(tree.lemma(token))) or (dep == "advcl" and _is_infinitive(tree, token))

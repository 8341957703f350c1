"""What kind of thing a phrase names: by the actor list, the class of its head noun, the parser's entity label, in this order."""

from collections.abc import Sequence

from purport.model import EntityKind, Token
from purport.read.mentions_lexicon import NounClass, class_of

#: Kind by OntoNotes label, for names that neither the actor list nor the head noun settles.
KIND_OF_LABEL = {
    "PERSON": EntityKind.PERSON,
    "NORP": EntityKind.NATIONALITY,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.FACILITY,
    "WORK_OF_ART": EntityKind.ARTEFACT,
    "LAW": EntityKind.ARTEFACT,
    "PRODUCT": EntityKind.OTHER,
}
#: Labels of phrases that are no mentions (times, amounts, happenings).
NO_MENTION_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "EVENT", "LANGUAGE"})
#: A plural of these classes of persons is the organised side itself ("the militants said").
SIDES = {"militant": EntityKind.ARMED_GROUP, "soldier": EntityKind.FORCE, "police": EntityKind.FORCE}
PLURAL_TAGS = frozenset({"NNS", "NNPS"})


def kind_of_noun(tokens: Sequence[Token], head: int) -> EntityKind | None:
    """Kind by the class of the head noun; a plural of people is a side or an unorganised plural."""
    found = class_of(tokens, head)
    if found is None:
        return None
    return _plural_kind(found) if tokens[head].tag in PLURAL_TAGS else found.kind


def _plural_kind(found: NounClass) -> EntityKind:
    return SIDES.get(found.name, EntityKind.GROUP_OF_PEOPLE) if found.kind is EntityKind.PERSON else found.kind


def kind_of_name(tokens: Sequence[Token], first: int, end: int) -> EntityKind:
    """Kind of a name that is not in the actor list."""
    label = next((token.entity for token in reversed(tokens[first:end]) if token.entity), "")
    if label == "GPE" and tokens[end - 1].pos == "ADJ":
        return EntityKind.NATIONALITY
    if label == "PERSON":
        return EntityKind.PERSON
    by_noun = kind_of_noun(tokens, end - 1) or next((kind for i in range(first, end) if (kind := _kind_of_first_noun(tokens, i))), None)
    if label in {"ORG", "FAC", "PRODUCT", "WORK_OF_ART", ""} and by_noun is not None and by_noun is not EntityKind.PERSON:
        return by_noun
    return KIND_OF_LABEL.get(label, EntityKind.OTHER)


def _kind_of_first_noun(tokens: Sequence[Token], index: int) -> EntityKind | None:
    """The noun before "of" or "for" names the kind: "Ministry of Defence", "Committee to Protect …"."""
    if index + 1 >= len(tokens) or tokens[index + 1].pos not in {"ADP", "PART"}:
        return None
    return kind_of_noun(tokens, index)

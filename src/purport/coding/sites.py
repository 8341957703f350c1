"""Places that have no name: "at the gas station", "in a crowded market", "on the border"."""

from purport.coding.arguments import Filler, fillers_of
from purport.coding.ontology import ontology
from purport.coding.tree import Tree
from purport.coding.triggers import Trigger
from purport.model import EntityKind, Role, Token

LOCATIVE = ("in", "at", "near", "on", "outside", "inside", "around", "along", "across", "over", "between", "beside", "behind")


def sites_of(tree: Tree, trigger: Trigger) -> list[Filler]:
    """Nouns for land and buildings in locative phrases of the trigger, or of the verb that a trigger noun depends on."""
    anchors = [trigger.token]
    up = tree.head(trigger.token)
    if trigger.token.dep in ("dobj", "nsubj", "nsubjpass") and up.pos == "VERB":
        anchors.append(up)
    located = [Filler(Role.PLACE, noun) for anchor in anchors for noun in tree.objects_of(anchor, *LOCATIVE) if _is_site(tree, noun)]
    struck = [f for f in fillers_of(tree, trigger, events=frozenset()) if f.role is Role.PLACE and _is_site(tree, f.head)]
    return [*located, *struck]


def _is_site(tree: Tree, noun: Token) -> bool:
    if noun.pos != "NOUN" or tree.toponyms(noun) or tree.is_time(noun):
        return False
    if any(t.literal and not t.adjective for kid in tree.subtree(noun) for t in tree.toponyms(kid)):
        return False  # "in the town of Shlomi": the name is the place
    return noun.lemma.lower() in ontology().land or tree.mention_kind(noun) is EntityKind.FACILITY

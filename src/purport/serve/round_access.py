"""Who may see what of a coding round."""

from fastapi import HTTPException

from purport.decisions import Person, PersonRole, Round


def may_see_results(round_: Round, person: Person) -> bool:
    """Agreement, confusions and answers: editors who do not code it themselves any more, and everybody once it is closed."""
    if round_.is_closed:
        return True
    return person.role.may(PersonRole.EDITOR) and not still_codes(round_, person)


def still_codes(round_: Round, person: Person) -> bool:
    """Whether this person has answers to give or to change."""
    return not round_.is_closed and person.name in round_.coders and person.name not in round_.handed_in


def check_results(round_: Round, person: Person) -> None:
    """Raises 403 for who may not see the results yet."""
    if not may_see_results(round_, person):
        remedy = "Hand in your answers first." if still_codes(round_, person) else "They are shown once the round is closed."
        raise HTTPException(403, f"You may not see the answers of this round yet. {remedy}")


def check_coder(round_: Round, person: Person) -> None:
    """Raises 403 for who may not code the round."""
    if person.name not in round_.coders:
        raise HTTPException(403, f"{person.name} is not among the coders of this round. Ask an editor to make a round with you.")
    if round_.is_closed:
        raise HTTPException(403, "This round is closed; nobody codes it any more.")
    if person.name in round_.handed_in:
        raise HTTPException(403, "You have handed in your answers; they stand.")

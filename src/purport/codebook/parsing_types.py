"""The types of a codebook: groups, words, what of the package they come from, examples."""

from collections.abc import Mapping

from purport.codebook.form import Form
from purport.codebook.naming import CODE, COUNT_KINDS, FILLED, FRAMES, KINDS, NO_TYPE, REALITIES, THINGS, package_types
from purport.codebook.records import Example, Figure, Filling, Group, Origin, OwnType, When, Words
from purport.model import Role

TYPE_KEYS = ("label", "definition", "group", "key", "like", "from", "words", "examples", "counter_examples")
WHEN_KEYS = (*(role.value for role in THINGS), "count", "trigger", "reality", "unless")


def groups_of(form: Form) -> dict[str, Group]:
    """Groups by code."""
    found = {}
    for code, each in form.each():
        if _is_code(each, code):
            each.allow("label", "definition")
            found[code] = Group(code, each.form("label").text() or code.replace("_", " "), each.form("definition").text(), each.line)
    return found


def types_of(form: Form, *, groups: tuple[str, ...]) -> dict[str, OwnType]:
    """Types by code; what is not in the form is noted and left out."""
    codes = tuple(form.keys())
    return {code: _type(each, code, groups=groups, codes=codes) for code, each in form.each() if _is_code(each, code)}


def _is_code(form: Form, code: str) -> bool:
    if CODE.fullmatch(code) and code != NO_TYPE:
        return True
    form.wrong("is no code", remedy="use small letters, digits and _, beginning with a letter")
    return False


def _type(form: Form, code: str, *, groups: tuple[str, ...], codes: tuple[str, ...]) -> OwnType:
    form.allow(*TYPE_KEYS)
    origins = tuple(o for each in form.form("from").members() for o in _origins(each))
    words = _words(form.form("words"))
    like = form.form("like").one_of(package_types(), default=_alike(code, origins))
    return OwnType(
        code,
        form.form("label").text() or code.replace("_", " "),
        form.form("definition").text(),
        form.form("group").one_of(groups),
        _key(form.form("key")),
        like,
        origins,
        words,
        tuple(_example(each, type_=code, codes=codes) for each in form.form("examples").members()),
        tuple(_counter(each, codes=codes) for each in form.form("counter_examples").members()),
        form.line,
    )


def _alike(code: str, origins: tuple[Origin, ...]) -> str:
    return code if code in package_types() else origins[0].type if origins else ""


def _key(form: Form) -> str:
    key = form.text()
    if len(key) > 1 or (key and not key.isalnum()):
        form.wrong(f"{key!r} is no key", remedy="write one letter or digit")
        return ""
    return key.lower()


def _words(form: Form) -> Words:
    form.allow("verbs", "nouns", "phrases")
    verbs, phrases = _by_frame(form.form("verbs")), _by_frame(form.form("phrases"))
    listed = [*verbs.values(), form.form("nouns"), *phrases.values()]
    lines = {member.text().lower(): member.line for each in listed for member in each.members()}
    return Words(_words_of(verbs), _lower(form.form("nouns")), _words_of(phrases), lines)


def _by_frame(form: Form) -> dict[str, Form]:
    """Lists by frame; a plain list has the frame ""."""
    if not isinstance(form.part.value, Mapping):
        return {"": form}
    return {frame: each for frame, each in form.allow(*FRAMES).each() if frame in FRAMES}


def _words_of(forms: Mapping[str, Form]) -> dict[str, tuple[str, ...]]:
    return {frame: words for frame, form in forms.items() if (words := _lower(form))}


def _lower(form: Form) -> tuple[str, ...]:
    return tuple(word.lower() for word in form.words())


# ------------------------------------------------------------------ what it comes from
def _origins(form: Form) -> list[Origin]:
    if isinstance(form.part.value, Mapping):
        form.allow("type", "when")
        when = when_of(form.form("when"))
        types = form.form("type")
        if not types.words():
            types.needed()
        return [Origin(code, when, form.line) for code in types.some_of(package_types())]
    return [Origin(code, line=form.line) for code in form.some_of(package_types())]


def when_of(form: Form) -> When:
    """A condition: all its keys must hold."""
    form.allow(*WHEN_KEYS)
    return When(
        {role: filling_of(form.form(role.value)) for role in THINGS if form.has(role.value)},
        tuple(_figure(each) for each in form.form("count").members()),
        _lower(form.form("trigger")),
        form.form("reality").some_of(REALITIES),
        when_of(form.form("unless")) if form.has("unless") else None,
    )


def filling_of(form: Form) -> Filling:
    """What a value must be: a mapping of kind, words, code."""
    form.allow("kind", "words", "code")
    return Filling(form.form("kind").some_of(KINDS), _lower(form.form("words")), form.form("code").words())


def _figure(form: Form) -> Figure:
    if isinstance(form.part.value, str):
        return Figure(form.one_of(COUNT_KINDS, default="killed"))
    form.allow("kind", "at_least", "at_most")
    least = form.form("at_least").number(default=1)
    return Figure(form.form("kind").one_of(COUNT_KINDS, default="killed"), 1 if least is None else least, form.form("at_most").number())


# ------------------------------------------------------------------ examples
def _example(form: Form, *, type_: str, codes: tuple[str, ...]) -> Example:
    if isinstance(form.part.value, str):
        return Example(form.needed(), type_, line=form.line)
    form.allow("text", "code", "status")
    asked = form.form("code").allow(*(role.value for role in FILLED))
    code = {name: each.words() for name, each in asked.each() if name in set(FILLED)}
    return Example(form.form("text").needed(), type_, code, form.form("status").text(), form.line)


def _counter(form: Form, *, codes: tuple[str, ...]) -> Example:
    """``instead``: the type that it is; none: nothing may be coded; left out: anything but the type it stands by."""
    if isinstance(form.part.value, str):
        return Example(form.needed(), "", line=form.line)
    form.allow("text", "instead")
    instead = form.form("instead").one_of((*codes, *package_types(), NO_TYPE))
    return Example(form.form("text").needed(), instead, line=form.line)


def roles_asked(example: Example) -> dict[Role, tuple[str, ...]]:
    """What an example asks for, by role."""
    return {Role(name): words for name, words in example.code.items()}

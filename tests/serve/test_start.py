"""The workbench starts without what reads pages: it would take seconds to load."""

import subprocess
import sys
from pathlib import Path

HEAVY = {"spacy", "torch", "onnxruntime", "tokenizers", "pyarrow", "trafilatura", "fastwarc", "httpx"}
CODE = "import sys; from purport.serve import create_app; create_app(sys.argv[1]); print(*{name.partition('.')[0] for name in sys.modules})"


def test_nothing_heavy_is_loaded_before_it_is_needed(project: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CODE, str(project)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert HEAVY & set(done.stdout.split()) == set()

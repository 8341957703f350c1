PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.ready

.PHONY: demo test browser check evaluate bench lock pictures reference clean

# Reads the example pages into a project file, prints the events with their claims, writes an HTML report.
demo: $(STAMP)
	$(BIN)/purport demo --out demo

# Lint, types, the import contract and all tests.
test: browser check
	$(BIN)/python -m pytest

# The workbench is tested in Chromium; this says at once if there is none.
browser:
	@test -n "$$PURPORT_NO_BROWSER" || command -v "$${CHROMIUM:-chromium}" >/dev/null || { echo "Chromium is needed to test the workbench:\
	 apt-get install chromium, or CHROMIUM=/path/to/it, or PURPORT_NO_BROWSER='why not' to leave those tests out"; exit 1; }

check: $(STAMP)
	$(BIN)/ruff check src tests evaluation benchmarks
	$(BIN)/ruff format --check src tests evaluation benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

# Accuracy on the annotated corpora (slow; needs ../shared): writes evaluation/RESULTS.md, compares with evaluation/floors.json.
evaluate: $(STAMP)
	$(BIN)/python -m evaluation all

# Speed and memory of every stage on one core, of linking invented reports (10,000; `python -m benchmarks.linking --full`: 100,000), and of
# the workbench under load and of the exports (the same numbers, `python -m benchmarks.workbench --full`, `python -m benchmarks.exporting --full`):
# writes benchmarks/results/.
bench: $(STAMP)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.linking
	$(BIN)/python -m benchmarks.workbench
	$(BIN)/python -m benchmarks.exporting

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "python 3.11 is needed (set PYTHON=…)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $(STAMP)

# Pins every package with hashes; names no index address.
lock:
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

# The pictures of the README and of docs/workbench.md, from the example pages (needs Chromium), and the pages of docs that are made from the code.
pictures: $(STAMP)
	$(BIN)/python docs/make_pictures.py

reference: $(STAMP)
	$(BIN)/python docs/make_cli_reference.py

clean:
	rm -rf $(VENV) demo evaluation/work

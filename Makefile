# "make" builds the graph and answers a first question; "make test" proves that it works.
# Both set up all they need in .venv, from nothing but Python 3.11 and make.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: all test bench bench-engines docs clean

all: $(BIN)/kzun
	$(BIN)/kzun build
	$(BIN)/kzun query memberships/admissions

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

bench: .venv/dev
	$(BIN)/python benchmarks/start.py

bench-engines: .venv/dev
	$(BIN)/python benchmarks/engines.py --docs

docs: $(BIN)/kzun
	@mkdir -p build
	$(BIN)/python docs/questions.py > build/questions.md
	$(BIN)/python docs/wikidata.py > build/wikidata-statements.md

$(BIN)/kzun: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: pyproject.toml $(BIN)/kzun
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv build dist

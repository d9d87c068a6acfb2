# Everything a person or a machine runs. `make` alone says what there is.
# Needs Python 3.11 or newer, make, and the package registry; makes its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
JOBS ?= 2

.PHONY: help install demo test test-browser check format lint types contracts gate docs lock clean

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

install: $(STAMP)  ## make the environment from the lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Pactwatch needs Python 3.11 to 3.13; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## build the example dossier, print it, write the report page
	@mkdir -p demo
	$(BIN)/pactwatch build examples/northern-triangle --dossier demo/northern-triangle.db
	@echo
	$(BIN)/pactwatch report demo/northern-triangle.db -o demo/northern-triangle.html
	@echo
	@echo 'To ask the dossier, as above:   . $(BIN)/activate'
	@echo 'For reports of your own:        pactwatch build FOLDER --dossier my.db'

test: $(STAMP)  ## all tests, with the floors of quality
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile

test-browser: $(STAMP)  ## the tests in a browser alone; gets Chromium from the system's packages if there is none
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || [ -n "$$PACTWATCH_CHROMIUM" ] \
		|| apt-get install -y -q chromium || $(BIN)/playwright install chromium
	$(BIN)/python -m pytest -q tests/browser

check: format lint types contracts test  ## what to run before a commit

format: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)  ## the floors of the house: who may import whom
	$(BIN)/lint-imports

gate: $(STAMP)  ## the floors of quality on annotated reports, which are part of the tests too
	$(BIN)/python -m pytest -q tests/quality

docs: $(STAMP)  ## renew what is made from data: docs/codebook.md, the excerpts of README.md
	$(BIN)/python docs/make_codebook.py
	$(BIN)/python docs/make_excerpt.py

lock:  ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.lock

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Two commands matter: `make demo` and `make test`. Everything installs itself into .venv first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
INSTALLED := $(VENV)/.installed
# One more than there are cores: the tests that wait for a server or a child leave a core free.
WORKERS := $(shell $(PYTHON) -c 'import os; print(len(os.sched_getaffinity(0)) + 1)' 2>/dev/null || echo 2)

.PHONY: help demo test check bench soak wheel lock columns settings picture notebook clean

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(INSTALLED) ## Crawl the practice board and write reports to output/
	@$(VENV)/bin/personspec demo

test: $(INSTALLED) ## All tests but the long ones
	$(PY) -m pytest -m "not soak" -n $(WORKERS) --dist worksteal

check: $(INSTALLED) ## ruff, format, mypy, spelling, tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/codespell
	$(MAKE) test

bench: $(INSTALLED) ## The figures of the README and the docs, each beside a peer
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(PY) -m "benchmarks.$$(basename $$script .py)"; done

soak: $(INSTALLED) ## The long tests: the full numbers of kills and mutations
	$(PY) -m pytest -m soak -n $(WORKERS) --dist load

wheel: $(INSTALLED) ## Build the wheel into dist/
	rm -rf dist
	$(PY) -m build --wheel --no-isolation --outdir dist

lock: ## Resolve again; hashes, no addresses, every platform
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --extra dev --extra postgres --quiet \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock

columns: $(INSTALLED) ## Make docs/columns.md
	$(PY) -m docs.columns

settings: $(INSTALLED) ## Make docs/settings.md
	$(PY) -m docs.settings

picture: $(INSTALLED) ## Make the pictures of the README
	$(PY) -m docs.pictures

notebook: $(INSTALLED) ## Run the notebook of examples/ again, on releases of invented adverts
	rm -rf output/practice
	$(PY) -m examples.practice_releases output/practice
	PERSONSPEC_RELEASES=output/practice/dataset $(VENV)/bin/marimo export ipynb --force \
		--include-outputs --sort top-down examples/what_posts_ask.py -o examples/what_posts_ask.ipynb

clean: ## Remove what was made here
	rm -rf $(VENV) dist build output .mypy_cache .pytest_cache .ruff_cache .hypothesis \
		examples/__marimo__

# pip and uv both refuse anything whose hash is not in the lock.
$(INSTALLED): requirements.lock pyproject.toml
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
else
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@

# Everything happens in .venv, which each target sets up by itself.
PYTHON ?= python3
MONTH  ?= 2022-11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help brief test coverage check bench lab lock clean

help:  ## show what can be made
	@grep -E '^[a-z]+:.*##' Makefile | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is too old: sadec_analysis needs Python 3.11 or newer; run make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

brief: $(READY)  ## make the brief of a month: make brief MONTH=2022-11
	@$(BIN)/sadec run $(MONTH)

test: $(READY)  ## run all tests
	@$(BIN)/python -m pytest -n auto

coverage: $(READY)  ## run all tests and measure which lines and branches of the package they take (half an hour); fails below 95%
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term

check: $(READY)  ## format, lint, types, tests: everything runs, then fails once
	@failed=0; \
	$(BIN)/ruff format --check . || failed=1; \
	$(BIN)/ruff check . || failed=1; \
	$(BIN)/mypy || failed=1; \
	$(BIN)/python -m pytest -n auto || failed=1; \
	exit $$failed

bench: $(READY)  ## measure: a month and a year against papermill and against the bare functions (half an hour)
	@$(BIN)/python benchmarks/year.py --write docs/performance.md

lab: $(READY)  ## open the notebooks in JupyterLab
	@$(BIN)/sadec lab

lock: $(READY)  ## compile requirements.lock again from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean:  ## remove the environment and everything that can be made again
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* build dist
	find data/processed outputs -mindepth 1 ! -name .gitkeep -delete

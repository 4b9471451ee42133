# The whole daily vocabulary: run, test, check, fix, bench, docs, schemas, lock.
# Every step leaves a stamp in .venv, so that what is up to date is not looked at again.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
# One more than there are processors: many tests wait for a browser or a database.
PYTEST_WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)
PYTEST_ARGS ?=

# Where it is set, every start would compile all of Python anew, which takes longer than the rest.
unexport PYTHONDONTWRITEBYTECODE

ifdef PORT
export PORT
endif
ifdef HOME_DIR
export HOME_DIR
endif

.PHONY: help run test check check-style check-types check-imports check-drift check-assets fix bench faults docs schemas lock assets machine clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: $(VENV)/.runtime assets ## everything on a fresh machine, then both apps in the browser
	@exec $(BIN)/dougong run

test: machine $(VENV)/.dev assets ## every test: PostgreSQL, Redis and Chromium included
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: check-style check-types check-imports check-drift check-assets ## style, types, import rules, drift of generated files, TypeScript

check-style: $(VENV)/.dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

check-types: $(VENV)/.dev
	@$(BIN)/mypy

check-imports: $(VENV)/.dev
	@$(BIN)/lint-imports --no-cache

check-drift: $(VENV)/.dev
	@$(BIN)/python -m engine.loading.schemas --check
	@$(BIN)/python -m tools.docs --check
	@$(BIN)/python -m tools.field_docs --check

check-assets: $(VENV)/.dev
	@$(BIN)/python tools/assets.py check

fix: $(VENV)/.dev ## what ruff can put right by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: machine $(VENV)/.dev assets ## the ratios that DECISIONS.md promises
	@$(BIN)/python -m bench

faults: machine $(VENV)/.dev assets ## 300 kills in 400 approvals, 10,000 overdue timers, on each database
	@APPROVALS=400 KILLS=300 LEASE=30 TIMERS=10000 ROUNDS=100 $(BIN)/python -m pytest -n 2 tests/faults \
		tests/runtime/approvals/test_overdue.py tests/runtime/approvals/test_races.py

docs: $(VENV)/.dev ## the reference pages that are generated from the code
	@$(BIN)/python -m tools.docs
	@$(BIN)/python -m tools.field_docs

schemas: $(VENV)/.dev ## schemas/*.json from the definitions
	@$(BIN)/python -m engine.loading.schemas

lock: $(VENV)/.dev ## resolve every dependency again
	@sh tools/lock.sh

assets: $(VENV)/.runtime
	@$(BIN)/python tools/assets.py build

machine:
	@sh tools/machine.sh

clean: ## everything that can be made again, except the workspace in var/
	@rm -rf $(VENV) build dist runtime/web/static/dist runtime/web/assets/node_modules
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/uv: requirements-build.lock
	@sh tools/venv.sh $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements-build.lock
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/bin/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

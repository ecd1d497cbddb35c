# Tumen: `make lab` opens the workbook, `make test` tests everything a commit must pass.
# uv is used where it is installed, pip where it is not.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
ARGS ?=

ifdef UV
INSTALL := uv pip install --quiet --python $(BIN)/python
MAKE_VENV := uv venv --quiet --seed --python $(PYTHON) $(VENV)
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
MAKE_VENV := $(PYTHON) -m venv $(VENV)
endif

.PHONY: help env env-test lab test test-all notebooks lock bench
help:
	@echo "make lab        open the workbook (ARGS=\"--no-browser --port 8899\")"
	@echo "make test       everything a commit must pass"
	@echo "make test-all   the same and what takes long"
	@echo "make notebooks  run and tidy the workbooks"
	@echo "make lock       make the two lock files again"
	@echo "make bench      measure against the peers"
	@echo "make env        only make or bring up to date ./.venv"

# --- the environment: made anew only where a lock file or pyproject.toml has changed ---------------
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Tumen needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(MAKE_VENV)

$(VENV)/.installed: binder/requirements.txt pyproject.toml binder/overrides.json | $(BIN)/python
	$(INSTALL) --require-hashes --requirement binder/requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-test: tests/requirements.txt $(VENV)/.installed
	$(INSTALL) --require-hashes --requirement tests/requirements.txt
	@touch $@

env: $(VENV)/.installed
env-test: $(VENV)/.installed-test

# --- using it ------------------------------------------------------------------------------------
lab: env
	$(BIN)/tumen lab $(ARGS)

# --- testing it ----------------------------------------------------------------------------------
test: env-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow" $(ARGS)

test-all: env-test
	$(INSTALL) --no-build-isolation --editable ".[sweep]"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

# --- making it -----------------------------------------------------------------------------------
notebooks: env-test
	$(BIN)/python -m tumen.commands.notebooks workbooks/*.ipynb

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet pyproject.toml --extra build --universal --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --output-file binder/requirements.txt
	$(VENV)-lock/bin/uv pip compile --quiet --group test --constraint binder/requirements.txt --universal \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file tests/requirements.txt
	rm -rf $(VENV)-lock

bench: env-test
	$(INSTALL) --no-build-isolation --editable ".[bench]"
	$(BIN)/python benchmarks/run.py $(ARGS)

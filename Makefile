# Tumen: `make read` opens the workbook, `make lab` the same in JupyterLab, `make site` writes it as pages, `make test` tests everything a commit must pass.
# uv is used where it is installed, pip where it is not.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
ARGS ?=
LOCKED := --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header

ifdef UV
INSTALL := uv pip install --quiet --python $(BIN)/python
MAKE_VENV := uv venv --quiet --seed --python $(PYTHON) $(VENV)
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
MAKE_VENV := $(PYTHON) -m venv $(VENV)
endif

# the class server: everything lies in one folder that students' accounts can read, none of it in the clone
HUB ?= /srv/tumen
CLASS ?= class.txt
CONTENT ?= workbooks

.PHONY: help env env-test read lab site hub hub-env test test-all notebooks lock bench
help:
	@echo "make read       open the workbook (ARGS=\"--no-browser --port 8899\")"
	@echo "make lab        the same in JupyterLab, with the code behind it"
	@echo "make site       write reading copies (HTML, and PDF where Chromium is installed) to ./site"
	@echo "make hub        serve a class from this machine (sudo; CLASS=class.txt, see binder/hub/README.md)"
	@echo "make test       everything a commit must pass"
	@echo "make test-all   the same and what takes long"
	@echo "make notebooks  run and tidy the workbooks, write the worksheets"
	@echo "make lock       make the three lock files again"
	@echo "make bench      measure against the peers"
	@echo "make env        only make or bring up to date ./.venv"

# --- the environment: made anew only where a lock file or pyproject.toml has changed ---------------
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Tumen needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(MAKE_VENV)

$(VENV)/.installed: binder/requirements.txt pyproject.toml binder/overrides.json binder/ipython_kernel_config.py $(wildcard src/tumen/front/* src/tumen/front/static/*) $(wildcard src/tumen/page/labextension/*) $(wildcard src/tumen/reader/*.json src/tumen/reader/template/* src/tumen/reader/template/static/*) | $(BIN)/python
	$(INSTALL) --require-hashes --requirement binder/requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-test: tests/requirements.txt $(VENV)/.installed
	$(INSTALL) --require-hashes --requirement tests/requirements.txt
	@touch $@

# what every chapter opens with (pictures, specifications, sample points) is worked out once; a minute
$(VENV)/.ready: $(VENV)/.installed
	$(BIN)/python -m tumen.commands.ready
	@touch $@

env: $(VENV)/.ready
env-test: $(VENV)/.installed-test

# --- using it ------------------------------------------------------------------------------------
read: env
	$(BIN)/tumen read $(ARGS)

lab: env
	$(BIN)/tumen lab $(ARGS)

site: env
	$(BIN)/tumen site $(ARGS)

# where the server is running already nothing is installed under it, and serve.py says what there is to do
hub:
	@$(PYTHON) binder/hub/before.py $(HUB); said=$$?; \
	if [ $$said = 0 ]; then $(MAKE) --no-print-directory hub-env; elif [ $$said != 3 ]; then exit 2; fi
	@$(HUB)/env/bin/python $(HUB)/hub/serve.py --hub $(HUB) --class-list $(CLASS) --content $(CONTENT) $(ARGS)

HUB_INSTALL := $(if $(UV),uv pip install --quiet --compile-bytecode --python $(HUB)/env/bin/python,$(HUB)/env/bin/python -m pip install --quiet --disable-pip-version-check)
hub-env:
	@umask 022 && mkdir -p $(HUB) && $(MAKE) --no-print-directory $(HUB)/env/.installed $(HUB)/proxy/.installed
	@umask 022 && $(HUB_INSTALL) --no-deps --no-build-isolation --force-reinstall .
	@umask 022 && mkdir -p $(HUB)/hub && cp binder/hub/*.py $(HUB)/hub
	@umask 022 && cd $(HUB) && $(HUB)/env/bin/python -m tumen.commands.ready && $(HUB)/env/bin/tumen check  # ready for every student

$(HUB)/env/.installed: binder/requirements.txt binder/hub/requirements.txt
	$(if $(UV),uv venv --quiet --clear --seed --python $(PYTHON) $(HUB)/env,$(PYTHON) -m venv --clear $(HUB)/env)
	$(HUB_INSTALL) --require-hashes --requirement binder/requirements.txt --requirement binder/hub/requirements.txt
	@touch $@

$(HUB)/proxy/.installed: binder/hub/package.json binder/hub/package-lock.json
	mkdir -p $(HUB)/proxy && cp binder/hub/package.json binder/hub/package-lock.json $(HUB)/proxy
	npm ci --prefix $(HUB)/proxy --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# --- testing it ----------------------------------------------------------------------------------
test: env-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow" $(ARGS)

test-all: env-test
	$(INSTALL) --no-build-isolation --editable ".[sweep,nbgrader]" pyarrow
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile --hypothesis-profile search $(ARGS)

# --- making it -----------------------------------------------------------------------------------
notebooks: env-test
	$(BIN)/python -m tumen.commands.notebooks workbooks/*.ipynb
	$(BIN)/tumen course worksheets workbooks/instructor/worksheets

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet pyproject.toml --extra build --extra pull --output-file binder/requirements.txt $(LOCKED)
	$(VENV)-lock/bin/uv pip compile --quiet --group hub --constraint binder/requirements.txt \
	  --output-file binder/hub/requirements.txt $(LOCKED)
	$(VENV)-lock/bin/uv pip compile --quiet --group test --constraint binder/requirements.txt \
	  --constraint binder/hub/requirements.txt --output-file tests/requirements.txt $(LOCKED)
	$(PYTHON) binder/pinned.py binder/requirements.txt binder/hub/requirements.txt tests/requirements.txt
	rm -rf $(VENV)-lock

bench: env-test
	$(INSTALL) --no-build-isolation --editable ".[bench,nbgrader]"
	$(BIN)/python benchmarks/run.py $(ARGS)

# The portal's commands; `make help` lists them. They need Python 3.11, 3.12 or 3.13 and make, and fetch the rest themselves.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# The newest of them that is supported and whole: Debian and Ubuntu keep `venv` in a package of its own.
BASE := $(shell for name in $(PYTHONS); do $$name -c "$(SUPPORTED)" && \
	$$name -c "import ensurepip, sys, venv; print(sys.version_info[1], sys.executable)"; done 2>/dev/null | sort -rn | head -n 1 | cut -d " " -f 2-)
PY := .venv/bin/python
# The lock says all that is installed: --no-deps keeps pip from looking for newer releases, `check` names what is missing.
# What is imported is compiled then (--no-compile): most of what is installed never is.
PIP := $(PY) -m pip --disable-pip-version-check
INSTALL := $(PIP) install -qq --no-compile --no-deps --require-hashes
COMPLETE = missing=$$($(PIP) check) || { echo "$$missing" >&2; exit 1; }
# npm, where it comes with a Node that can run the tests of scripts; else both come as a wheel
NPM := $(shell node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm)
NODE := PATH="$(CURDIR)/.venv/bin:$$PATH"
NPM_CI := $(NODE) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
CODE := disperin industries ovop zones tests manage.py
# Three workers keep two processors busy: those with a browser wait for it half of their time. Each takes its share of
# the tests in their order and helps the others at the end: what a module shares is made once.
WORKERS := 3
PARALLEL := --numprocesses $(WORKERS) --dist worksteal
unexport PYTHONDONTWRITEBYTECODE  # workers and the processes of tests compile what they read once
export PORT ?= 8000
export CHROMIUM PROVINCE PROVINCE_DIR

# --- For everyone ----------------------------------------------------------------------------------------------------
.PHONY: help demo reset test fast deep interop pictures bench faults
help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: .venv/runtime node_modules/installed  ## the whole portal with sample data on http://127.0.0.1:8000 (PORT=8080, PROVINCE=63 change it)
	@$(PY) -m disperin.embedded.demo

reset:  ## stop and remove everything the demo and the tests keep: database, files, settings
	@test -z "$(BASE)" || "$(BASE)" -m disperin.embedded reset
	@rm -rf var

test: chromium checks  ## every check, then every test, browser included
	@$(PY) -m pytest $(PARALLEL) --durations=20 $(TESTS)

fast: tools  ## the quick tests, without the browser (TESTS="tests/regions" picks some)
	@$(PY) -m pytest $(PARALLEL) -m 'not thorough and not contract' --ignore tests/browser $(TESTS)

deep: tools  ## every property with a thousand examples instead of a few (an hour and more)
	@DEEP=1 $(PY) -m pytest $(PARALLEL) -m 'property or contract' $(TESTS)

interop: chromium tools  ## tools that others make, asked of API and pages; they are fetched into var/interop
	@$(PY) -m tests.interop $(TOOLS)

pictures: chromium tools  ## draw the pictures of the handbook anew from the sample
	@$(PY) -m tests.pictures $(PICTURES)

bench: .venv/runtime node_modules/installed  ## speed with 100,000 establishments, in a database of its own
	@$(PY) -m disperin.embedded.demo bench $(BENCH)

faults: .venv/tools node_modules/installed  ## kill web server, job worker and database at random, and count what is left (FAULTS="50 7")
	@$(PY) -m tests.faults $(FAULTS)

# --- For developers --------------------------------------------------------------------------------------------------
.PHONY: tools chromium format messages lock
tools: .venv/tools node_modules/tools-installed
	@$(PY) -m disperin.ui.translations compile

format:  ## put the code into the house's format
	@$(PY) -m ruff check --quiet --fix $(CODE)
	@$(PY) -m ruff format $(CODE)

messages: tools  ## add new texts to locale/, compile, and name what is not translated
	@$(PY) -m disperin.ui.translations update
	@$(PY) -m disperin.ui.translations compile
	@$(PY) -m disperin.ui.translations check

lock: .venv/tools  ## compile the pinned requirements from pyproject.toml (UPGRADE=--upgrade for newer releases)
	@for target in "requirements.txt" "requirements-dev.txt --extra dev --constraints requirements.txt"; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE) \
			pyproject.toml --output-file $$target || exit 1; \
	done
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE) \
		--group node --output-file requirements-node.txt

# --- The checks of `make test`, each also by itself -------------------------------------------------------------------
CHECKS := database types collection style lint contracts dependencies templates scripts migrations translations deployment
.PHONY: checks $(CHECKS)
checks:  # both kinds of packages come at once, unless npm itself is one of Python's
	@$(MAKE) --no-print-directory $(if $(NPM),--jobs 2) tools
	@$(MAKE) --no-print-directory --jobs 2 $(CHECKS)
$(CHECKS): tools
database:  # begun first: on a fresh machine all migrations take longer than the other checks together
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) -m tests.migrated
style:
	@$(PY) -m ruff format --check $(CODE)
lint:
	@$(PY) -m ruff check $(CODE)
types:
	@VAR_DIR=var DATABASE_URL=postgres://nobody@/none $(PY) -m mypy
collection:  # compiles the tests once: workers that begin together would each do so by itself
	@told=$$($(PY) -m pytest --collect-only -qq $(TESTS) 2>&1) || { echo "$$told" >&2; exit 1; }
contracts:
	@.venv/bin/lint-imports
dependencies:
	@$(PY) -m deptry .
templates:
	@$(PY) -m djlint --lint --quiet templates
scripts:
	@$(NODE) npx --no-install eslint --max-warnings 0 .
	@$(NODE) node --test --test-reporter dot tests/scripts/*.test.js
migrations:
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
translations:
	@$(PY) -m disperin.ui.translations check
deployment:
	@SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=portal.example \
		DATABASE_URL=postgres://portal@database/portal $(PY) manage.py check --deploy --fail-level WARNING

# --- What the above stand on -----------------------------------------------------------------------------------------
.venv/bin/python:
	@test -n "$(BASE)" || { \
		for name in $(PYTHONS); do $$name -c "$(SUPPORTED)" 2>/dev/null && \
			echo "$$name cannot make virtual environments. Install the package python3-venv (Debian, Ubuntu: sudo apt-get install python3-venv)." >&2 && exit 1; done; \
		echo "Python 3.11, 3.12 or 3.13 was not found. Install one, or name it: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@"$(BASE)" -m venv .venv || { rm -rf .venv; exit 1; }

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing the portal's packages …"
	@$(INSTALL) -r requirements.txt
	@$(COMPLETE)
	@touch $@

.venv/tools: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Installing the portal's packages and the developers' tools …"
	@$(INSTALL) -r requirements-dev.txt
	@$(COMPLETE)
	@touch .venv/runtime $@

.venv/node: requirements-node.txt | .venv/bin/python
	@test -n "$(NPM)" || $(INSTALL) -r requirements-node.txt
	@touch $@

node_modules/installed: package.json package-lock.json .venv/node
	@echo "Installing the front-end packages …"
	@$(NPM_CI) --omit=dev
	@touch $@

node_modules/tools-installed: package.json package-lock.json .venv/node
	@echo "Installing the front-end packages and the tools that check scripts …"
	@$(NPM_CI)
	@touch node_modules/installed $@

chromium: | .venv/bin/python
	@$(PY) -m tests.browser.chromium

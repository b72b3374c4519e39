# Boucle: every command that people and machines need. `make help` lists them.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
export PORT DATA_DIR

BIN := .venv/bin
STAMP := .venv/installed
# Whoever sets TESTS runs only those: make test TESTS=tests/groups
TESTS ?= tests
JOBS ?= auto

# What is measured has a state of its own for each scale.
SCALE ?= 1
SECONDS ?= 3
BENCH_DIR ?= $(DATA_DIR)/bench

.PHONY: help setup run test test-browser browser bench bench-seed check check-html lighthouse screenshots weight format messages lock shell clean

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

# What is installed is known by the digest of the locked lists: a second call needs no network.
setup: ## Create the virtual environment and install the locked packages
	@bin/setup $(PYTHON)

run: setup ## Run the whole site on PORT (8000), with its state under DATA_DIR (var)
	@DEMO=$${DEMO:-1} PYTHONUNBUFFERED=1 exec $(BIN)/python manage.py run --end-with-parent

test: setup browser ## Run every test but the larger browser matrix (TESTS=… for some)
	@exec $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(TESTS)

test-browser: setup browser ## Run the browser tests in every theme, width and language
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m matrix $(TESTS) || \
		{ code=$$?; [ $$code -eq 5 ] && echo "no tests ran in the matrix" || exit $$code; }

browser: setup
	@bin/browser

bench-seed: setup ## Fill a database for the bench at SCALE (1: 55,000 members)
	@BENCH=1 DATA_DIR=$(BENCH_DIR)/$(SCALE) $(BIN)/python manage.py with_database migrate --verbosity 0
	@BENCH=1 DATA_DIR=$(BENCH_DIR)/$(SCALE) $(BIN)/python manage.py with_database seed --scale $(SCALE)

bench: setup ## Measure the pages at SCALE, and check the budgets (needs wrk)
	@BENCH=1 DATA_DIR=$(BENCH_DIR)/$(SCALE) $(BIN)/python manage.py bench --seconds $(SECONDS) --keep

check: setup ## Check format, rules, templates, migrations, translations and safety
	@bin/check

check-html: setup ## Check the HTML of every page (needs Java and npm; SITE=… for a running site)
	@bin/check-html

lighthouse: setup browser ## Measure the main pages with Lighthouse (needs Node; SITE=… for a running site)
	@bin/lighthouse

screenshots: setup browser ## Write pictures of all main pages to SCREENSHOTS (var/screenshots)
	@SECRET_KEY=$${SECRET_KEY:-of-a-site-that-is-only-looked-at} DJANGO_SETTINGS_MODULE=network.settings \
		$(BIN)/python -W ignore -m bench.screenshots --to "$${SCREENSHOTS:-var/screenshots}"

weight: setup ## Print what each main page weighs, in kB as sent (SITE=… for a running site)
	@SECRET_KEY=$${SECRET_KEY:-of-a-site-that-is-only-looked-at} DJANGO_SETTINGS_MODULE=network.settings \
		$(BIN)/python -W ignore -m bench.weight

format: setup ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: setup ## Extract the strings to translate into locale/ (needs gettext)
	@$(BIN)/python manage.py extract_messages

lock: setup ## Pin every package with its digests into requirements/
	@bin/lock

shell: setup ## Open a Python shell inside the site (which must be running)
	@exec $(BIN)/python manage.py shell

clean: ## Delete the virtual environment and what was compiled; never DATA_DIR
	rm -rf .venv .cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

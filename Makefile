# The one door. `make` alone lists what stands behind it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help setup demo test test-fast check fmt bench messages lock worker clean-demo

help: ## What can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Environment, pinned dependencies, system libraries (quiet when nothing is to do)
	@$(PYTHON) bin/setup.py run

demo: setup ## Start the demonstration on http://127.0.0.1:8000 (PORT=… to change; Ctrl-C stops everything)
	@PORT=$(PORT) $(BIN)/python manage.py demo

test: ## Set up and run every test: SQLite, PostgreSQL, real broker, browser
	@$(PYTHON) bin/setup.py test
	@$(BIN)/python bin/test.py

test-fast: ## Only the quick tests on SQLite
	@$(PYTHON) bin/setup.py test
	@$(BIN)/pytest -n 2 -m "not browser and not broker"

check: ## Style, types, floors, templates, migrations, translations, deployment
	@$(PYTHON) bin/setup.py test
	@$(BIN)/python bin/check.py

fmt: ## Put code and templates in order
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q . ; $(BIN)/djhtml templates

bench: ## Measure: JSON lines, ratios in one run
	@$(PYTHON) bin/setup.py test
	@$(BIN)/python benchmarks/run.py

messages: ## Collect texts for translation and compile what is translated
	@$(BIN)/python bin/messages.py

lock: ## Pin requirements/*.in anew (needs uv)
	@for name in base demo dev; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    requirements/$$name.in -o requirements/$$name.txt ; done

worker: ## A Celery worker with beat, for development (needs BROKER_URL)
	@mkdir -p var
	@DJANGO_SETTINGS_MODULE=$${DJANGO_SETTINGS_MODULE:-config.settings.dev} \
	  $(BIN)/celery -A config worker -B -s var/beat -Q default,documents,tallies -l info

clean-demo: ## Forget the demonstration's data
	rm -rf var

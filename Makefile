# Everything a person types here. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run test check bench fmt env env-dev assets messages db-new db-up worker invariants season lock

PY := .venv/bin/python
FLASK := $(PY) -m flask --app wsgi

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: ## everything needed, then the shop on http://127.0.0.1:8000 (PORT, HOST, WORKERS, DATABASE_URL, DEMO)
	@sh scripts/run.sh

test: ## the whole suite, on SQLite and PostgreSQL (REQUIRE_SERVICES=1: a skipped service is a failure)
	@bash scripts/test.sh

check: env-dev ## formatting, lint, types, floors, templates, translations
	@bash scripts/check.sh

bench: env-dev assets ## the measured work of bench/, as ratios, into bench/results/
	@$(PY) -m bench

fmt: env-dev ## put the code into its one format
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

messages: env-dev ## collect new texts into translations/vi/*.po, keeping what is translated
	@$(PY) -m tools.messages --all

assets: env ## build instance/assets when something in it changed
	@$(PY) -m tools.messages --compile
	@$(PY) -m marketplace.foundation.web.assets

db-new: env-dev ## write a new migration from the models: make db-new m="what it does"
	@$(FLASK) db-new "$(m)"

db-up: env ## bring the database to the newest migration, one process at a time
	@$(FLASK) db-up

worker: env ## only the job worker, for a second machine
	@exec $(FLASK) worker

invariants: env ## check every numbered invariant on the configured database
	@$(FLASK) invariants

season: assets ## a simulated winter season through the real services, and its report (SEED, COOPS, BUYERS, WEEKS)
	@mkdir -p instance
	@$(FLASK) season --seed $(or $(SEED),2026) --coops $(or $(COOPS),60) --buyers $(or $(BUYERS),30) \
		--weeks $(or $(WEEKS),20) --timed --report instance/season.html

lock: env-dev ## resolve requirements*.in again into requirements*.txt, with hashes
	@sh scripts/lock.sh

env:
	@sh scripts/environment.sh runtime

env-dev:
	@sh scripts/environment.sh dev

# Two commands matter: make run, make test. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false

.PHONY: help setup run test lint train data-check evaluate bench soak validate format

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 20

setup: ## install everything and train when the data changed
	@bash scripts/setup.sh

run: setup ## set up and start the desk (Ctrl-C stops it)
	@.venv/bin/livechat up

test: ## set up what tests need and run all of them
	@bash scripts/test.sh

lint: ## ruff, mypy strict, import arrows, training data
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --strict bot actions
	@.venv/bin/lint-imports
	@$(MAKE) --no-print-directory validate

validate: ## rasa data validate; each warning must be one that is listed with its reason
	@$(PY) scripts/validate.py

format: ## write the code in the house's format
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

train: ## train the assistant when its data changed
	@.venv/bin/livechat train

data-check: ## overlap, openings, lengths and labels of all examples
	@$(PY) -m bot.train.check

evaluate: ## figures on the test split and the must-catch lists
	@$(PY) -m bot.train.evaluate data/eval/test.jsonl data/eval/mustcatch.jsonl data/eval/mustcatch_late.jsonl

bench: ## benchmarks against a baseline in the same run
	@$(PY) -m benchmarks

soak: ## the long versions: crashes, stalls, many chats
	@$(PY) -m tests.desk.soak --share 1.0

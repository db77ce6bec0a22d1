# Needs python3 ≥ 3.11, git and make; everything else comes from requirements/*.lock.
PYTHON ?= python3
PORT ?= 8000
TEST_ARGS ?= -n 2 --dist loadfile
BIN := .venv/bin
# What leans most on its database: timers and deliveries, clocks, the ledger, whole lives.
POSTGRES_CORE := tests/jobs tests/stories $(addprefix tests/notify/test_,delivery.py digest.py webhooks.py) \
	$(addprefix tests/desk/test_,calls.py compliance.py edit_calendar.py hours.py import_history.py ledger.py merge.py \
	refold.py running_work.py agreed_work.py unconfirmed.py take.py verify.py wait.py work.py)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --system-certs --custom-compile-command 'make lock'

.PHONY: demo test test-postgres test-postgres-core test-faults test-long check screens bench lock install setup clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo 'make demo           the service with a believable desk, on http://127.0.0.1:$(PORT) (PORT= to change)'
	@echo 'make test           every test, in a browser too'
	@echo 'make test-long      the same, with many more generated examples'
	@echo 'make test-postgres  the rules of the desk again, on PostgreSQL (DATABASE_URL= for one of yours)'
	@echo 'make test-postgres-core  those of them that lean most on the database, a minute'
	@echo 'make test-faults    processes killed, databases stopped, at full size, a minute'
	@echo 'make check          style, types, layers'
	@echo 'make bench          most figures of docs/figures.md; each says its command'
	@echo 'make install        .venv for production: the service, and several machines on PostgreSQL'
	@echo 'make setup          only make or refresh .venv'
	@echo 'make lock           write requirements/*.lock anew (UPGRADE=--upgrade for newer versions)'
	@echo 'make clean          remove what was made: .venv, var, caches'

demo:
	@$(PYTHON) scripts/environment.py runtime
	@PORT=$(PORT) $(BIN)/sla demo

# What runs in production, with the extra for PostgreSQL; see deploy/.
install:
	@$(PYTHON) scripts/environment.py cluster

setup:
	@$(PYTHON) scripts/environment.py dev

test: setup
	@$(BIN)/python scripts/chromium.py
	@$(BIN)/python -m pytest $(TEST_ARGS)

# tests/postgres.py starts one. What says itself what it runs on, as what several do at once, is left out: `make test`
# has it on both.
test-postgres: setup
	@$(BIN)/python -m pytest $(TEST_ARGS) --database postgresql tests/desk tests/jobs tests/stories tests/notify

test-postgres-core: setup
	@$(BIN)/python -m pytest -n 2 --dist load --database postgresql $(POSTGRES_CORE)

# Thousands due under twenty kills, and the half-minutes that `make test` leaves out.
test-faults: setup
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n 2 --dist load tests/faults

test-long: export HYPOTHESIS_PROFILE = long
test-long: test

check: setup
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy $(wildcard sla tests bench scripts)
	@$(BIN)/lint-imports --no-cache

screens: setup
	@$(BIN)/python -m scripts.screens

bench:
	@$(PYTHON) scripts/environment.py bench
	@$(BIN)/python -m bench

lock:
	@$(PYTHON) scripts/environment.py lock
	$(LOCK) $(UPGRADE) requirements/runtime.in -o requirements/runtime.lock
	$(LOCK) $(UPGRADE) requirements/dev.in -o requirements/dev.lock
	$(LOCK) -c requirements/dev.lock requirements/cluster.in -o requirements/cluster.lock
	$(LOCK) $(UPGRADE) requirements/bench.in -o requirements/bench.lock
	$(LOCK) $(UPGRADE) --no-deps requirements/assets.in -o requirements/assets.lock
	$(LOCK) $(UPGRADE) requirements/lock.in -o requirements/lock.lock

clean:
	rm -rf .venv var sla.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find sla tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

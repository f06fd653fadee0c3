# `make run` and `make test` are all a newcomer needs; the rest is for changing things.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test accuracy mutations endurance field bench lint types docs lock clean

run: .venv/installed
	$(BIN)/disclosure sample
	$(BIN)/disclosure ingest
	$(BIN)/disclosure chart --collection sample
	@echo "To type disclosure in this shell: . $(BIN)/activate"

# A process a core; `pytest` alone says the same, and takes longer.
test: .venv/installed
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

accuracy: .venv/installed
	$(BIN)/python -m tests.accuracy --documents 2000 --each 20

mutations: .venv/installed
	$(BIN)/python -m tests.mutations --documents 20000

# Kills, full disks and damaged files; half an hour. The disks need root, or are skipped.
endurance: .venv/installed
	$(BIN)/python -m tests.endurance

# DIR names a folder of real pages; nothing of them is kept.
field: .venv/installed
	$(BIN)/python -m tests.field $(DIR)

# AGAINST names an older checkout with its own .venv, to be measured beside this one.
bench: .venv/installed
	$(BIN)/python bench/speed.py $(if $(AGAINST),--against $(AGAINST))

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed
	$(BIN)/mypy

docs: .venv/installed
	$(BIN)/python -m pipeline.cli.dictionary

lock: .venv/installed
	$(BIN)/uv lock

clean:
	rm -rf .venv data/warehouse/*

# uv installs exactly what uv.lock names; where uv cannot be had, pip takes the newest that fits.
.venv/installed: pyproject.toml uv.lock
	$(PYTHON) -m venv .venv
	if $(BIN)/python -m pip install --quiet "uv>=0.5"; \
	then $(BIN)/uv sync --quiet --frozen --inexact; \
	else $(BIN)/python -m pip install --quiet --group dev --editable .; fi
	touch $@

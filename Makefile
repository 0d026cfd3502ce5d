# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help demo test check gate bench train-attribution clean

help:  ## show these lines
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(VENV)/installed  ## read the sample reports, print their ledger, write it as a page to share: out/demo.html
	@mkdir -p out && rm -f out/demo.db out/demo.db-wal out/demo.db-shm
	$(BIN)/dateline read --ledger sqlite:///out/demo.db samples/reports
	$(BIN)/dateline export html out/demo.html --ledger sqlite:///out/demo.db --zone Europe/Kyiv
	@echo "To look at it in a browser: $(BIN)/dateline serve --ledger out/demo.db, or open out/demo.html"

test: $(VENV)/installed  ## lint, types, import rules and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto --dist loadgroup

$(VENV)/trains: pyproject.toml $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	touch $@

gate: $(VENV)/trains  ## accuracy on the public corpora, against the pinned floors; fits fold models, so it installs the extra "train"
	$(BIN)/python -m gate run --shared $(SHARED)

bench: $(VENV)/installed  ## how fast it reads, starts and stores, as ratios on this machine
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench

train-attribution: $(VENV)/trains  ## fit the attribution model anew: make train-attribution CORPUS=train.jsonl
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.attribution $(CORPUS) dateline/annotate/weights/attribution.npz

clean:
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# make run: sets everything up and opens the chat.  make test: sets everything up and passes the tests.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run install install-dev browser test clean

run: install
	$(BIN)/python -m embeddings refresh
	$(BIN)/python app.py

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 is needed, this is " + sys.version.split()[0]) if sys.version_info[:2] != (3, 11) else 0'
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing the project and what it needs (about 2 GB, a few minutes the first time) …"
	$(PIP) --editable .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing the project with its test tools (about 2 GB, a few minutes the first time) …"
	$(PIP) --editable '.[dev]'
	@touch .venv/installed $@

# The end-to-end test drives a real browser; where none can be installed it says so and is skipped.
browser:
	@sh tests/install_browser.sh

test: install-dev browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

clean:
	rm -rf .venv .index

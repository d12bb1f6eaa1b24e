# make run: sets everything up and opens the chat.  make test: sets everything up and passes the tests.
PYTHON ?= $(or $(shell command -v python3.11 || command -v python3),python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --constraint constraints.txt
# Every file by its hash. torch is left out of the locks: which build of it comes, and so which hash, differs by machine.
LOCKED := $(BIN)/python -m pip --disable-pip-version-check install --require-hashes --no-deps

.PHONY: run install install-dev browser test audit lock clean

# The chat makes or refreshes its index itself, with a progress bar here and on the page.
run: install
	$(BIN)/python app.py

install: .venv/installed
install-dev: .venv/installed-dev

# A virtual environment that could not be finished is taken away again, lest the next run trust it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info[:2] == (3, 11) or sys.exit("Python 3.11 is needed, this is " + sys.version.split()[0] + "; try: make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }

.venv/installed: pyproject.toml constraints.txt requirements.lock | $(BIN)/python
	@echo "Installing the project and what it needs (2 GB or more, a few minutes the first time) …"
	@$(LOCKED) --requirement requirements.lock
	@$(PIP) --editable .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt requirements-dev.lock | $(BIN)/python
	@echo "Installing the project with its test tools (2 GB or more, a few minutes the first time) …"
	@$(LOCKED) --requirement requirements-dev.lock
	@$(PIP) --editable '.[dev]'
	@touch .venv/installed $@

# The end-to-end tests drive a real browser; where none can be installed this says so and they are skipped.
browser:
	@sh tests/install_browser.sh

test: install-dev browser
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile
	@$(BIN)/python tests/audit.py || echo "The tests passed; the audit above asks for newer releases (make audit)."

# Known vulnerabilities of what is pinned; where no database can be reached it says so.
audit: install-dev
	$(BIN)/python tests/audit.py

# After a change of pyproject.toml or constraints.txt, with uv on the path.
LOCK := uv pip compile pyproject.toml --constraint constraints.txt --generate-hashes --universal --python-version 3.11 \
	--no-annotate --custom-compile-command "make lock" --quiet --no-emit-package pip --no-emit-package torch --no-emit-package triton \
	$(shell sed -n 's/^\(cuda-[a-z]*\|nvidia-[a-z0-9-]*\)==.*/--no-emit-package \1/p' constraints.txt)
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --output-file requirements-dev.lock

clean:
	rm -rf .venv .index

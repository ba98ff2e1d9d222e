# One command does it all on a machine that has Python (3.11 or newer), git and make.
# The first one makes a virtual environment in .venv from requirements.lock; after that no network is needed.

VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/ready
SPHINX := $(BIN)/python -m sphinx -W --keep-going -n -q
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
ARGS ?=
# One process per core, each with its part of the tests; who is ready first takes some of the others'.
SHARED ?= --numprocesses auto --maxprocesses 4 --dist worksteal

# The first of these that is new enough and can make environments; PYTHON=… names another.
PYTHON ?=
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.PHONY: help demo test lint format lists docs docs-en docs-sv messages sessions links pictures bench lock clean
.SILENT:

help:
	echo "make demo    make an invented region with four years of declarations, in the folder demo"
	echo "make test    run the tests              (make test ARGS=\"-k amounts\")"
	echo "make lint    check style, types and layers; make format mends the style"
	echo "make lists   write SUBSTANCE_LISTS.md from the data"
	echo "make bench   measure speed and memory, and write benchmarks/results.md"
	echo "make lock    fix the versions of all dependencies anew (needs uv and network)"
	echo "make clean   remove the environment and everything that was made"
	echo
	echo "make docs      build the documentation in both languages: site/index.html"
	echo "make sessions  write what the commands in the documentation print into its pages"
	echo "make messages  bring the sentences to translate in docs/locale up to date with the pages"
	echo "make pictures  take the pictures of the documentation anew (needs Chromium, LibreOffice and Poppler);"
	echo "               ARGS=annual takes those of one group: screens, sheets or annual"
	echo "make links     ask whether the links to the web still lead somewhere (needs network)"

demo: $(READY)
	rm -rf demo
	$(BIN)/kemkoll demo -o demo

test: $(READY)
	$(BIN)/python -m pytest $(SHARED) $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lists: $(READY)
	$(BIN)/python -c "from pathlib import Path; from kemkoll.lists.catalogue import catalogue, shipped; \
		Path('SUBSTANCE_LISTS.md').write_text(catalogue(shipped()), encoding='utf-8', newline='\n')"

# With --jobs=2 both languages at once.
docs: docs-en docs-sv
	cp docs/start/index.html site/index.html

docs-en docs-sv: docs-%: $(READY)
	$(SPHINX) -b html -D language=$* -d build/docs/$* docs site/$*

# The sentences of the pages, for docs/locale/sv/LC_MESSAGES/*.po: new ones are added, others kept.
messages: $(READY)
	$(SPHINX) -b gettext -d build/docs/messages docs build/docs/pot
	$(BIN)/sphinx-intl update -p build/docs/pot -d docs/locale -l sv -w 110

# What the commands in the documentation print, written into it.
sessions: $(READY)
	$(BIN)/python docs/extensions/sessions.py README.md docs/*.md

links: $(READY)
	$(SPHINX) -b linkcheck -d build/docs/links docs build/docs/linkcheck

bench: $(READY)
	$(BIN)/python -m benchmarks $(ARGS)

pictures: $(READY)
	$(BIN)/python docs/make_pictures.py $(ARGS)

# Needs uv. All platforms and Pythons; names, versions and hashes, nothing else.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-annotate --no-config --upgrade --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock

clean:
	rm -rf demo site .venv build dist .coverage .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	for python in $(CANDIDATES); do \
		if "$$python" -c "$(USABLE)" >/dev/null 2>&1; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "kemkoll needs Python 3.11 or newer, with its venv module, and found none." >&2; \
		echo "Install it (on Debian and Ubuntu: apt install python3 python3-venv) and try again," >&2; \
		echo "or say where it is: make PYTHON=/path/to/python3.13" >&2; \
		exit 1; \
	fi; \
	echo "Making an environment in $(VENV) with $$("$$found" --version). This happens once and takes a minute or two." >&2; \
	"$$found" -m venv --clear "$(VENV)"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

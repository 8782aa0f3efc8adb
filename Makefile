# Parley: `make lab` to teach and learn, `make test` to check. Every target can be run again: what is done is not redone.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# From pyproject.toml: the first Python for which the pins have wheels, and the one after the last, as 11 and 15.
PYTHONS := $(shell sed -n 's/^requires-python = ">=3\.\([0-9]*\),<3\.\([0-9]*\)"/\1 \2/p' pyproject.toml)
FIRST := $(firstword $(PYTHONS))
LAST := $(shell expr $(lastword $(PYTHONS)) - 1)
PYTHON ?= $(shell for p in $$(seq -f python3.%g $(FIRST) $(LAST)) python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, $(FIRST)) <= sys.version_info[:2] <= (3, $(LAST)))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/site
# A machine may tell pip to install beside each environment, which fails in one.
export PIP_USER := 0
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Everything by its hash; then the kit itself, built by what the lock has installed, so that nothing else is fetched.
KIT := $(PIP) --no-build-isolation --no-deps --editable .
ARTICLES ?= ../shared/articles
PAGES := notebooks solutions
CORES ?= 2
# In a container one is root, and Jupyter wants to be told that this is meant.
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] && echo --allow-root)

.PHONY: wheel site site-hosted site-instructors site-serve short-site test-site help setup setup-test setup-bench hub-setup hub bench-class lab test lint unit pages browser bench notebooks exercises lock originals pictures bundle docs marks handouts slides pack clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## the environment, the kit in it, and the chart bundle

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Parley is made for Python 3.$(FIRST) to 3.$(LAST). Install one, or name yours: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Making $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "Could not make $(VENV). On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: pyproject.toml locks/lab.lock settings/parley.json | $(VENV)/bin/python
	@echo "Installing JupyterLab and the kit (a minute or two, once) ..."
	@$(PIP) --require-hashes --requirement locks/lab.lock
	@$(KIT)
	@echo "Warming up ..."
	@$(BIN)/python -m compileall -q kit
	@$(BIN)/python -m kit.prepare
	@touch $@

setup-test: $(VENV)/.ready-test

$(VENV)/.ready-test: $(VENV)/.ready locks/test.lock tools/browser.py
	@echo "Installing what the tests need ..."
	@$(PIP) --require-hashes --requirement locks/test.lock
	@$(BIN)/python tools/browser.py
	@touch $@

setup-bench: $(VENV)/.ready-bench

$(VENV)/.ready-bench: $(VENV)/.ready-test locks/bench.lock
	@echo "Installing what the benchmarks compare with ..."
	@$(PIP) --require-hashes --requirement locks/bench.lock
	@touch $@

hub-setup: $(VENV)/.ready-hub ## what a class hub on this machine needs: JupyterHub, and its proxy from npm

$(VENV)/.ready-hub: $(VENV)/.ready locks/hub.lock deploy/package-lock.json
	@command -v npm >/dev/null || { echo "The hub's proxy needs Node.js 18 or newer with npm. On Debian: apt-get install nodejs npm"; exit 1; }
	@echo "Installing JupyterHub and its proxy ..."
	@$(PIP) --require-hashes --requirement locks/hub.lock
	@npm ci --prefix deploy --no-fund --no-audit --loglevel=error
	@touch $@

hub: hub-setup ## a class hub on this machine; deploy/README.md says how it is set
	$(BIN)/jupyterhub -f deploy/jupyterhub_config.py

lab: setup ## open JupyterLab on the first notebook
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb $(AS_ROOT)

test: setup-test lint unit pages short-site ## lint, types, unit tests, every notebook run and compared, two opened on the site
	@echo "All of it passed. The browser's other tests are slow and have targets of their own: make browser test-site"

lint: setup-test ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: setup-test ## the unit tests
	$(BIN)/pytest -q -n $(CORES) --dist loadfile --ignore=tests/browser

pages: setup-test ## the notebooks, run and compared with what is saved in them
	$(BIN)/python tools/notebooks.py check

browser: setup-test ## a real JupyterLab in a real browser
	$(BIN)/pytest -q -n $(CORES) tests/browser --ignore=tests/browser/test_site.py --ignore=tests/browser/test_site_node.py

originals: setup-test ## the checks that need the original articles: make originals ARTICLES=FOLDER
	@test -d "$(ARTICLES)" || { echo "No folder $(ARTICLES): make originals ARTICLES=FOLDER"; exit 1; }
	PARLEY_ORIGINALS="$(ARTICLES)" $(BIN)/pytest -q -rP tests/originals

bench: setup-bench ## the benchmarks
	@for script in $(filter-out benchmarks/class_hub.py benchmarks/timing.py,$(wildcard benchmarks/*.py)); do echo; echo "== $$script"; $(BIN)/python $$script || exit 1; done

bench-class: setup-bench hub-setup ## a class of twenty at once on the hub, over websockets and in a browser
	$(BIN)/python benchmarks/class_hub.py

notebooks: setup-test exercises ## run every notebook and save it with its outputs
	$(BIN)/python tools/notebooks.py save

exercises: setup ## derive exercises/ from solutions/
	$(BIN)/python -m kit exercises

pictures: setup-test ## the pictures of the README and the guides
	$(BIN)/python tools/pictures.py

bundle: setup-test ## dist/parley-students-….zip: notebooks, exercises and the kit, without solutions; CASE=FOLDER for a case of your own
	$(BIN)/python tools/bundle.py $(if $(CASE),--case "$(CASE)")

$(SITE)/.ready: $(VENV)/.ready locks/site.lock
	@echo "Installing what builds the site ..."
	@$(BIN)/python -m venv $(SITE)
	@$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement locks/site.lock
	@touch $@

site: $(SITE)/.ready ## dist/site: a static site where notebooks run in the reader's browser; Python from its CDN
	PYTHONPATH=. $(SITE)/bin/python tools/build_site.py --zip

site-hosted: $(SITE)/.ready ## the same with all of Python in the site, for a server of one's own: nothing leaves it
	PYTHONPATH=. $(SITE)/bin/python tools/build_site.py --self-hosted --zip

site-instructors: $(SITE)/.ready pack ## dist/site-instructors: with solutions and instructor notebooks; not for students
	PYTHONPATH=. $(SITE)/bin/python tools/build_site.py --instructors --zip

short-site: setup-test $(SITE)/.ready ## the site in short: what is in it, and two of its notebooks in a browser
	$(BIN)/pytest -q -rs -m "not whole" tests/browser/test_site.py

test-site: setup-test $(SITE)/.ready ## the whole site: every notebook in a browser, and the unit tests under Pyodide
	$(BIN)/pytest -q -rs tests/browser/test_site.py tests/browser/test_site_node.py

site-serve: ## serve dist/site on this machine
	$(BIN)/python tools/site_serve.py

wheel: setup ## dist/parley_kit-….whl, with the chart bundle and the marks in it
	@mkdir -p dist
	$(BIN)/python tools/site_wheels.py dist

docs: setup ## write glossary, bibliography, terms met and lesson plans anew from the YAML files in docs/
	$(BIN)/python tools/reference_pages.py
	$(BIN)/python tools/lesson_plans.py

marks: setup ## write each bundled case's marks.csv anew from the readers' coding in docs/coding
	$(BIN)/python tools/reference_marks.py

handouts: setup ## role sheets and worksheets to print, in build/handouts
	$(BIN)/python -m kit handouts build/handouts --force

slides: setup-test ## dist/slides: a deck a unit, PowerPoint files to change; CASE=FOLDER for a case of your own
	PYTHONPATH=. $(BIN)/python tools/slides.py $(if $(CASE),--case "$(CASE)")

pack: setup-test ## dist/parley-instructor-pack-….zip: all that an instructor prints, shows or uploads; CASE=FOLDER too
	PYTHONPATH=. $(BIN)/python tools/pack.py $(if $(CASE),--case "$(CASE)")

lock: setup-test ## pin the newest versions that fit, with their hashes
	$(BIN)/python tools/lock.py
	npm install --prefix deploy --package-lock-only --omit-lockfile-registry-resolved --no-fund --no-audit

clean: ## remove what make has made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist tests/browser/screenshots

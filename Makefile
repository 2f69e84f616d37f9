# Samvirke. `make` lists the verbs.
SHELL := bash
PY := .venv/bin/python
NODE_PATH_FIX := PATH="$(CURDIR)/.venv/bin:$(CURDIR)/.venv/node/bin:$$PATH"
PAGES := $(shell find samvirke -path '*/templates/*' -name '*.html') $(shell find samvirke/ui/static frontend -type f 2>/dev/null) $(wildcard samvirke/*/finnhjelp/*.py samvirke/ui/templatetags/*.py)
CATALOGUES := $(wildcard samvirke/*/locale/*/LC_MESSAGES/django.po)

.DEFAULT_GOAL := help
.PHONY: help setup run test fast check bench lock messages clean

help: ## List the verbs
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/run.stamp var/assets/manifest.json var/messages.stamp ## Install what running needs, nothing more

run: setup ## Set up everything and serve on http://127.0.0.1:8000 (PORT=8001 for another)
	@exec .venv/bin/samvirke serve

test: setup .venv/dev.stamp node_modules/.dev.stamp ## Set up everything and run all tests, browser and fault tests included
	@tools/find-browser
	@tools/find-nginx || echo 'The tests go on without the comparison with nginx.'
	$(PY) -m pytest -n 2 -m "not browser and not fault and not slow"
	$(PY) -m pytest -n 2 --dist loadfile -m "browser or fault or slow"
	SAMVIRKE_TEST_SERVER=tcp $(PY) -m pytest -n 2 -m "not browser and not fault and not slow"

fast: setup .venv/dev.stamp ## Run the fast tests only
	$(PY) -m pytest -n 2 -m "not browser and not fault and not slow"

check: setup .venv/dev.stamp ## Lint, types, import rules, templates, messages, migrations, spelling
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy samvirke tests conftest.py
	.venv/bin/lint-imports
	.venv/bin/djlint samvirke --lint --quiet
	.venv/bin/samvirke messages > var/messages.log || { cat var/messages.log; exit 1; }
	git diff --exit-code --stat -- '*.po'
	.venv/bin/samvirke makemigrations --check --dry-run
	.venv/bin/codespell README.md CHANGELOG.md docs samvirke tests

bench: setup .venv/dev.stamp node_modules/.dev.stamp ## Measure: one line per figure, "name value unit"
	@tools/find-browser
	@tools/find-nginx
	@$(PY) -m tests.bench

lock: .venv/bin/uv ## Make the lock files anew
	for name in bootstrap run dev node; do .venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --universal \
	  --python-version 3.11 --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt; done
	$(NODE_PATH_FIX) npm install --package-lock-only --ignore-scripts

messages: setup ## Find new texts and say which lack nynorsk or English
	.venv/bin/samvirke messages

clean: ## Remove what was built (the data under var/ stays)
	rm -rf .venv node_modules var/assets var/test .mypy_cache .ruff_cache

.venv/bin/uv: requirements/bootstrap.txt
	tools/make-venv
	@touch $@

.venv/run.stamp: .venv/bin/uv requirements/run.txt pyproject.toml
	.venv/bin/uv pip install -q --python .venv --require-hashes -r requirements/run.txt
	.venv/bin/uv pip install -q --python .venv --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	.venv/bin/uv pip install -q --python .venv --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.run.stamp: package-lock.json | .venv/run.stamp
	tools/find-node
	$(NODE_PATH_FIX) npm ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error
	@touch $@

node_modules/.dev.stamp: node_modules/.run.stamp
	$(NODE_PATH_FIX) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch node_modules/.run.stamp $@

var/assets/manifest.json: node_modules/.run.stamp $(PAGES)
	@mkdir -p var
	$(NODE_PATH_FIX) node frontend/build.mjs var/assets
	@touch $@

var/messages.stamp: .venv/run.stamp $(CATALOGUES)
	@mkdir -p var
	@.venv/bin/samvirke messages --compile --json > var/messages.stamp

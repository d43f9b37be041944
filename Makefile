# Everything one does with CineHub. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
DATA := $(or $(DATA_DIR),var)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test install check bench faults web worker beat prepare admin lock messages schema screenshots

run: install prepare
	@python -m cinehub.start

test: install
	python -m tests

install: .venv/.installed $(DATA)/secret-key

.venv/.installed: requirements/dev.txt requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "CineHub needs Python 3.11 or newer; name one with `make PYTHON=python3.11 ...`")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt requirements/bootstrap.txt \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# A secret of this machine's own, for development; production sets SECRET_KEY.
$(DATA)/secret-key:
	@mkdir -p $(DATA) && umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))' > $@

prepare: install
	python manage.py prepare

# Asks for a name, an address and a password.
admin: prepare
	python manage.py createsuperuser

check: install
	ruff check .
	ruff format --check .
	lint-imports
	mypy
	python manage.py makemigrations --check --dry-run
	SITE_URL=https://cinehub.example DATABASE_URL= REDIS_URL= python manage.py check --deploy --fail-level WARNING

# TITLES=1000000 for as many; KEEP=1 to measure the catalogue of the last run again.
bench: install
	python -m tests.bench $(if $(TITLES),--titles $(TITLES)) $(if $(KEEP),--keep)

# What the site bears: killed workers, restarted servers, TMDB away (STANDIN_URL plays its part).
faults: install
	python -m tests.faults

web beat: prepare
	@python -m cinehub.start $@

worker: prepare
	@python -m cinehub.start quick slow

# New exact versions for the ranges in pyproject.toml.
lock: install
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --all-extras --group dev -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements/dev.txt pyproject.toml -o requirements/base.txt

# What the code says into locale/, to be translated; NEW=de for a language more.
messages: install
	python -m tests.messages $(NEW)

# What the API says of itself, from its code; a test says when it is no longer so.
schema: install
	python manage.py spectacular --format openapi-json --file cinehub/api/openapi.json

screenshots: install
	SCREENSHOTS=1 python -m pytest -p no:xdist -m browser tests/e2e/test_screenshots.py

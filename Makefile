# Thin: what a command does is told in bootstrap.py and by `.venv/bin/appliance --help`.
PYTHON ?= python3
# Two workers, a file at a time; the longest files come first in the alphabet.
SHARED := -m "not alone" -n 2 --dist loadfile --no-loadscope-reorder

# `make run SMALL=1`: the small models, for a box of 1 GB.
MODELS := $(if $(SMALL),--small)

.PHONY: setup setup-rebuild demo run check test-quick test lock

setup:
	@$(PYTHON) bootstrap.py $(MODELS)

setup-rebuild:
	@$(PYTHON) bootstrap.py --rebuild $(MODELS)

demo: setup
	@.venv/bin/appliance demo $(MODELS)

run: setup
	@.venv/bin/appliance serve $(MODELS)

# What is wrong can be seen without running anything.
check:
	@$(PYTHON) bootstrap.py --tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

# Pure logic: no model, no network.
test-quick:
	@$(PYTHON) bootstrap.py --tests
	.venv/bin/python -m pytest -q -m "unit and not alone" -n 2

test:
	@$(PYTHON) bootstrap.py --tests
	.venv/bin/python -m pytest -m alone
	.venv/bin/python -m pytest $(SHARED)

# Resolves pyproject.toml anew into requirements/, for every Python the appliance runs with.
UV := build/uv/bin/uv
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links

lock:
	@test -x $(UV) || { $(PYTHON) -m venv build/uv && \
		build/uv/bin/pip install --quiet --require-hashes -r requirements/lock.txt; }
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) -c requirements/runtime.txt --group build -o requirements/build.txt
	$(COMPILE) -c requirements/runtime.txt -c requirements/build.txt \
		--group test --group provision --group check -o requirements/test.txt
	$(COMPILE) --group lock -o requirements/lock.txt

# Two commands: `make run` and `make test`. Both set up what they need, and may be
# interrupted and run again at any point: a step counts as done only once its stamp is written.

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))

bin := .venv/bin
stamp := .venv/.stamps

wheel_sources := $(shell find src patterns tests/patterns _my_local_package -type f \
	-not -path '*/__pycache__/*' -not -path '*/dist/*' 2>/dev/null) README.md LICENSE

.PHONY: run test lint format wheels setup pins clean

PIN_ARGS := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
.DELETE_ON_ERROR:

run: setup wheels
	@$(bin)/pyodide-app fetch
	@exec $(bin)/pyodide-app patterns --serve

# Node, with which two tests install what they compare with, comes with the linters.
test: $(stamp)/linters
	@$(bin)/python -m pyodide_app.testing.browser
	$(bin)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

lint: $(stamp)/typescript
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/node node_modules/typescript/bin/tsc -p jsconfig.json

# bench-rows, bench-reactivity, bench-memory, bench-workers, bench-storage, bench-startup; options in ARGS. Node, which installs a peer, comes with the linters.
bench-%: $(stamp)/linters
	@$(bin)/python -m pyodide_app.testing.browser
	$(bin)/python -m benchmarks $* $(ARGS)

format: $(stamp)/linters
	$(bin)/ruff check --fix .
	$(bin)/ruff format .

wheels: $(stamp)/wheels

setup: $(stamp)/installed

# Pins every requirement by hash, for all platforms and Pythons from 3.11.
pins: setup
	$(bin)/uv pip compile pyproject.toml --extra testing --group dev $(PIN_ARGS) -o requirements.txt
	$(bin)/uv pip compile pyproject.toml --extra testing --group dev --group lint -c requirements.txt $(PIN_ARGS) -o requirements-lint.txt

clean:
	rm -rf .venv node_modules dist _my_local_package/dist test-results

# An environment without its stamp is one whose making was interrupted: begin anew.
$(stamp)/made:
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or newer found. Install one, or say where it is: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "error: $(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear .venv
	@mkdir -p $(@D) && touch $@

$(stamp)/installed: $(stamp)/made requirements.txt pyproject.toml
	@echo "Installing what requirements.txt pins"
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(stamp)/wheels: $(stamp)/installed pyproject.toml $(wheel_sources)
	@echo "Building both wheels"
	@$(bin)/python -m build --installer uv --wheel . > $(stamp)/build.log 2>&1 || { cat $(stamp)/build.log; exit 1; }
	@$(bin)/python -m build --installer uv --wheel _my_local_package > $(stamp)/build.log 2>&1 || { cat $(stamp)/build.log; exit 1; }
	@touch $@

$(stamp)/linters: $(stamp)/installed requirements-lint.txt
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -r requirements-lint.txt
	@touch $@

# TypeScript checks our JavaScript; the Node that runs it comes with the linters.
$(stamp)/typescript: $(stamp)/linters package.json package-lock.json
	@PATH="$(CURDIR)/$(bin):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

# Everything people and CI run. Nothing but git, make and Python 3.11 or newer is needed before.

SHELL := /bin/sh
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --locked
# Half of the time tests wait.
JOBS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
COMPOSE := deploy/compose.yaml deploy/compose.postgres.yaml
export UV_PYTHON_PREFERENCE ?= only-system
export UV_SYSTEM_CERTS ?= true

.PHONY: help demo test check docs reference format setup browser bench fuzz chaos words picture clean

help: ## Show what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: setup ## See the bot at work in the browser (ARGS=--once: post, print, leave)
	@$(RUN) --no-default-groups briefing-bot demo $(ARGS)

test: setup browser ## Run every test, JOBS at a time (ARGS=... goes to pytest)
	@if $(RUN) pytest --numprocesses=$(JOBS) --dist=worksteal --cov --cov-report= $(ARGS); \
	then $(RUN) coverage report --fail-under=99 --skip-covered --sort=cover; \
	else [ $$? -eq 1 ] && echo "What failed beside other tests runs once more, alone." && \
	$(RUN) pytest --last-failed --last-failed-no-failures=none; fi

check: setup ## Format, lint, types, import contracts, lock file, deployment, known weaknesses
	@$(UV) lock --check
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) --group deploy hadolint deploy/Dockerfile
	@$(RUN) --group deploy check-jsonschema --builtin-schema vendor.compose-spec $(COMPOSE)
	@$(RUN) --group deploy kubernetes-validate --strict --quiet deploy/kubernetes.yaml
	@$(RUN) python scripts/audit.py

reference: setup ## Write .env.example and docs/reference/ anew from the code
	@PYTHONPATH=. $(RUN) python scripts/env_example.py
	@PYTHONPATH=. $(RUN) python -m scripts.reference

docs: setup ## Build the documents as a site into site/, strictly
	@$(RUN) --group docs zensical build --clean --strict

format: setup ## Put the code into the house's form
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

chaos: setup ## Kill workers a thousand times while everything fails (ARGS=--kills=2000)
	@$(RUN) python -m tests.chaos.run $(ARGS)

bench: setup ## Measure, as ratios in one run
	@for each in benchmarks/*/run.py; do PYTHONPATH=. $(RUN) python $$each || exit 1; done

fuzz: setup ## Read and draw mutated documents (COUNT=20000, SEED=0)
	@PYTHONPATH=. $(RUN) python -m benchmarks.reading.fuzz --count $(or $(COUNT),20000) --seed $(or $(SEED),0)

words: setup ## Collect what the bot says, and bring the catalogues up to date
	@PYTHONPATH=. $(RUN) python -m scripts.words

picture: setup browser ## Take the README's picture anew
	@$(RUN) python scripts/picture.py

browser: setup ## Find or install a Chromium for the browser tests
	@$(RUN) python scripts/chromium.py

setup: $(UV) ## Install the bot into .venv
	@$(UV) sync --locked --no-default-groups --inexact --quiet

.tools/bin/uv:
	@python3 scripts/get_uv.py

clean: ## Remove what was installed and made here
	rm -rf .venv .tools .demo .cache site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

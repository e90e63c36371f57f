# The commands of Yitu; `make help` lists them.
PYTHON ?= python3
PLACE ?= data/sample
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
FOR_TESTS := $(VENV)/installed-for-tests
BROWSER_FILES := dashboard/static/vendor/complete

.PHONY: help run test check bench notebooks clean
.DEFAULT_GOAL := help

help: ## 列出命令 / list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED) $(BROWSER_FILES) ## 装好并打开看板 / set up and serve the dashboard (PLACE=data/sample)
	@$(BIN)/yitu build $(PLACE) --if-changed || true
	@$(BIN)/yitu serve $(PLACE) --no-browser

test: $(FOR_TESTS) $(BROWSER_FILES) ## 全部检查与测试 / all checks and tests
	@bash .ci/browser
	@$(MAKE) --no-print-directory lint
	@$(BIN)/pytest -n auto --dist loadfile

check: $(FOR_TESTS) $(BROWSER_FILES) ## 快速检查 / quick checks and the fast tests
	@$(MAKE) --no-print-directory lint
	@$(BIN)/pytest -m "not slow and not browser"

.PHONY: lint
lint: $(FOR_TESTS)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(FOR_TESTS) ## 测速 / measure speed and memory
	@$(BIN)/python -c 'import igraph, pandana, pulp, spopt, transbigdata' 2>/dev/null || $(BIN)/pip install --quiet -c requirements.lock -e '.[test,bench]' || true
	@$(BIN)/python -m tests.bench

# JupyterLab would ask outside for news, for newer versions and for extensions.
QUIETLY := --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None --LabApp.extension_manager=readonly
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

notebooks: $(INSTALLED) $(BROWSER_FILES) ## 打开笔记本 / open the notebooks (PLACE=data/sample)
	@$(BIN)/python -c 'import jupyterlab' 2>/dev/null || $(BIN)/pip install --quiet -c requirements.lock -e '.[notebooks]'
	@$(BIN)/yitu build $(PLACE) --if-changed || true
	@YITU_PLACE="$(abspath $(PLACE))" $(BIN)/jupyter lab $(QUIETLY) $(AS_ROOT) notebooks

clean: ## 删去环境与生成物 / remove the environment and what was built
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis data/sample/snapshots node_modules dashboard/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml requirements.lock
	@bash .ci/setup "$(PYTHON)" "$(VENV)" "." "$(INSTALLED)"

# Spark, half a gigabyte, is tested where the Java is that it needs.
WITH_SPARK = $(shell java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])' && echo ,spark)

$(FOR_TESTS): pyproject.toml requirements.lock
	@bash .ci/setup "$(PYTHON)" "$(VENV)" ".[test$(WITH_SPARK)]" "$(FOR_TESTS)"
	@touch $(INSTALLED)

$(BROWSER_FILES): package.json package-lock.json dashboard/vendor_files.py | $(INSTALLED)
	@bash .ci/browser_files "$(VENV)"

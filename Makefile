# Sotinh. `make` alone lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
# Relative PORTALS and DATA_DIR count from where make was called.
abs = $(if $(1),$(if $(filter /%,$(1)),$(1),$(CURDIR)/$(1)))
SPARK_VENV := $(ROOT)/.venv-spark
# With the engine spark everything runs in the environment that has it.
ENGINE_SETUP := $(if $(filter spark,$(SOTINH_ENGINE)),$(SPARK_VENV)/.installed)
VENV := $(if $(ENGINE_SETUP),$(SPARK_VENV),$(ROOT)/.venv)
PY := $(VENV)/bin/python
NOTEBOOK_VENV := $(ROOT)/.venv-notebook
BI_VENV := $(ROOT)/.venv-bi
FUZZ_VENV := $(ROOT)/.venv-fuzz
CLUSTER_VENV := $(ROOT)/.venv-cluster
LAKE_VENV := $(ROOT)/.venv-lake
DATA_DIR ?= $(ROOT)/data
export SOTINH_DATA_DIR := $(call abs,$(DATA_DIR))
export SOTINH_PORTALS := $(call abs,$(PORTALS))
export PYTHONPATH := $(ROOT)
# A run starts some twenty processes, each of which would compile Airflow or dbt anew: half of their start.
unexport PYTHONDONTWRITEBYTECODE
RUN := cd $(ROOT) && $(PY) -m

.PHONY: help run status site open doctor up check-portals new-portal test tests floors lint lint-python lint-sql lock clean rebuild requarantine reclean rollback setup setup-dev bench-extraction bench-cleaning bench-hostile restore export docs freshness dictionary bench-queries bench-site bench-growth test-site notebook test-notebook mutations bi bi-bundle test-bi audit bench-load fuzz faults kills cluster-test setup-lake ducklake-test setup-spark spark-test bench-spark

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(ROOT)/Makefile | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

setup: $(ENGINE_SETUP) $(VENV)/.runtime
setup-dev: $(VENV)/.dev

$(VENV)/.runtime: $(ROOT)/requirements.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(VENV) requirements.lock && touch $@
$(VENV)/.dev: $(ROOT)/requirements-dev.lock $(VENV)/.runtime
	@bash $(ROOT)/setup.sh $(VENV) requirements-dev.lock && touch $@
$(VENV)/.bench: $(ROOT)/requirements-bench.lock $(VENV)/.runtime
	@bash $(ROOT)/setup.sh $(VENV) requirements-bench.lock && touch $@

$(NOTEBOOK_VENV)/.installed: $(ROOT)/requirements-notebook.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(NOTEBOOK_VENV) requirements-notebook.lock && touch $@

$(FUZZ_VENV)/.installed: $(ROOT)/requirements-fuzz.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(FUZZ_VENV) requirements-fuzz.lock && touch $@

$(CLUSTER_VENV)/.installed: $(ROOT)/requirements-cluster.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(CLUSTER_VENV) requirements-cluster.lock && touch $@
$(LAKE_VENV)/.installed: $(ROOT)/requirements-lake.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(LAKE_VENV) requirements-lake.lock && touch $@
$(VENV)/.lake: $(ROOT)/requirements-lake.lock $(VENV)/.runtime
	@bash $(ROOT)/setup.sh $(VENV) requirements-lake.lock && touch $@
$(SPARK_VENV)/.installed: $(ROOT)/requirements-spark.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(SPARK_VENV) requirements-spark.lock && touch $@

# 12: the newest Python 3 that Superset's packages have wheels for.
$(BI_VENV)/.installed: $(ROOT)/requirements-bi.lock $(ROOT)/requirements-bootstrap.lock $(ROOT)/setup.sh
	@bash $(ROOT)/setup.sh $(BI_VENV) requirements-bi.lock 12 && touch $@

run: setup ## load the sample portals (or PORTALS=<file>) into DATA_DIR and show what was found
	@$(RUN) include.operations.run_night

status: setup ## show again what is published in DATA_DIR
	@$(RUN) include.operations.summary

doctor: ## say what is wrong with this installation, and what to do (JSON=1 for programs)
	@test -x $(PY) || { echo "There is no environment yet: run \`make setup\`."; exit 1; }
	@$(RUN) include.operations.doctor $(if $(JSON),--json)

site: setup ## draw the pages about what is published, DATA_DIR/site, again
	@$(RUN) include.operations.site_pages

open: setup ## open the site of DATA_DIR in a browser
	@$(RUN) include.operations.site_pages --open

check-portals: setup ## ask each portal (PORTALS=<file>, ONLY=<id>) what its entry says; stores nothing
	@$(RUN) include.operations.check_portals $(if $(ONLY),--only $(ONLY))

new-portal: setup ## print a registry entry made from a saved page (PAGE=<file>, URL=<its address>)
	@$(PY) -m include.operations.new_portal $(if $(PAGE),'$(PAGE)') $(if $(URL),--url '$(URL)')

up: setup ## start Airflow with its UI and schedules on 127.0.0.1
	@$(RUN) include.operations.start_airflow

rebuild: setup ## read every landed article again with the present rules, build and publish
	@$(RUN) include.operations.run_night --rebuild

requarantine: setup ## clean archived pages that were quarantined again (or OUTCOMES=empty,quarantined), build and publish
	@$(RUN) include.operations.run_night --requarantine $(or $(OUTCOMES),quarantined)

reclean: setup ## clean the newest archived capture of every page again with the present rules, build and publish
	@$(RUN) include.operations.run_night --reclean

rollback: setup ## put the release before the present one back in place
	@$(RUN) include.operations.roll_back

restore: setup ## put the published file back that was removed or changed; RAW=1: build all again from landing/
	@$(RUN) include.operations.restore $(if $(RAW),--from-raw)

export: setup ## write Parquet, CSV and datapackage.json of the release in place, where a night could not
	@$(RUN) include.operations.export_release

docs: setup ## write DATA_DIR/docs/index.html: every model, column and test of the marts, lineage; one file
	@$(RUN) include.operations.write_docs

freshness: setup ## how old what was landed is, against the limits in the dbt project; fails where too old
	@$(RUN) include.operations.show_freshness

dictionary: setup ## write docs/data_dictionary.md anew from the dbt project
	@$(RUN) include.operations.data_dictionary

bench-extraction: $(VENV)/.bench ## time extraction beside baselines and other libraries; ARGS="--memory" and the like
	@$(RUN) benchmarks.extraction $(ARGS)

bench-cleaning: $(VENV)/.bench ## hold the cleaner beside other libraries on labelled pages; ARGS="--misses" and the like
	@$(RUN) benchmarks.cleaning $(ARGS)
bench-hostile: setup-dev ## put every kind of hostile answer to fetch and clean alone; ARGS="--only gzip" and the like
	@$(RUN) benchmarks.hostile $(ARGS)

bench-queries: setup-dev ## time the questions of docs/questions on a million invented claims; ARGS="--claims 100000" and the like
	@$(RUN) benchmarks.queries $(ARGS)

bench-load: setup-dev ## what a page costs to the marts, a night without any, a rebuild; ARGS="--pages 2000,10000", "--night", "--rebuild 2000"
	@$(RUN) benchmarks.load $(ARGS)

bench-growth: setup-dev ## time a night of 500 articles on histories of several sizes; ARGS="--folder /big/disk --articles 10000 100000"
	@$(RUN) benchmarks.growth $(ARGS)

bench-site: setup-dev ## time the building of the site and weigh its pages; ARGS="--claims 10000" and the like
	@$(RUN) benchmarks.site $(ARGS)

faults: setup-dev ## inject every fault of the network, alone and mixed, and write docs/reliability.md's part; ARGS="--only gzip --dry" and the like
	@$(RUN) tests.faults $(ARGS)

notebook: $(NOTEBOOK_VENV)/.installed ## open the ten questions as a notebook on 127.0.0.1, or ARGS="--export page.html"
	@$(NOTEBOOK_VENV)/bin/python -m notebooks $(ARGS)

test-notebook: setup-dev $(NOTEBOOK_VENV)/.installed ## run the notebook without a browser and look at its answers
	@cd $(ROOT) && SOTINH_NOTEBOOK_PYTHON=$(NOTEBOOK_VENV)/bin/python $(PY) -m pytest tests/notebooks

bi: $(BI_VENV)/.installed ## open what is published in Apache Superset on 127.0.0.1, with a dashboard (docs/bi.md)
	@cd $(ROOT) && $(BI_VENV)/bin/python -m bi

bi-bundle: setup ## write bi/bundle, what Superset imports, anew from bi/dashboard.yml and the dbt project
	@$(RUN) bi.write_bundle

test-bi: setup-dev $(BI_VENV)/.installed ## import the dashboard into a fresh Superset and ask every chart while nights are published
	@cd $(ROOT) && SOTINH_BI_PYTHON=$(BI_VENV)/bin/python $(PY) -m pytest tests/bi

setup-spark: $(SPARK_VENV)/.installed ## make the environment of the engine spark, .venv-spark, and see that Java 17 is there (docs/spark.md)
	@bash $(ROOT)/tests/scale/spark/java.sh

spark-test: setup-dev setup-spark ## clean and extract 20,000 pages on a Spark cluster of this machine, kill its executors, compare the rows; PAGES=<count>
	@cd $(ROOT) && SOTINH_SPARK_PYTHON=$(SPARK_VENV)/bin/python SOTINH_SPARK_PAGES=$(or $(PAGES),20000) $(PY) -m pytest tests/scale/spark

bench-spark: setup-dev setup-spark ## time both engines at several sizes and write docs/spark.svg and the table of docs/spark.md; ARGS="--pages 500,2000"
	@cd $(ROOT) && SOTINH_SPARK_PYTHON=$(SPARK_VENV)/bin/python $(PY) -m benchmarks.spark $(ARGS)

test: setup-dev ## lint, types, import contracts and every test
	@$(MAKE) --no-print-directory -j3 -f $(ROOT)/Makefile lint-python lint-sql tests

# test_night.py waits as much as it works, so that two cores keep three workers busy.
tests: setup-dev ## every test, without lint
	@cd $(ROOT) && $(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder

cluster-test: $(CLUSTER_VENV)/.installed ## run the nightly load over Celery workers, kill some, and hold the marts beside one machine's
	@bash $(ROOT)/tests/scale/debian.sh initdb=postgresql redis-server=redis-server
	@cd $(ROOT) && SOTINH_CLUSTER_LANE=1 $(CLUSTER_VENV)/bin/python -m pytest tests/scale/cluster $(ARGS)

test-site: setup-dev ## walk the site in every language, size and colour scheme in the system's Chromium
	@for name in "$${SOTINH_CHROMIUM:-chromium}" chromium-browser google-chrome; do command -v "$$name" >/dev/null && exit 0; done; \
	  echo "There is no Chromium here: apt install chromium, or name one in SOTINH_CHROMIUM."; exit 1
	@cd $(ROOT) && SOTINH_EVERY_VIEW=1 $(PY) -m pytest tests/site/browser -n 2 --dist loadfile

floors: setup-dev ## raise the floors of extraction to what it reaches now (LOWER=<set.field> to lower one)
	@$(RUN) tests.extract.floors $(foreach field,$(LOWER),--lower $(field))

mutations: setup-dev ## make every mistake on purpose and write which guard caught it to docs/mutations.md
	@$(RUN) tests.quality.mutations

fuzz: $(FUZZ_VENV)/.installed ## fuzz every parser and write the table of docs/reliability.md; ARGS="--minutes 10 --only numbers"
	@cd $(ROOT) && $(FUZZ_VENV)/bin/python -m tests.fuzz $(ARGS)
kills: setup-dev ## kill every stage of a night 500 times and more and try faults of storage; ARGS="--kills 500 --seed 1"
	@$(RUN) tests.kills $(ARGS)

setup-lake: $(VENV)/.lake ## install what a warehouse of several writers needs (docs/ducklake.md)
ducklake-test: $(LAKE_VENV)/.installed ## load a file and a lake with a PostgreSQL of its own, kill and refuse, hashes side by side
	@bash $(ROOT)/tests/scale/debian.sh initdb=postgresql
	@cd $(ROOT) && $(LAKE_VENV)/bin/python -m tests.scale.ducklake $(ARGS)

lint: setup-dev ## check style, types, SQL and who imports whom; changes nothing
	@$(MAKE) --no-print-directory -j2 -f $(ROOT)/Makefile lint-python lint-sql

lint-python: setup-dev ## the part of lint that reads Python: ruff, mypy, import contracts
	@cd $(ROOT) && $(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .
	@cd $(ROOT) && $(VENV)/bin/mypy
	@cd $(ROOT) && $(VENV)/bin/lint-imports --no-cache

lint-sql: setup-dev ## the part of lint that reads SQL: sqlfluff
	@cd $(ROOT) && $(VENV)/bin/sqlfluff lint --disable-progress-bar -q dbt_project docs/questions bi/sql

audit: setup-dev ## look for weak releases, secrets, unlocked packages, licences (OFFLINE=1; SBOM=<file> writes what is locked)
	@$(RUN) audit $(if $(OFFLINE),--offline) $(if $(SBOM),--sbom '$(call abs,$(SBOM))')

lock: setup ## resolve requirements*.txt again into the hash-locked files
	@cd $(ROOT) && for set in requirements "requirements requirements-dev" "requirements requirements-compose" "requirements requirements-compose requirements-cluster" "requirements requirements-bench" "requirements requirements-lake" requirements-notebook requirements-fuzz requirements-spark requirements-bi; do \
	  inputs=$$(for name in $$set; do echo $$name.txt; done); output=$${set##* }.lock; \
	  $(VENV)/bin/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header $$inputs -o $$output || exit 1; done

clean: ## remove the environment and caches; with DATA=1 the default data folder too
	@cd $(ROOT) && rm -rf .venv .venv-notebook .venv-bi .venv-fuzz .venv-cluster .venv-lake .venv-spark .fuzz $(if $(DATA),data) dbt_project/target dbt_project/logs .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find $(ROOT) -name __pycache__ -type d -prune -exec rm -rf {} +

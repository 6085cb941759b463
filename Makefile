# Two commands do all the set-up: `make demo` and `make test`. `make check` is what CI runs.

SWIFT ?= swift
BUILD ?= .build
RELEASE := $(SWIFT) build -c release --product materia --scratch-path $(BUILD)
MATERIA := $(BUILD)/release/materia
PACKAGES := pkg-config libarchive-dev zlib1g-dev libsnappy-dev libzstd-dev libxml2-dev libutf8proc-dev libssl-dev libyaml-dev libpcre2-dev

.PHONY: demo build deps test check format lint readme-tables bench ecosystem corpora-check report-picture clean

## demo: install what is missing, build, and turn the bundled samples into Output/quickstart
demo: build
	$(MATERIA) build Recipes/quickstart.yaml --output Output/quickstart

build: deps
	$(RELEASE)

## deps: the C libraries, from Debian, unless they are there
deps:
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "installing$$missing"; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing; \
	fi

## test: every test of the package
test: deps
	$(SWIFT) test --scratch-path $(BUILD)

## check: format, warnings as errors, imports, tests, recipes, reproducibility, real trainers
check:
	bash .ci/run

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

## readme-tables: write the tables of the README again from the code
readme-tables:
	@RECORD_GOLDEN=1 $(SWIFT) test --scratch-path $(BUILD) --filter ReadmeTests > /dev/null 2>&1 || true
	$(SWIFT) test --scratch-path $(BUILD) --skip-build --filter ReadmeTests

## bench: literature throughput against zcat, on generated MEDLINE
bench: build
	bash Tests/Benchmarks/medline.sh $(MATERIA)

## ecosystem: the real trainers and loaders take what a build emitted, and refuse what is broken
ecosystem: PACKAGES += chromium-headless-shell
ecosystem: build
	bash Tests/Ecosystem/setup.sh .venv-ecosystem
	MATERIA_BINARY="$(abspath $(MATERIA))" .venv-ecosystem/bin/python -m pytest -q -W ignore -p no:cacheprovider Tests/Ecosystem

## corpora-check: build every recipe whose real corpus is at hand and compare the published counts
corpora-check: build
	@shared="$${MATERIA_SHARED:-../shared}"; \
	if [ -d "$$shared/corpora" ]; then \
	  python3 Tests/CorporaCheck/check.py $(MATERIA) "$$shared/corpora"; \
	else echo "no shared corpora: nothing to check"; fi

## report-picture: draw the README's picture of a report again
report-picture: PACKAGES += chromium-headless-shell
report-picture: demo
	bash Tests/Ecosystem/setup.sh .venv-ecosystem
	.venv-ecosystem/bin/python Tests/Ecosystem/picture.py Output/quickstart/report.html Documentation/report.png

clean:
	rm -rf $(BUILD) Output/*/

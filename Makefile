PRODUCT := northflank-backup-exporter
BINARY := .build/release/$(PRODUCT)
VENV := .build-venv
# More arguments for the exporter (make run) or for pytest (make test-end-to-end).
ARGS :=

.PHONY: help run build test test-swift test-end-to-end lint format bench bench-freshness docs manifests clean dependencies test-dependencies
# Swift builds wait for each other anyway.
.NOTPARALLEL:

help:
	@echo "make run    build the exporter and run it; without NORTHFLANK_API_TOKEN on a simulated fleet"
	@echo "make test   run all tests, those with a real Prometheus included"
	@echo "make build  build $(BINARY)"
	@echo "make lint   check the format of the sources and the shell scripts"
	@echo "make format reformat the sources"
	@echo "make bench  measure speed and memory"
	@echo "make bench-freshness  print how soon backups are seen, in virtual time"
	@echo "make docs   write docs/metrics.md anew from the metric catalog"
	@echo "make manifests  copy rules and dashboards into the Helm chart and render deploy/kubernetes anew"
	@echo "make clean  remove what was built"
	@echo "run, build and test install the Debian packages that they need, and say which."

run: build
	@exec scripts/run $(BINARY) $(ARGS)

build: dependencies
	swift build -c release --static-swift-stdlib --product $(PRODUCT)

test: test-dependencies test-swift test-end-to-end

test-swift: test-dependencies
	swift build --build-tests
	# One after the other: some tests block a thread until a peer answers, and a machine with two cores
	# has two threads for all tasks.
	swift test --skip-build --disable-xctest --no-parallel

test-end-to-end: build test-dependencies $(VENV)/installed
	$(VENV)/bin/pytest Tests/EndToEnd $(ARGS)

$(VENV)/installed: Tests/EndToEnd/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

lint:
	@scripts/install-dependencies lint
	swift format lint --strict -r Package.swift Sources Tests
	shellcheck scripts/* .ci/run

format:
	swift format --in-place -r Package.swift Sources Tests

bench: build
	scripts/bench $(ARGS)

bench-freshness: dependencies
	swift build -c release --static-swift-stdlib --product freshness-benchmark
	.build/release/freshness-benchmark $(ARGS)

docs: build
	scripts/docs $(BINARY)

manifests: $(VENV)/installed
	scripts/manifests $(VENV)/bin/python

clean:
	rm -rf .build $(VENV)

dependencies:
	@command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed first: https://www.swift.org/install/"; exit 1; }
	@scripts/install-dependencies build

test-dependencies: dependencies
	@scripts/install-dependencies test

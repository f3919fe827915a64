PRODUCT := northflank-backup-exporter
# lld makes a smaller program than the default linker, whose relocations, which every start has to apply, take a few
# kilobytes instead of more than one megabyte. Nothing is linked to the program, so that it need not export its symbols.
LINK := -Xswiftc -use-ld=lld $(addprefix -Xlinker ,-z pack-relative-relocs --icf=safe --no-export-dynamic)
# Nothing in the program depends on the folder of its source: neither paths, nor the names of precompiled headers in the
# debug information, nor the compiler's hashes of its modules.
REPRODUCIBLE := $(addprefix -Xswiftc ,-file-prefix-map $(CURDIR)=. -Xfrontend -no-clang-module-breadcrumbs) \
	-Xcc -ffile-prefix-map=$(CURDIR)=. -Xcxx -ffile-prefix-map=$(CURDIR)=. \
	$(addprefix -Xlinker ,-T $(CURDIR)/scripts/release.ld)
RELEASE := swift build -c release --static-swift-stdlib $(LINK) $(REPRODUCIBLE) --product
BINARY := .build/release/$(PRODUCT)
VENV := .build-venv
# More arguments for the exporter (make run) or for pytest (make test-end-to-end).
ARGS :=
# The commit that --version shows. SwiftPM reads Package.swift anew only if the file or the environment has changed, so
# without the variable a build after another commit would still tell the first one.
REVISION := $(or $(REVISION),$(shell git rev-parse HEAD 2>/dev/null))
export REVISION
VERSION = $(shell sed -n 's/^appVersion: "\(.*\)"$$/\1/p' deploy/helm/$(PRODUCT)/Chart.yaml)

.PHONY: help run build symbols test test-swift test-end-to-end lint format sanitize fuzz bench bench-freshness bench-scaling bench-verdicts soak docs sbom dashboards manifests screenshots deb reproducible container test-container clean dependencies test-dependencies
# Swift builds wait for each other anyway.
.NOTPARALLEL:

help:
	@echo "make run    build the exporter and run it; without NORTHFLANK_API_TOKEN on a simulated fleet"
	@echo "make test   run all tests, those with a real Prometheus included"
	@echo "make build  build $(BINARY)"
	@echo "make symbols  write the debug symbols of $(BINARY) to a file of their own"
	@echo "make lint   check the format of the sources and the shell scripts"
	@echo "make format reformat the sources"
	@echo "make sanitize  run the Swift tests with the thread and the address sanitizer (half an hour)"
	@echo "make fuzz   run each fuzzer for ten minutes; ARGS='--seconds 60 lists' for less"
	@echo "make bench  measure speed and memory"
	@echo "make bench-freshness  print how soon backups are seen, in virtual time"
	@echo "make bench-scaling  print what fleets of 100, 1,000 and 10,000 addons cost"
	@echo "make bench-verdicts  print which faults of a simulated fleet are found, and when, in virtual time"
	@echo "make soak   run a month of simulated faults, reloads, scrapes and webhooks in 20 minutes; ARGS=\"--minutes 3\""
	@echo "make docs   write docs/metrics.md anew from the metric catalog, and the licences in docs/dependencies.md"
	@echo "make sbom   write a bill of materials of what is linked, for vulnerability scanners"
	@echo "make dashboards  write dashboards/*.json anew from dashboards/generate"
	@echo "make manifests  make the alert rules, copy them and the dashboards into the Helm chart and render deploy/kubernetes anew"
	@echo "make screenshots  make the pictures in docs/images anew"
	@echo "make deb    build a Debian package in .build-deb"
	@echo "make reproducible  build the commit and its Debian package in two folders and compare the bytes"
	@echo "make container  build the container image with Docker, as $(PRODUCT):$(VERSION) and :latest"
	@echo "make test-container  build the image without Docker, with a stand-in for the compiler"
	@echo "make clean  remove what was built"
	@echo "run, build and test install the Debian packages that they need, and say which."

run: build
	@exec scripts/run $(BINARY) $(ARGS)

build: dependencies
	$(RELEASE) $(PRODUCT)

# For gdb and perf, where the stripped program of a package or an image runs.
symbols: build
	objcopy --only-keep-debug --compress-debug-sections $(BINARY) $(BINARY).debug

test: test-dependencies test-swift test-end-to-end

test-swift: test-dependencies
	swift build --build-tests
	swift test --skip-build --disable-xctest

test-end-to-end: build test-dependencies $(VENV)/installed
	$(VENV)/bin/pytest Tests/EndToEnd $(ARGS)

$(VENV)/installed: Tests/EndToEnd/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

lint:
	@scripts/install-dependencies lint
	swift format lint --strict -r Package.swift Sources Tests
	shellcheck $$(grep -ld skip '^#!/bin/sh' scripts/*) .ci/run deploy/container/rootfs deploy/debian/postrm

format:
	swift format --in-place -r Package.swift Sources Tests

# Half an hour: everything is compiled twice more.
sanitize: test-dependencies $(VENV)/installed
	scripts/sanitize $(VENV)/bin/python $(ARGS)

fuzz: test-dependencies $(VENV)/installed
	scripts/fuzz $(VENV)/bin/python $(ARGS)

bench: build
	scripts/bench $(ARGS)

bench-freshness: dependencies
	$(RELEASE) freshness-benchmark
	.build/release/freshness-benchmark $(ARGS)

bench-scaling: build
	scripts/install-dependencies bench
	python3 benchmarks/scaling.py $(ARGS)

bench-verdicts: dependencies
	$(RELEASE) verdict-benchmark
	.build/release/verdict-benchmark $(ARGS)

soak: build $(VENV)/installed
	$(VENV)/bin/python benchmarks/soak.py $(ARGS)

docs: build $(VENV)/installed
	scripts/docs $(BINARY)
	$(VENV)/bin/python scripts/sbom $(BINARY) --licences docs/dependencies.md

sbom: build $(VENV)/installed
	$(VENV)/bin/python scripts/sbom $(BINARY) --output .build/$(PRODUCT).cdx.json

dashboards: $(VENV)/installed
	cd dashboards && ../$(VENV)/bin/python -m generate
	scripts/manifests $(VENV)/bin/python

manifests: $(VENV)/installed
	scripts/manifests $(VENV)/bin/python

screenshots: build test-dependencies $(VENV)/installed
	scripts/screenshots $(BINARY) $(VENV)/bin/python

deb: build
	@scripts/install-dependencies deb
	scripts/deb $(BINARY) .build-deb

# Ten minutes: everything is compiled twice.
reproducible: dependencies
	@scripts/install-dependencies deb
	scripts/reproducible

container:
	docker build --file deploy/container/Dockerfile --build-arg REVISION=$(or $(REVISION),unknown) \
		--tag $(PRODUCT):$(VERSION) --tag $(PRODUCT):latest .

test-container: build test-dependencies $(VENV)/installed
	@scripts/install-dependencies container
	$(VENV)/bin/pytest Tests/EndToEnd/test_container_build.py -m slow -n 0 $(ARGS)

clean:
	rm -rf .build .build-deb .build-fuzz .build-thread .build-address $(VENV)

dependencies:
	@command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed first: https://www.swift.org/install/"; exit 1; }
	@scripts/install-dependencies build

test-dependencies: dependencies
	@scripts/install-dependencies test deb

# A thin front over the CMake presets; tools/ does the work.
#   make run     build and start daytwo on http://127.0.0.1:9420, state in var/
#   make test    everything a change must pass; ends with ctest's closing line
# ARGS goes on to what run, demo, bench and bench-peers start.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
LISTEN ?= 127.0.0.1:9420
ARGS ?=

.PHONY: run build test demo bench bench-peers check-all package clean debug

build:
	@tools/setup
	@tools/configure release
	@cmake --build --preset release -j$(JOBS) --target daytwo

run: build
	@mkdir -p var
	@exec build/release/daytwo serve --storage.path=var --web.listen-address=$(LISTEN) $(ARGS)

demo: build
	@exec build/release/daytwo demo $(ARGS)

debug:
	@tools/setup
	@tools/configure debug
	@cmake --build --preset debug -j$(JOBS)

test:
	@tools/setup test
	@tools/configure debug
	@nice cmake --build --preset debug -j$(JOBS)
	@tools/lint
	@rm -rf build/debug/results && mkdir build/debug/results
	@ctest --preset debug

bench:
	@tools/setup
	@tools/configure release
	@cmake --build --preset release -j$(JOBS) --target daytwo daytwo_bench
	@tools/bench $(ARGS)
	@tools/bench-chance
	@tools/bench-agent

bench-peers:
	@tools/setup test
	@tools/configure release
	@cmake --build --preset release -j$(JOBS) --target daytwo
	@tools/bench-peers $(ARGS)

check-all:
	@tools/setup test
	@tools/check-all

package: build
	@tools/package

clean:
	@rm -rf build/debug build/tsan build/release build/fuzz build/coverage build/gcc

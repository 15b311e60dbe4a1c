# Everything that is done every day. CI and the hooks call these targets and define nothing of their own.

.DEFAULT_GOAL := help
.PHONY: help dev check check-rust check-python test gates docs phone-tables phone-oracle fix bench bench-ambiguity demo clean

VENV := .venv
ifeq ($(OS),Windows_NT)
    PYTHON ?= python
    BIN := $(VENV)/Scripts
else
    PYTHON ?= python3
    BIN := $(VENV)/bin
endif
PY := $(BIN)/python
# Cargo alone, without maturin, looks here for the Python to build against.
export VIRTUAL_ENV := $(CURDIR)/$(VENV)

help: ## say what the targets do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The fault lets a test make the engine panic; wheels are built without it.
dev: $(VENV)/ready ## build the extension into .venv (made at the first call; PYTHON=python3.12 chooses)
	$(PY) -m maturin develop --release --locked --features fault

$(VENV)/ready: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rasura needs Python 3.11 or newer and this is " + sys.version.split()[0] + "; try make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@

check: check-rust check-python test gates ## everything that CI runs; changes no file of the project

check-rust: $(VENV)/ready ## formatting, lints and documentation of the Rust code
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features --locked -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --locked --quiet
	@if command -v cargo-deny > /dev/null; then cargo deny --log-level error check; \
	else echo "cargo-deny is not installed: licences and advisories of dependencies are not checked"; fi

check-python: dev ## formatting, lints and types of the Python code
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	$(PY) -m mypy.stubtest rasura

test: dev ## the tests of both languages
	cargo test --workspace --all-targets --locked --quiet
	cargo test --workspace --doc --locked --quiet
	$(PY) -m pytest --quiet tests

gates: dev ## the benchmarks once, for their counts, and the instruction gates
	$(PY) -m pytest --quiet --benchmark-disable benches
	$(PY) benches/gate.py

docs: $(VENV)/ready ## write the page of identifiers, and the package's copy, out of the packs
	$(PY) docs/generate.py

phone-tables: $(VENV)/ready ## write the numbering plans of the world out of the `phonenumbers` package
	$(PY) rust/rasura-pack/src/phone/generate.py > rust/rasura-pack/src/phone/tables.tmp
	mv rust/rasura-pack/src/phone/tables.tmp rust/rasura-pack/src/phone/tables.rs

phone-oracle: $(VENV)/ready ## compare the numbering plans with the package, 2.5 million numbers
	$(PY) tests/phone_oracle.py

fix: $(VENV)/ready ## format, and apply what the linters can mend
	cargo fmt --all
	cargo clippy --workspace --all-targets --all-features --fix --allow-dirty --allow-staged
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

bench: dev ## one table of speeds, after the counts are right
	$(PY) benches/table.py

bench-ambiguity: dev ## count how often random digits are reported; writes docs/ambiguity.md
	$(PY) benches/ambiguity.py

demo: dev ## redact a sample conversation
	@$(PY) -m rasura demo

clean: ## remove what was built
	rm -rf $(VENV) target dist
	find python -name '*.so' -delete -o -name '*.pyd' -delete

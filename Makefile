# The one front door. `make` alone lists what there is; the logic lives in Rust.
.DEFAULT_GOAL := help
.PHONY: help demo test browser check template conformance bench eval train build release

help: ## List these targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## See it work: build, start the stack in the process, score the sample export, show the top risks
	@cargo run -p local -- demo --out target/demo

test: ## Run every test (builds the binaries first: some tests run them; `make browser` once for those in a browser)
	cargo build --workspace --bins
	cargo test --workspace

browser: ## Install what the browser tests need, on Debian and its kin: Chromium (as root)
	command -v chromium || (apt-get update -q && apt-get install -y -q --no-install-recommends chromium)

check: template ## Formatting, lints, the rules of the house, and the template of the stack
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test -p tests --test layers --test house --test template

template: target/aws-venv target/checkov-venv target/cfn-guard ## What cfn-lint, SAM, cfn-guard and checkov say of the stack's template, and mistakes that they must catch
	$</bin/python tests/aws/gate.py
	$</bin/python tests/aws/test_gate.py

target/%-venv: tests/aws/requirements-%.txt
	@command -v python3 > /dev/null || { echo "the gate of the template needs python3 with its venv module"; exit 1; }
	python3 -m venv $@ && $@/bin/pip install -q --disable-pip-version-check -r $< && touch $@

target/cfn-guard: # a minute or two, once
	cargo install -q cfn-guard --version 3.2.1 --locked --root $@

conformance: ## The shipped binary on an AWS of other hands (ministack), case by case
	cargo build --workspace --bins
	cargo test -p tests --test ministack -- --nocapture

# On listings of your own, too: make bench DATA=FILE
bench: target/bench-venv ## Speed of each stage and of requests, memory, start time and size, beside a Python script of the same job
	cargo build --release -q -p ingest -p score-api
	cargo run --release -q -p tests --bin bench -- $(if $(DATA),--data $(DATA))

# Without Python or a way to its packages the bench leaves that row out.
target/bench-venv: tests/bench/requirements.txt
	-python3 -m venv $@ && $@/bin/pip install -q -r $< && touch $@

# Quick: make eval EVAL=--quick. Another labelled file: make eval DATA=FILE. The run becomes the committed one: make eval UPDATE=1.
eval: target/eval-venv ## Scoring quality: figures with intervals, baselines, calibration, fairness, in target/eval/eval.html
	cargo build --release -p local -p eval --bin touchstone --bin fired
	cd tests/eval && ../../$</bin/python -m unittest discover -q -s report -t .
	PYTHONPATH=tests/eval $</bin/python -m report $(DATA) $(if $(UPDATE),--update) $(EVAL)

# Not in a test: the labelled listings are not part of this repository. Without them it says so and changes nothing.
train: target/eval-venv ## Learn the weights from labelled listings anew: shared/scoring/policy/learned.toml, to be read before it is committed
	cargo build --release -q -p eval --bin fired
	cd tests/eval && ../../$</bin/python -m train $(if $(DATA),--data $(abspath $(DATA))) --out ../../shared/scoring/policy/learned.toml

target/eval-venv: tests/eval/requirements.txt
	python3 -m venv $@ && $@/bin/pip install -q -r $< && touch $@

build: ## Lambda artefacts in target/lambda (needs cargo-lambda; the flag keeps it from fetching compilers)
	cargo lambda build --profile lambda --x86-64 --skip-target-check --output-format zip -p ingest -p score-api

release: ## The command itself: target/release/touchstone
	cargo build --release -p local --bin touchstone

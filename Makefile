# mediadock. `make help` lists what there is; `make demo` and `make test` need Go alone.

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
BIN     := bin/mediadock
# Where install-extras puts manual pages and completions: a home, or /usr/local.
PREFIX  ?= $(HOME)/.local
SHARE   := $(DESTDIR)$(PREFIX)/share
# Run as a pinned module, so that everybody lints with the same version.
LINT    := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.DEFAULT_GOAL := help
.PHONY: help demo test test-real test-oracle build install install-extras lint bench bench-environments fmt

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## open the terminal UI on the built-in AWS; nothing leaves this machine
	@$(BIN) demo

test: ## everything that is tested: format, vet, unit, behaviour, scripts, terminal journey
	@./.ci/test

test-real: ## the behavioural suites against VersityGW and MinIO, installed and started on loopback
	@./.ci/test-real

test-oracle: ## the policy evaluator against another one, on thousands of pairs; needs Node
	@./.ci/test-oracle

build: ## build bin/mediadock
	@$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/mediadock

install: ## install mediadock into GOBIN
	@$(GO) install -trimpath -ldflags '$(LDFLAGS)' ./cmd/mediadock

install-extras: build ## install manual pages and completions (bash, zsh, fish) under PREFIX, by default ~/.local
	@install -d $(SHARE)/man/man1 $(SHARE)/man/ja/man1 $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	@$(BIN) man --lang en > $(SHARE)/man/man1/mediadock.1
	@$(BIN) man --lang ja > $(SHARE)/man/ja/man1/mediadock.1
	@$(BIN) completion bash > $(SHARE)/bash-completion/completions/mediadock
	@$(BIN) completion zsh > $(SHARE)/zsh/site-functions/_mediadock
	@$(BIN) completion fish > $(SHARE)/fish/vendor_completions.d/mediadock.fish

lint: ## golangci-lint, pinned (the first run builds it: minutes)
	@GOFLAGS=-mod=mod $(GO) run $(LINT) run ./...

bench: ## benchmarks, and mediadock beside rclone, s5cmd, mc and the AWS CLI (docs/speed.md; two hours)
	@$(GO) test -run '^$$' -bench . -skip 'Environment(Many|Resume)' -benchmem -timeout 1h ./...
	@./.ci/bench-peers
	@SLOW=25ms LIST=20000 FILES=500 BIG_MIB=256 ./.ci/bench-peers
	@$(MAKE) --no-print-directory bench-environments

bench-environments: ## copying environments: beside rclone, mc, s5cmd and the AWS CLI, and memory at 10,000,000 objects (an hour)
	@OPS=env ./.ci/bench-peers
	@OPS=env SERVER=versitygw ./.ci/bench-peers
	@OPS=env SLOW=25ms ROUNDS=2 ./.ci/bench-peers
	@$(GO) test -run '^$$' -bench 'Environment(Many|Resume)' -timeout 1h ./media
	@./.ci/bench-memory

fmt: ## format the Go files
	@gofmt -w cmd tui wizard awscheck media

#!/usr/bin/env bash
# What programs of others make of the API: linters read its document, a generator makes a client of it that compiles.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

tools() { "$scratch/node_modules/.bin/$1" "${@:2}"; }

test_linters_and_a_client_generator_accept_the_document() {
  cp "$ROOT"/tests/Tools/strangers/* "$scratch"
  (cd "$scratch" && npm ci --no-audit --no-fund --ignore-scripts)
  crm up
  curl -sSf "http://127.0.0.1:$CRM_PORT/openapi/v1.json" >"$scratch/api.json"

  cd "$scratch"
  tools redocly lint --max-problems 50 --config redocly.yaml api.json
  tools spectral lint --fail-severity warn --ruleset spectral.yaml api.json
  tools openapi-typescript api.json -o api.ts
  tools tsc --noEmit --strict --skipLibCheck client.ts
}

run_all "$@"

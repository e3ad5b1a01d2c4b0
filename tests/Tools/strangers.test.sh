#!/usr/bin/env bash
# What programs of others make of the API: linters read its document, a generator makes a client of it that compiles, another one makes requests.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

tools() { "$scratch/node_modules/.bin/$1" "${@:2}"; }

test_linters_and_generators_of_clients_and_tests_accept_the_document_and_what_runs() {
  cp "$ROOT"/tests/Tools/strangers/* "$scratch"
  (cd "$scratch" && npm ci --no-audit --no-fund --ignore-scripts)
  export CRM_RATE_LIMITS=standard=unlimited,partner=unlimited,internal=unlimited
  crm up
  local name address rest documents=(api.json)
  cd "$scratch"
  curl -sSf "http://127.0.0.1:$CRM_PORT/openapi/v1.json" >api.json
  while read -r name address rest; do
    case $name in edge | graph | PostgreSQL | RabbitMQ) continue ;; esac
    curl -sSf "$address/openapi/v1.json" >"$name.json"
    documents+=("$name.json")
  done < <(crm status)
  ((${#documents[@]} > 7))

  tools redocly lint --max-problems 50 --config redocly.yaml "${documents[@]}"
  tools spectral lint --fail-severity warn --ruleset spectral.yaml "${documents[@]}"
  tools openapi-typescript api.json -o api.ts
  tools tsc --noEmit --strict --skipLibCheck client.ts
  try_requests
}

# Some 2,000 requests to routes of every service, right and wrong ones, that the document allows and forbids: each is answered as the document says.
try_requests() {
  local edge=http://127.0.0.1:$CRM_PORT said=$scratch/specmatic.out
  quietly
  # How it is told the token of the security scheme `token`.
  token=$(crm token)
  export token JAVA_TOOL_OPTIONS=-Xmx2g
  node specmatic.mjs "$edge" "$token" api.json
  if ! java -jar node_modules/specmatic/specmatic.jar test api.json --testBaseURL="$edge" --examples=examples >"$said" 2>&1; then
    grep -A 12 'has FAILED' "$said" | cut -c 1-400 | head -n 150 || true
    tail -n 40 "$said"
    return 1
  fi
  set -x
  tail -n 5 "$said"
  grep -Eq 'Tests run: [0-9]{4,}, ' "$said" # it has tried something
}

run_all "$@"

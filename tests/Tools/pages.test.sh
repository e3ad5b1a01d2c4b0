#!/usr/bin/env bash
# The pages on which people come in, seen with a browser: what a person does on them, what axe says of them, and a passkey of a virtual device.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

test_people_come_in_with_a_browser() {
  local browser
  browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || browser=$(installed_chromium)
  cp "$ROOT"/tests/Tools/pages/* "$scratch"
  (cd "$scratch" && npm ci --no-audit --no-fund --ignore-scripts)
  CRM_ISSUER=http://localhost:$CRM_PORT crm up
  (cd "$scratch" && BROWSER=$browser ADDRESS=http://localhost:$CRM_PORT SHOTS=${CRM_TEST_SHOTS:-} node --test --test-reporter=spec --test-concurrency=1 .)
}

run_all "$@"

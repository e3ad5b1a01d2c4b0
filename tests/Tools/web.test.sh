#!/usr/bin/env bash
# The web app: its types, lint and format, its units, and what people live through with it in a browser.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

web=$ROOT/web

packages() {
  [[ $web/node_modules/.package-lock.json -nt $web/package-lock.json ]] || (cd "$web" && npm ci --no-audit --no-fund --ignore-scripts)
}

test_its_types_its_lint_and_its_format_are_without_a_word() {
  packages
  (cd "$web" && npm run types && npx biome ci --error-on-warnings .)
}

test_its_units_do_what_they_should() {
  packages
  (cd "$web" && npm test)
}

# Compared, not written: others read the checkout meanwhile.
test_its_types_of_the_graph_are_those_of_the_schema() {
  packages
  (cd "$web" && npm run codegen -- --check)
}

# Only those that did not end well are told, by name.
test_people_live_through_their_stories() {
  export CRM_ISSUER=http://localhost:$CRM_PORT
  crm up
  ADDRESS=$CRM_ISSUER PASSWORD=$(sed -n 's/^DEMO=//p' "$CRM_HOME/secrets") BROWSER=$(command -v chromium) SHOTS=${CRM_TEST_SHOTS:-} \
    node --test --test-reporter=spec --test-concurrency=2 "$web"/stories/*.story.mjs >"$scratch/stories" || {
    sed -n '/failing tests:/,$p' "$scratch/stories"
    return 1
  }
}

run_all "$@"

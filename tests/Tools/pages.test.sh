#!/usr/bin/env bash
# The pages on which people come in, seen with a browser: what a person does on them, what axe says of them, a passkey of a virtual device; and their mail.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

strangers() {
  cp "$ROOT"/tests/Tools/pages/* "$scratch"
  (cd "$scratch" && npm ci --no-audit --no-fund --ignore-scripts)
}

try() { (cd "$scratch" && ADDRESS=$CRM_ISSUER node --test --test-reporter=spec "$1"); }

test_people_come_in_with_a_browser_and_mail_reaches_a_server_of_others() {
  strangers
  CRM_ISSUER=http://localhost:$CRM_PORT
  crm up
  TOKEN=$(crm token) BROWSER=$(command -v chromium) MAIL=$CRM_HOME/mail SHOTS=${CRM_TEST_SHOTS:-} try pages.test.mjs
  PASSWORD=$(sed -n 's/^DEMO=//p' "$CRM_HOME/secrets") BROWSER=$(command -v chromium) SHOTS=${CRM_TEST_SHOTS:-} try oauth.test.mjs

  # The demo people have come by the folder; from here on mail goes to a server.
  crm down
  export SMTP=$((CRM_PORT + 90)) CRM_MAIL=
  export CRM_SMTP=smtp://crm:a%20secret%2Fwith%3Asigns@127.0.0.1:$SMTP
  crm up
  try mail.test.mjs
}

run_all "$@"

#!/usr/bin/env bash
# Tests of ./crm new: a service appears everywhere services are listed, works, and goes again without a trace.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

# The checkout as it is, changes that are not committed included, as a repository of its own.
copy_checkout() {
  mkdir "$scratch/copy"
  (
    cd "$ROOT"
    git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
      if [[ -e $file ]]; then printf '%s\0' "$file"; fi
    done | tar -c --null -T - | tar -x -C "$scratch/copy"
  )
  cd "$scratch/copy"
  git init -q
  git add -A
  git -c user.name=test -c user.email=test@localhost commit -qm 'As it was'
}

run_tests() {
  dotnet build "tests/$1" -c Release -nologo -v quiet -nodeReuse:false -clp:NoSummary
  dotnet "tests/$1/bin/Release/net10.0/CrmPlatform.$1.dll" -noLogo -noColor
}

asked() { # asked <method> <path> [body]: what the edge answers
  # shellcheck disable=SC2016 # JavaScript
  node -e '
    const [method, url, token, body] = process.argv.slice(1);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    fetch(url, { method, headers, body }).then(async (answer) => console.log(answer.status, await answer.text()));
  ' "$1" "http://127.0.0.1:$CRM_PORT$2" "$(./crm token)" ${3:+"$3"}
}

test_what_cannot_be_a_service_is_refused_in_one_sentence() {
  copy_checkout
  refused 'lower-case' -- ./crm new Demo
  refused 'lower-case' -- ./crm new two-words
  refused 'word of C#' -- ./crm new event
  refused 'the platform has' -- ./crm new edge
  refused 'already' -- ./crm new contacts
  refused 'Which service' -- ./crm new
  refused 'no service' -- ./crm new --remove demo
  refused 'worked on' '--force' -- ./crm new --remove contacts
  [[ -z $(git status --porcelain) ]]
}

test_a_new_service_is_everywhere_and_goes_without_a_trace() {
  copy_checkout
  ./crm new demo

  dotnet restore CrmPlatform.slnx --locked-mode

  # The conventions hold it: AllInOne, compose, manifests, contracts, catalogue, migrations, tests.
  run_tests Tidy.Tests
  node deploy/grafana/generate.mjs --check
  [[ -f deploy/grafana/dashboards/service-demo.json ]]
  run_tests Demo.Tests

  # It runs behind the edge, which has read its routes.
  ./crm up
  [[ $(asked GET /openapi/v1.json) == 200*'"/api/v1/demo"'* ]]
  [[ $(asked POST /api/v1/demo '{"name":"The first"}') == 201*'"The first"'* ]]
  ./crm down --wipe

  ./crm new --remove demo
  [[ -z $(git status --porcelain) ]]
}

run_all "$@"

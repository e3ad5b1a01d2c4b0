#!/usr/bin/env bash
# Tests of what CONTRIBUTING says about adding things: a service (./crm new) appears everywhere services are listed, works, and goes again without a
# trace; a record type is what the page says it is, and no more.
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

asked() { # asked <method> <path> [body]: what the edge answers, to somebody with the roles in $role
  # shellcheck disable=SC2016 # JavaScript
  node -e '
    const [method, url, token, body] = process.argv.slice(1);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    fetch(url, { method, headers, body }).then(async (answer) => console.log(answer.status, await answer.text()));
  ' "$1" "http://127.0.0.1:$CRM_PORT$2" "$(./crm token ${role:+--user "${role,,}@demo.example"})" ${3:+"$3"}
}

said() { # said <language> <n>: the n-th piece of code of a language in what CONTRIBUTING says about record types
  sed -n '/^## Add a record type/,/^## Add a slice/p' CONTRIBUTING.md | awk -v language="$1" -v wanted="$2" '
    $1 == "```" language { number++; inside = 1; next }
    $1 == "```" { inside = 0 }
    inside && number == wanted { sub(/^   /, ""); print }'
}

field() { # field <path>: a value of the JSON that comes after the status, like items.0.id
  # shellcheck disable=SC2016 # JavaScript
  node -e '
    const text = require("fs").readFileSync(0, "utf8");
    console.log(process.argv[1].split(".").reduce((at, name) => at[name], JSON.parse(text.slice(text.indexOf(" ")))));
  ' "$1"
}

ended() { # ended <job>: waits until it has
  local state
  for _ in $(seq 100); do
    state=$(asked GET "/api/v1/vehicles/jobs/$1" | field state)
    [[ $state != "done" ]] || return 0
    sleep 0.2
  done
  echo "the job is still $state"
  return 1
}

add_vehicles() {
  local migrations=services/Contacts/Migrations
  mkdir services/Contacts/Vehicles
  said csharp 1 >services/Contacts/Vehicles/Vehicle.cs
  said sql 1 >"$migrations/$(printf '%04d' $(($(find "$migrations" -name '*.sql' | wc -l) + 1)))_vehicles.sql"
  sed -i "s/^using CrmPlatform.Hosting;/using CrmPlatform.Contacts.Vehicles;\n&/; s/^ *it.Keeps<ContactSettings>.*/&\n        $(said csharp 2)/" \
    services/Contacts/ContactsService.cs
}

vehicles_work() {
  local account vehicle operation file job role=
  account=$(asked POST /api/v1/accounts '{"name":"Vehicle movers","industry":"Logistics"}' | field id)
  vehicle=$(asked POST /api/v1/vehicles "{\"plate\":\"B AB 1\",\"accountId\":\"$account\"}" | field id)
  [[ $(asked POST /api/v1/vehicles '{"accountId":"'"$account"'"}') == 422*'"plate"'* ]]

  # list, filter, history
  [[ $(asked GET '/api/v1/vehicles?filter=account.industry%20=%20%22Logistics%22%20and%20plate%20~%20%22b*%22' | field items.0.id) == "$vehicle" ]]
  [[ $(asked PATCH "/api/v1/vehicles/$vehicle" '{"plate":"B AB 2"}') == 200*'"B AB 2"'* ]]
  [[ $(asked GET "/api/v1/vehicles/$vehicle/history") == 200*'vehicle.updated'*'"old":"B AB 1"'*'vehicle.created'* ]]
  [[ $(asked GET /openapi/v1.json) == 200*'"/api/v1/vehicles"'* ]]

  # undo
  operation=$(asked GET "/api/v1/vehicles/$vehicle/history" | field items.0.operation)
  [[ $(asked POST "/api/v1/operations/$operation/undo" '{}') == 200* ]]
  [[ $(asked GET "/api/v1/vehicles/$vehicle" | field plate) == 'B AB 1' ]]

  # export, and import of the same under another plate
  file=$(asked GET '/api/v1/vehicles/export?format=csv&fields=plate,accountId')
  [[ $file == 200*'plate,accountId'*"B AB 1,$account"* ]]
  job=$(asked POST '/api/v1/vehicles/imports?name=vehicles.csv' "$(sed '1s/^200 //; s/B AB 1/B AB 3/; s/^id,[^,]*,//' <<<"$file")" | field job.id)
  [[ $(asked POST "/api/v1/vehicles/imports/$job/start" '{}') == 202* ]]
  ended "$job"
  [[ $(asked GET '/api/v1/vehicles?filter=plate%20=%20%22B%20AB%203%22' | field items.0.accountId) == "$account" ]]

  # roles
  role=readOnly
  [[ $(asked GET "/api/v1/vehicles/$vehicle") == 200* ]]
  [[ $(asked PATCH "/api/v1/vehicles/$vehicle" '{"plate":"X"}') == 403*'not_allowed'* ]]
  role=sales # sees their own and their team's, and this is nobody's
  [[ $(asked GET "/api/v1/vehicles/$vehicle") == 404* ]]
  [[ $(asked GET '/api/v1/vehicles?include=total' | field total) == 0 ]]
  role=
  asked DELETE "/api/v1/vehicles/$vehicle"
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

  # It runs behind the edge, which has read its routes; so does a record type as CONTRIBUTING adds it.
  add_vehicles
  mkdir "$scratch/web"
  CRM_WEB=$scratch/web ./crm up # the web app is the same
  [[ $(asked GET /openapi/v1.json) == 200*'"/api/v1/demo"'* ]]
  [[ $(asked POST /api/v1/demo '{"name":"The first"}') == 201*'"The first"'* ]]
  vehicles_work
  ./crm down --wipe

  git checkout -q services/Contacts
  git clean -fdq services/Contacts
  ./crm new --remove demo
  [[ -z $(git status --porcelain) ]]
}

run_all "$@"

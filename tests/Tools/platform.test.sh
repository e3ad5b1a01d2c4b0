#!/usr/bin/env bash
# Good and bad days of the whole platform under ./crm.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

test_The_platform_starts_once_survives_what_is_killed_and_stops_whole() {
  kill_as_soon_as "$CRM_HOME/run/host.pid" up
  crm up
  local host said
  [[ -s $CRM_HOME/web/index.html ]]
  host=$(pid_of host)
  said=$(crm up)
  [[ $said == *'already running'* && $(pid_of host) == "$host" ]]
  (($(contacts) > 0))
  [[ $(crm status) != *'not running'* ]]
  [[ $(crm logs contacts) == *contacts* && $(crm logs contacts) != *' edge '* ]]
  crm verify

  kill -s KILL "$host" "$(pid_of postgres)"
  within 10 dead "$host"
  crm status && return 1
  crm up
  (($(contacts) > 0))

  # Even when nobody has recorded what runs, it is found and stopped.
  host=$(pid_of host)
  local postgres rabbitmq
  postgres=$(pid_of postgres) rabbitmq=$(pid_of rabbitmq)
  rm -r "$CRM_HOME/run"
  [[ $(crm down) == 'Stopped the services, RabbitMQ, PostgreSQL.' ]]
  dead "$host"
  dead "$rabbitmq"
  dead "$postgres"
  [[ $(crm down) == 'Nothing was running.' ]]
}

# How many of the demo company's people its administrator sees on its first page.
contacts() {
  # shellcheck disable=SC2016 # expanded by Node
  TOKEN=$(crm token) node -e '
    fetch(`http://127.0.0.1:${process.env.CRM_PORT}/api/v1/contacts`, { headers: { Authorization: `Bearer ${process.env.TOKEN}` } })
      .then(answer => answer.json()).then(page => console.log(page.items.length))'
}

test_Services_that_do_not_become_healthy_are_explained_and_stopped() {
  export CRM_UPSTREAMS=contacts=http://127.0.0.1:$((CRM_PORT + 92)) CRM_START_SECONDS=20
  refused 'did not become healthy' 'contacts: unavailable' 'cannot be reached' -- crm up
  [[ ! -e $CRM_HOME/run/host.pid && -e $CRM_HOME/run/postgres.pid ]]
}

test_One_service_runs_alone() {
  "$ROOT/crm" run identity &
  local runs=$!
  within 120 node -e "fetch('http://127.0.0.1:$((CRM_PORT + 4))/health/ready').then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"
  kill "$runs"
  wait "$runs"
  [[ $(crm status || true) == *'identity '*' not running'* ]]
}

test_The_address_of_the_platform_in_use_is_said_before_anything_is_started() {
  occupy "$CRM_PORT"
  refused "port $CRM_PORT (edge)" "node (pid $occupant)" -- crm up
  kill "$occupant"
  [[ ! -e $CRM_HOME/run/postgres.pid ]]
}

test_A_server_that_refuses_the_log_in_is_named() {
  without_broker
  crm infra up
  refused 'could not be prepared' 'PostgreSQL refuses the log-in' -- env CRM_HOME="$scratch/second" CRM_PORT=$((CRM_PORT + 1000)) \
    CRM_POSTGRES="Host=127.0.0.1;Port=$((CRM_PORT + 32));Username=postgres;Password=wrong" "$ROOT/crm" up
}

test_A_build_that_fails_shows_its_errors() {
  local copy=$scratch/copy
  without_broker
  export CRM_POSTGRES="Host=127.0.0.1;Port=$((CRM_PORT + 91))"
  mkdir -p "$copy/deploy/AllInOne"
  cp -r "$ROOT/crm" "$ROOT/global.json" "$copy"
  cp -r "$ROOT/deploy/local" "$copy/deploy"
  printf '%s' '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>' \
    '</PropertyGroup></Project>' >"$copy/deploy/AllInOne/AllInOne.csproj"
  echo 'return missing;' >"$copy/deploy/AllInOne/Program.cs"
  refused 'error CS0103' 'the build failed' -- "$copy/crm" up
  [[ ! -e $CRM_HOME/run/host.pid ]]
}

test_A_missing_SDK_or_Node_is_said() {
  local with=$scratch/programs
  mkdir "$with"
  find /usr/bin /bin -maxdepth 1 -not -type d -not -name dotnet -not -name node -exec ln -sf -t "$with" {} +
  refused '.NET SDK 10 is needed' -- env PATH="$with" "$ROOT/crm" up
  ln -s "$(command -v dotnet)" "$with/dotnet"
  refused 'Node.js 20 or newer is needed' -- env PATH="$with" "$ROOT/crm" up
}

run_all "$@"

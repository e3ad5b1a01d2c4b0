#!/usr/bin/env bash
# Teams that listen: their users on the broker, the samples they begin with, the catalogue they rely on.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

# Where Debian's pika is.
python=/usr/bin/python3

broker_as() { printf 'amqp://%s:%s@127.0.0.1:%s/crm\n' "$1" "$2" $((CRM_PORT + 72)); }

password_of() { sed -n 's/^password  \([0-9a-f]*\) .*/\1/p'; }

test_a_team_hears_events_and_can_do_nothing_else() {
  local tools=$scratch/tools said broker last
  mkdir "$tools"
  cp "$ROOT"/tests/Tools/subscribers/* "$tools"
  (cd "$tools" && npm ci --no-audit --no-fund --ignore-scripts)
  node "$tools/parse.mjs" "$ROOT/docs/asyncapi.json"
  node "$tools/parse.mjs" "$ROOT/docs/published/asyncapi.json"

  refused 'up first' -- crm subscriber add billing
  crm up
  crm subscriber add other
  said=$(crm subscriber add billing)
  broker=$(broker_as team.billing "$(password_of <<<"$said")")
  refused 'already' -- crm subscriber add billing
  refused 'no name of a team' -- crm subscriber add 'Billing.*'
  refused 'no user' -- crm subscriber renew nobody
  [[ $(crm subscriber list | sort | paste -sd ' ') == 'billing other' ]]
  node "$tools/bounds.mjs" "$broker" "$(broker_as crm "$(sed -n 's/^RABBITMQ=//p' "$CRM_HOME/secrets")")" team.billing

  mkdir "$scratch/javascript"
  cp "$ROOT"/samples/javascript/* "$scratch/javascript"
  (cd "$scratch/javascript" && npm ci --no-audit --no-fund --ignore-scripts)
  export CRM_BROKER=$broker
  CRM_QUEUE=team.billing.javascript sampled javascript node "$scratch/javascript/hear.mjs"
  CRM_QUEUE=team.billing.python sampled python "$python" "$ROOT/samples/python/hear.py"
  # Each that was taken is noted once, however often it came.
  [[ $(sort "$scratch/javascript.store" | uniq -d | wc -l) == 0 ]]
  "$python" -c 'import sqlite3, sys; assert [(1,)] == sqlite3.connect(sys.argv[1]).execute(
    "select distinct count(*) from note group by event").fetchall()' "$scratch/python.store"

  # All that was told since the installation was made is as the catalogue says.
  last=$(node -p 'JSON.parse(process.argv[1]).last' "$(tail -n 1 "$scratch/python.out")")
  timeout 60 node "$tools/conform.mjs" "$ROOT/docs/asyncapi.json" "$broker" "$last"

  said=$(crm subscriber renew billing)
  node "$tools/bounds.mjs" "$(broker_as team.billing "$(password_of <<<"$said")")" \
    "$(broker_as crm "$(sed -n 's/^RABBITMQ=//p' "$CRM_HOME/secrets")")" team.billing
  node "$tools/bounds.mjs" "$broker" "$broker" team.billing && return 1 # the password before

  [[ $(crm subscriber remove billing | sort | paste -sd ' ') == 'deleted team.billing.javascript deleted team.billing.python' ]]
  [[ $(crm subscriber list) == other ]]
}

sampled() { # sampled <language> <program…>
  timeout 150 node "$tools/samples.mjs" "http://127.0.0.1:$CRM_PORT" "$(crm token)" "$scratch/$1.store" "${@:2}" >"$scratch/$1.out"
}

run_all "$@"

#!/usr/bin/env bash
# Whoever tries to put SQL of their own into what is asked finds no way in; and would find one.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

here=$ROOT/tests/Tools/injection

# tried <name> <base> <method> <path> <body>: what sqlmap says is in <name>.txt; `safe`, `open`, or what else came of it.
tried() {
  local said=$scratch/$1.txt more=()
  [[ -z $5 ]] || more=(--data "$5" --header 'Content-Type: application/json')
  timeout 120 sqlmap --url "$2$4" --method "$3" "${more[@]}" --header "Authorization: Bearer ${token:-none}" --batch --flush-session \
    --output-dir "$scratch/$1" --dbms PostgreSQL --level 1 --risk 1 --technique BEUST --time-sec 3 --threads 4 --disable-coloring --answers 'redirect=n' \
    >"$said" 2>&1 </dev/null || true
  if grep -q 'identified the following injection point' "$said"; then
    echo open
  elif grep -q 'do not appear to be injectable' "$said"; then
    echo safe
  else
    tail -n 3 "$said"
  fi
}

test_what_looks_for_ways_to_inject_SQL_finds_one_that_was_planted() {
  (cp "$here"/* "$scratch" && cd "$scratch" && npm ci --no-audit --no-fund --ignore-scripts)
  without_broker
  crm infra up
  local state postgres
  postgres=postgres://postgres:$(sed -n 's/^POSTGRES=//p' "$CRM_HOME/secrets")@127.0.0.1:$((CRM_PORT + 32))/postgres
  for state in open closed; do
    node "$scratch/hole.mjs" $((CRM_PORT + 93)) "$postgres" "$state" &
    local hole=$!
    within 10 bash -c "exec 3<>/dev/tcp/127.0.0.1/$((CRM_PORT + 93))"
    quietly
    tried "$state" "http://127.0.0.1:$((CRM_PORT + 93))" GET '/?name=postgres*' '' >"$scratch/found"
    set -x
    kill "$hole"
    [[ $(cat "$scratch/found") == "${state/closed/safe}" ]] || { cat "$scratch/found" "$scratch/$state.txt"; return 1; }
  done
}

test_nobody_injects_SQL_into_what_is_asked() {
  export CRM_RATE_LIMITS=standard=unlimited,partner=unlimited,internal=unlimited
  crm up
  quietly
  token=$(crm token)
  export token
  local contact lead pipeline method path body found number=0
  contact=$(first contacts id) lead=$(first leads id) pipeline=$(first deals pipelineId)
  while read -r method path body; do
    number=$((number + 1))
    path=${path//\{contact\}/$contact} path=${path//\{lead\}/$lead} path=${path//\{pipeline\}/$pipeline}
    ((number <= 4)) || wait -n # four at once
    tried "route$number" "http://127.0.0.1:$CRM_PORT" "$method" "$path" "${body//\{contact\}/$contact}" >"$scratch/route$number.found" &
  done < <(grep -v '^#' "$here/routes.txt")
  wait
  grep -L '^safe$' "$scratch"/route*.found | while read -r found; do
    cat "$found" "${found%.found}.txt"
  done
  printf '%s of %s routes are safe\n' "$(cat "$scratch"/route*.found | grep -c '^safe$')" "$number"
  ((number >= 20)) && [[ $(cat "$scratch"/route*.found | grep -c '^safe$') == "$number" ]]
}

# A field of the first record of a type.
first() {
  # shellcheck disable=SC2016 # expanded by Node
  node -e 'fetch(process.argv[1], { headers: { Authorization: `Bearer ${process.env.token}` } })
    .then((answer) => answer.json()).then(({ items }) => console.log(items[0][process.argv[2]]))' \
    "http://127.0.0.1:$CRM_PORT/api/v1/$1?limit=1" "$2"
}

run_all "$@"

# shellcheck shell=bash
# Tests, checks and measurements: each brings servers of its own and takes them away again.

# Beside the platform's ports, so that a running platform and its tests do not meet.
test_servers_up() {
  local base=$port
  use_servers "${CRM_TEST_POSTGRES:-}" "${CRM_TEST_RABBITMQ:-}"
  use_home "$home/test" $((base + 200))
  make_home
  take_lock "$1"
  if [[ -z $external_postgres || -z $external_rabbitmq ]]; then
    at_exit() {
      infra_down >/dev/null || true
      infra_wipe
    }
    infra_down >/dev/null || true
    infra_wipe
  fi
  infra_up
  export CRM_TEST_POSTGRES CRM_TEST_RABBITMQ
  CRM_TEST_POSTGRES=$(postgres_address)
  CRM_TEST_RABBITMQ=$(rabbitmq_address)
  [[ -n $external_rabbitmq ]] || export CRM_TEST_RABBITMQ_METRICS=http://127.0.0.1:$rabbitmq_metrics_port
  # For tests that kill: the tool itself (CRM_HOME=… CRM_PORT=… "$CRM_TEST_TOOL" infra up) and a hundred ports nobody else has.
  export CRM_TEST_TOOL=$ROOT/crm CRM_TEST_PORT=$((base + 300)) CRM_TEST_PG_BIN=${postgres_bin:-}
  unset CRM_PORT CRM_HOME CRM_POSTGRES CRM_RABBITMQ
}

crm_test() {
  local filter=${1:-} project line results passed=0 failed=0
  need_sdk
  need_node
  make_home
  need_prometheus
  build "$ROOT/CrmPlatform.slnx"
  test_servers_up test
  results=$home/logs/results
  for project in "$ROOT"/tests/*.Tests/*.csproj; do
    test_project "$project" "$filter" "$results"
  done
  for project in "$ROOT"/tests/Tools/*.test.sh; do
    [[ -e $project ]] && test_script "$project" "$filter" "$results"
  done
  say ''
  say "$passed passed, $failed failed"
  told=yes
  ((failed == 0 && passed > 0)) || exit 1
}

# A test project is a program: it is run as one and sums itself up in its last lines.
test_project() {
  local name status=0 total bad skipped arguments=(-noLogo -noColor)
  name=$(basename "$1" .csproj)
  [[ -z $2 ]] || arguments+=(-method "*$2*")
  dotnet "$(dirname "$1")/bin/Release/net10.0/CrmPlatform.$name.dll" "${arguments[@]}" </dev/null 9>&- >"$3" 2>&1 || status=$?
  line=$(grep -E '^ *(CrmPlatform\.)?[A-Za-z.]+ +Total: ' "$3" | tail -n 1)
  total=$(count Total "$line") bad=$(($(count Failed "$line") + $(count Errors "$line"))) skipped=$(count Skipped "$line")
  [[ $status == 0 || $bad != 0 ]] || bad=1
  report "$name" $((total - bad - skipped < 0 ? 0 : total - bad - skipped)) "$bad" "$skipped" "$3"
}

# A script sums itself up in the same words as this one.
test_script() {
  local name status=0
  name=Tools/$(basename "$1" .test.sh)
  bash "$1" "$2" </dev/null 9>&- >"$3" 2>&1 || status=$?
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$3" | tail -n 1)
  read -r -a words <<<"${line:-0 passed, 1 failed}"
  [[ $status == 0 || ${words[2]} != 0 ]] || words[2]=1
  report "$name" "${words[0]}" "${words[2]}" 0 "$3"
}

report() {
  ((passed += $2)) || true
  ((failed += $3)) || true
  (($2 + $3 + $4)) || return 0
  [[ $3 == 0 ]] || cat "$5"
  printf '%-24s %4s passed %4s failed%s\n' "$1" "$2" "$3" "$([[ $4 == 0 ]] || printf ' %s skipped' "$4")"
}

count() {
  local found
  found=$(sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$2")
  printf '%s\n' "${found:-0}"
}

# build <project or solution>: one build at a time in a checkout; only what went wrong is shown.
build() {
  local log=$home/logs/build.log
  (
    flock 8
    bound dotnet build "$1" -c Release -nologo -v quiet -nodeReuse:false -clp:NoSummary </dev/null >"$log" 2>&1 8>&-
  ) 8>>"$home/build.lock" || {
    grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u | head -n 30 >&2 || tail -n 20 "$log" >&2
    fail "the build failed (all of it: $log)."
  }
}

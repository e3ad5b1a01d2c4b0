# shellcheck shell=bash
# Tests, checks and measurements: each brings servers of its own and takes them away again.

# Beside the platform's ports, and beside those of another checkout's tests: the addresses are passed on, so any free range will do.
test_servers_up() {
  local base=$((port + 200))
  until ports_free "$base" || ((base > 50000)); do base=$((base + 1000)); done
  use_servers "${CRM_TEST_POSTGRES:-}" "${CRM_TEST_RABBITMQ:-}"
  use_home "$home/test" "$base"
  make_home
  take_lock "$1"
  at_exit() {
    local stopped=()
    end_group TERM
    if [[ -n ${beside:-} ]]; then
      kill -s TERM "$beside" 2>/dev/null || true
      wait "$beside" 2>/dev/null || true
    fi
    infra_down --wipe
    infra_wipe
  }
  at_exit
  # What is measured writes through to the disk. What is tested is thrown away; tests that kill a database have one of their own, which does.
  local throwaway
  [[ $1 != test ]] || throwaway=yes
  infra_up >&2
  export CRM_TEST_POSTGRES CRM_TEST_RABBITMQ CRM_TEST_RABBITMQ_METRICS
  CRM_TEST_POSTGRES=$(postgres_address)
  CRM_TEST_RABBITMQ=$(rabbitmq_address)
  [[ -n $external_rabbitmq ]] || export CRM_TEST_RABBITMQ_METRICS=http://127.0.0.1:$rabbitmq_metrics_port
  [[ -n $external_rabbitmq ]] || CRM_TEST_RABBITMQ_METRICS=http://127.0.0.1:$rabbitmq_metrics_port
  # For tests that kill: the tool itself (CRM_HOME=… CRM_PORT=… "$CRM_TEST_TOOL" infra up) and a hundred ports nobody else has.
  export CRM_TEST_TOOL=$ROOT/crm CRM_TEST_PORT=$((base + 100)) CRM_TEST_PG_BIN=${postgres_bin:-}
  unset CRM_PORT CRM_HOME CRM_POSTGRES CRM_RABBITMQ
}

# Most programs of a test run live for seconds, and half of what they do is to be compiled. They are compiled once more cheaply: without watching what is
# worth compiling better, and into memory that is written and run at once. What they do is the same.
short_lived() { export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0; }

ports_free() {
  local offset
  for offset in 32 72 73 74 75; do [[ -z $(listener $(($1 + offset))) ]] || return 1; done
}

crm_test() {
  need_sdk
  need_node
  short_lived
  make_home
  build "$ROOT/CrmPlatform.slnx"
  run_tests "${1:-}"
}

# Projects and scripts have servers of their own and wait much: they run side by side.
run_tests() {
  local filter=$1 passed=0 failed=0 good bad
  need_prometheus
  need_chromium
  need_java
  need_pika
  need_sqlmap
  test_servers_up test
  : >"$home/counted"
  test_scripts 9>&- &
  beside=$!
  test_projects
  wait "$beside" || failed=1
  beside=''
  told=yes
  while read -r good bad; do passed=$((passed + good)) failed=$((failed + bad)); done <"$home/counted"
  ((passed + failed)) || say "No test has '$filter' in its name."
  say ''
  say "$passed passed, $failed failed"
  ((failed == 0 && passed > 0)) || exit 1
}

test_projects() {
  local file
  for file in "$ROOT"/tests/*.Tests/*.csproj; do test_project "$file"; done
}

# In a process of its own, which ends its test when the other one ends, however that is.
test_scripts() {
  local file lane=$BASHPID watcher
  trap 'end_group TERM; exit 1' TERM
  { tail --pid=$$ -f /dev/null && kill -s TERM "$lane"; } >/dev/null 2>&1 9>&- &
  watcher=$!
  for file in "$ROOT"/tests/Tools/*.test.sh; do
    if [[ -e $file ]]; then test_script "$file"; fi
  done
  kill "$watcher"
}

# A test project is a program: it is run as one and sums itself up in its last lines.
test_project() {
  local name total bad skipped status=0 arguments=(-noLogo -noColor)
  name=$(basename "$1" .csproj)
  local log=$home/logs/$name.log
  [[ -z $filter ]] || arguments+=(-method "*$filter*")
  in_group dotnet "$(dirname "$1")/bin/Release/net10.0/CrmPlatform.$name.dll" "${arguments[@]}" </dev/null >"$log" 2>&1 || status=$?
  total=$(count Total "$log") bad=$(($(count Failed "$log") + $(count Errors "$log"))) skipped=$(count Skipped "$log")
  # One that died has not summed itself up, and that is a failure too.
  [[ $status == 0 || $bad != 0 ]] || bad=1
  report "$name" $((total > bad + skipped ? total - bad - skipped : 0)) "$bad" "$skipped" "$log"
}

# A script sums itself up in the same words as this one.
test_script() {
  local name status=0 words
  name=Tools/$(basename "$1" .test.sh)
  local log=$home/logs/${name/\//.}.log
  in_group bash "$1" "$filter" </dev/null >"$log" 2>&1 || status=$?
  read -r -a words < <(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1) || words=(0 'passed,' 1)
  [[ $status == 0 || ${words[2]} != 0 ]] || words[2]=1
  report "$name" "${words[0]}" "${words[2]}" 0 "$log"
}

report() { # report <name> <passed> <failed> <skipped> <log>: in one piece, whoever reports beside us
  (
    flock 7
    printf '%s %s\n' "$2" "$3" >&7
    (($2 + $3 + $4)) || exit 0
    [[ $3 == 0 ]] || complaints "$5"
    printf '%-24s %4s passed %4s failed%s\n' "$1" "$2" "$3" "$([[ $4 == 0 ]] || printf ' %4s skipped' "$4")"
  ) 7>>"$home/counted"
}

# What failed, not all that was said on the way; the end of it, where a program died without a word about a test.
complaints() {
  grep -A 14 -E '\[FAIL\]|^FAILED |^ +✖ ' "$1" | cut -c1-400 | head -n 120 || tail -n 30 "$1" | cut -c1-400
  say "    (all of it: $1)"
}

count() {
  local found
  found=$(grep -E ' Total: [0-9]+, Errors: ' "$2" | tail -n 1 | sed -nE "s/.*$1: ([0-9]+).*/\1/p")
  printf '%s\n' "${found:-0}"
}

crm_check() {
  need_sdk
  need_node
  short_lived
  make_home
  command -v shellcheck >/dev/null || install_packages shellcheck
  say "Scripts…"
  (cd "$ROOT" && shellcheck -x crm .ci/run tests/Tools/*.sh) || fail "shellcheck found something; see above."
  say "Building…"
  build "$ROOT/CrmPlatform.slnx"
  say "Format…"
  bound dotnet format "$ROOT/CrmPlatform.slnx" --no-restore --verify-no-changes </dev/null >"$home/logs/format.log" 2>&1 || {
    grep -E ': (error|warning) ' "$home/logs/format.log" | sort -u | head -n 20 >&2
    fail "the format is not the agreed one: dotnet format puts it right (all of it: $home/logs/format.log)."
  }
  say "Tests…"
  run_tests ''
}

# Only the figures go to standard output, for `--json`.
crm_bench() {
  need_sdk
  make_home
  need_wrk >&2
  build "$ROOT/CrmPlatform.slnx" >&2
  if [[ $# == 0 || " $*" == *' web'* ]]; then bench_web >&2; fi
  test_servers_up bench
  told=yes
  in_group dotnet "$ROOT/tests/Bench/bin/Release/net10.0/CrmPlatform.Bench.dll" "$@" </dev/null
}

# The web app as it is served, and what opens it in a browser.
bench_web() {
  need_node
  need_chromium
  export CRM_WEB=$home/web CRM_BENCH_WEB=$home/web CRM_BENCH_WEB_TOOLS=$ROOT/web/tools
  web_build
  unset CRM_WEB
}

crm_new() {
  [[ -x $ROOT/deploy/new-service ]] || fail "there is no generator of services (deploy/new-service) in this checkout."
  told=yes
  "$ROOT/deploy/new-service" "$@"
}

# build <project or solution>: one build at a time in a checkout, and none where nothing has changed; only what went wrong is shown.
build() {
  local log=$home/logs/build.log built=$ROOT/.crm/built whole=$ROOT/CrmPlatform.slnx name
  mkdir -p "$built"
  (
    flock 8
    [[ $(cat "$built/${1##*/}" 2>/dev/null) != "$(build_files "$1" outputs)" ]] || exit 0
    local before
    before=$(build_files "$1")
    bound dotnet build "$1" -c Release -nologo -v quiet -nodeReuse:false -clp:NoSummary </dev/null >"$log" 2>&1 8>&- || exit
    # Whoever has changed something meanwhile has it built the next time. What `up` builds is part of the whole.
    [[ $before == "$(build_files "$1")" ]] || exit 0
    for name in "${1##*/}" $([[ $1 != "$whole" ]] || echo AllInOne.csproj); do build_files "$name" outputs >"$built/$name"; done
  ) 8>>"$ROOT/.crm/build.lock" || {
    if blame_the_disk "the build" "$log"; then exit 2; fi
    grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u | head -n 30 >&2 || tail -n 20 "$log" >&2
    fail "the build failed (all of it: $log)."
  }
}

# What a build is made from, and (asked for) what it makes, by name, size and time: whoever touches the one or the other has it built again.
build_files() { # build_files <project or solution> [outputs]
  local from=(shared services gateway deploy/AllInOne)
  [[ $1 != *.slnx ]] || from+=(tests)
  {
    (cd "$ROOT" && find "${from[@]}" ./*.props ./*.slnx global.json .editorconfig \( -name bin -o -name obj -o -name node_modules \) -prune \
      -o -type f -printf '%p %s %T@\n' 2>/dev/null || true)
    [[ -z ${2:-} ]] || (cd "$ROOT" && find "${from[@]}" -path '*/bin/Release/net10.0/CrmPlatform.*.dll' -printf '%p %s %T@\n' 2>/dev/null || true)
  } | sort | sha256sum
}

# shellcheck shell=bash
# Tests of ./crm: each function test_… is one, with a folder and ports of its own; it fails as soon as a command in it fails.
set -euo pipefail

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
port=${CRM_TEST_PORT:-$((${CRM_PORT:-7400} + 300))}
unset CRM_HOME CRM_POSTGRES CRM_RABBITMQ
export CRM_PORT=$port

# A folder the servers' own users may enter, too.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/crm-tools.XXXXXX")
chmod 755 "$scratch"

run_all() {
  local filter=${1:-} name full passed=0 failed=0
  trap 'rm -rf "$scratch"' EXIT
  for name in $(declare -F | sed -nE 's/^declare -f (test_.*)/\1/p'); do
    full=Tools.$(basename "$0" .test.sh).${name#test_}
    [[ ${full,,} == *"${filter,,}"* ]] || continue
    # In the background, because a failing command does not end what is part of a condition.
    run_one "$name" >"$scratch/output" 2>&1 &
    if wait $!; then
      passed=$((passed + 1))
      printf 'ok      %s\n' "${name#test_}"
    else
      failed=$((failed + 1))
      printf 'FAILED  %s\n' "${name#test_}"
      sed 's/^/        /' "$scratch/output"
    fi
  done
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [[ $failed == 0 ]]
}

# Whatever a test started goes with it.
run_one() {
  scratch=$scratch/$1
  export CRM_HOME=$scratch/home
  mkdir "$scratch"
  trap '"$ROOT/crm" down --wipe || true' EXIT
  set -x
  "$1"
}

crm() { "$ROOT/crm" "$@"; }

# refused <words…>: the command after -- fails with one line of explanation that has all the words in it.
refused() {
  local words=() word said
  while [[ $1 != -- ]]; do
    words+=("$1")
    shift
  done
  shift
  if said=$("$@" 2>&1 >/dev/null); then
    echo "it did not fail"
    return 1
  fi
  for word in "${words[@]}"; do
    [[ $said == *"$word"* ]] || { printf 'not in the explanation: %s\nthe explanation: %s\n' "$word" "$said"; return 1; }
  done
  [[ $(grep -c '^crm: ' <<<"$said") == 1 ]] || { printf 'not one sentence: %s\n' "$said"; return 1; }
}

# Waiting is not worth a trace of each look.
quietly() { { set +x; } 2>/dev/null; }

# within <seconds> <command…>: it comes true.
within() {
  local deadline=$((SECONDS + $1))
  shift
  quietly
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || { echo "it did not come true: $*"; return 1; }
    sleep 0.05
  done
  set -x
}

pid_of() { cut -d' ' -f1 "$CRM_HOME/run/$1.pid"; }

# A zombie that nobody has collected is dead, too.
alive() { [[ -r /proc/$1/stat && $(sed 's/.*) //; s/ .*//' "/proc/$1/stat") != Z ]]; }

dead() { ! alive "$1"; }

# occupy <port>: somebody else listens there; its pid in `occupant`.
occupy() {
  node -e "require('net').createServer().listen($1, '127.0.0.1')" &
  # shellcheck disable=SC2034 # read by the tests
  occupant=$!
  within 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/$1"
}

# without_broker: RabbitMQ takes its time; a test that is not about it points to a port where somebody answers.
without_broker() {
  occupy $((CRM_PORT + 91))
  export CRM_RABBITMQ=amqp://127.0.0.1:$((CRM_PORT + 91))
  trap 'crm down --wipe || true; kill "$occupant"' EXIT
}

# kill_as_soon_as <file pattern> <arguments of ./crm…>: kill -9 once there is such a file.
kill_as_soon_as() {
  local file=$1 victim
  shift
  "$ROOT/crm" "$@" >/dev/null 2>&1 &
  victim=$!
  quietly
  until compgen -G "$file" >/dev/null; do
    alive "$victim" || { echo "it ended before there was $file"; return 1; }
    sleep 0.01
  done
  set -x
  kill -s KILL "$victim"
  wait "$victim" 2>/dev/null || true
}

sql() {
  local bin
  bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5nr | head -n 1)
  PGPASSWORD=$(sed -n 's/^POSTGRES=//p' "$CRM_HOME/secrets") "$bin/psql" -h 127.0.0.1 -p $((CRM_PORT + 32)) -U postgres -qAtc "$1"
}

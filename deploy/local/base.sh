# shellcheck shell=bash
# Words, places, ports and secrets: what every verb stands on.

# --- Words: one clear sentence, then the end ----------------------------------------------------------------------

say() { printf '%s\n' "$*"; }

# Exit status 2 means "told": the exit trap adds nothing to a sentence that was already said.
fail() {
  blame_the_disk "$*" || printf 'crm: %s\n' "$*" >&2
  exit 2
}

# A failure with the end of a log under it.
fail_with_log() {
  local log=$home/logs/$1.log
  shift
  if ! blame_the_disk "$*" "$log"; then
    printf 'crm: %s\n' "$*" >&2
    [[ -s $log ]] && { printf 'The last lines of %s:\n' "$log"; tail -n 12 "$log" | cut -c1-400 | sed 's/^/    /'; } >&2
  fi
  exit 2
}

# Whatever failed: on a full disk that is the reason, and the only thing worth saying. Who failed may have tidied up already.
blame_the_disk() { # blame_the_disk <what failed> [its log]
  local left
  left=$(free_mb "$home" 2>/dev/null) || return 1
  ((left < 8)) || tail -n 12 "${2:-/dev/null}" 2>/dev/null | grep -q 'No space left on device' || return 1
  printf 'crm: the disk that holds %s is full (%s MB left): free some and run it again. (It stopped at: %s)\n' "$home" "$left" "$1" >&2
}

on_exit() {
  local status=$?
  at_exit
  [[ $status == 0 || $status == 2 || $status == 130 || -n ${told:-} ]] && return
  blame_the_disk "a command that failed with status $status" ||
    printf 'crm: stopped unexpectedly (status %s); nothing was damaged, running it again continues where it stopped.\n' "$status" >&2
}

# What a verb wants done however it ends; replaced by those that start something only for themselves.
at_exit() { :; }

on_interrupt() {
  told=yes
  printf '\ncrm: interrupted; running it again continues where it stopped.\n' >&2
  exit 130
}

# --- Places and ports ----------------------------------------------------------------------

# use_home <folder> <base port>: everything below, the processes' ids, logs, secrets and data, lives there and nowhere else.
use_home() {
  home=$1 port=$2
  if ! [[ $port =~ ^[0-9]{4,5}$ ]] || ((port < 1024 || port > 65000)); then
    fail "CRM_PORT must be a number between 1024 and 65000, not '$port'."
  fi
  postgres_port=$((port + 32)) rabbitmq_port=$((port + 72)) rabbitmq_dist_port=$((port + 73))
  epmd_port=$((port + 74)) rabbitmq_metrics_port=$((port + 75))
}

# What runs remembers where it runs, so that `down`, `token` and `status` need not be told again.
recall_stack() {
  local name value
  [[ -r $home/stack ]] || return 0
  while IFS='=' read -r name value; do
    case $name in
      port) [[ -n ${CRM_PORT:-} ]] || use_home "$home" "$value" ;;
      postgres) external_postgres=${external_postgres:-$value} ;;
      rabbitmq) external_rabbitmq=${external_rabbitmq:-$value} ;;
    esac
  done <"$home/stack"
}

remember_stack() {
  local before name
  before=$(sed -n 's/^port=//p' "$home/stack" 2>/dev/null || true)
  if [[ -n $before && $before != "$port" ]]; then
    for name in host rabbitmq postgres; do
      running $name >/dev/null || continue
      fail "this checkout already runs on port $before and those after it: ./crm down first, then it can move to $port."
    done
  fi
  (umask 077 && printf 'port=%s\npostgres=%s\nrabbitmq=%s\n' "$port" "$external_postgres" "$external_rabbitmq" >"$home/stack.new")
  mv "$home/stack.new" "$home/stack"
}

make_home() {
  local owner
  mkdir -p "$home" 2>/dev/null || fail "$home cannot be created; is $(dirname "$home") yours to write?"
  owner=$(stat -c %U "$home")
  [[ $owner == "$me" ]] || fail "$home belongs to $owner: run ./crm as $owner, or let $owner remove it with ./crm down --wipe."
  mkdir -p "$home/run" "$home/logs" 2>/dev/null || fail "$home is not writable for $me."
}

free_mb() {
  local folder=$1
  while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
  df -Pk -- "$folder" | awk 'NR == 2 { print int($4 / 1024) }'
}

check_disk() {
  local least=${CRM_MIN_FREE_MB:-1000} left
  left=$(free_mb "$home")
  ((left >= least)) ||
    fail "only $left MB are free where $home lies, $least are needed (CRM_MIN_FREE_MB sets the limit); nothing was started."
}

# The servers refuse to run as root, and their users may not be allowed into this checkout (it may sit under /root).
find_place() {
  place=$home
  [[ $me == root ]] || return 0
  local user
  for user in postgres rabbitmq; do
    id -u "$user" >/dev/null 2>&1 || continue
    as "$user" test -x "$home" || place=/var/lib/crm-platform/$(printf %s "$home" | sha256sum | cut -c1-12)
  done
}

# --- One at a time ----------------------------------------------------------------------

# The lock lives as long as this process: kill -9 frees it. What is started to outlive us must not inherit it (9>&-).
take_lock() {
  exec 9>>"$home/lock" || fail "$home/lock cannot be opened."
  if ! flock -w 2 9; then
    fail "another ./crm is at work in $home ($(cat "$home/lock.owner" 2>/dev/null || echo 'it did not say which')); wait for it to finish."
  fi
  printf './crm %s, pid %s, since %s\n' "$1" "$$" "$(date +%T)" >"$home/lock.owner"
}

# --- Secrets: generated once, readable for their owner alone ----------------------------------------------------------------------

secret() { sed -n "s/^$1=//p" "$home/secrets"; }

make_secrets() {
  if [[ -e $home/secrets ]]; then
    [[ -r $home/secrets ]] || fail "$home/secrets is not readable for $me."
    [[ $(stat -c %a "$home/secrets") == 600 ]] || chmod 600 "$home/secrets"
    [[ -n $(secret SECRET) ]] || printf 'SECRET=%s\n' "$(random)" >>"$home/secrets" # made before there was one
    [[ -n $(secret DEMO) ]] || printf 'DEMO=%s\n' "$(random | cut -c1-12)" >>"$home/secrets"
    return
  fi
  [[ ! -e $place/postgres/data && ! -e $place/rabbitmq/mnesia ]] ||
    fail "$home/secrets is gone while the data it opens is still there: put it back, or start afresh with ./crm down --wipe."
  (
    umask 077
    printf '%s\n' "POSTGRES=$(random)" "RABBITMQ=$(random)" "COOKIE=$(random)" "DB_KEY=$(random)" "SECRET=$(random)" \
      "DEMO=$(random | cut -c1-12)" >"$home/secrets.new"
  )
  mv "$home/secrets.new" "$home/secrets"
}

random() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }

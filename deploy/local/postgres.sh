# shellcheck shell=bash
# PostgreSQL of this checkout: its own data, port and password, on 127.0.0.1 only.

# It runs and answers; if not, whatever is left of it goes.
postgres_serves() {
  if running postgres >/dev/null; then
    await postgres 20 postgres_ready && return
    say "PostgreSQL runs but does not answer: starting it again."
    stop postgres PostgreSQL INT 20 QUIT 10 || true
  fi
  sweep postgres "$place/postgres/data" INT || true
  return 1
}

postgres_start() {
  postgres_owner=$me
  [[ $me == root ]] && postgres_owner=postgres
  local data=$place/postgres/data
  [[ -d $data ]] || postgres_create "$data"
  # Nobody works in this folder (it was swept), so the lock files are left-overs, even if their pid has found a new owner.
  as "$postgres_owner" rm -f "$data/postmaster.pid" "$place/postgres"/.s.PGSQL.*
  postgres_settings | as "$postgres_owner" tee "$data/postgresql.conf" >/dev/null
  launch postgres "$postgres_owner" "$data" env -i PATH="$PATH" LC_ALL=C.UTF-8 CRM_CHECKOUT="$ROOT" "$postgres_bin/postgres" -D "$data"
}

postgres_await() {
  await postgres 60 postgres_ready || fail_with_log postgres "PostgreSQL did not start."
}

# Made aside, under a name of this run, and then renamed: a folder called `data` is always a whole one.
postgres_create() {
  local password=$place/postgres/password aside=$place/postgres/making.$$
  own_folder "$postgres_owner" "$place/postgres"
  rm -rf "$place/postgres"/making.* 2>/dev/null || true
  (umask 077 && secret POSTGRES >"$password")
  [[ $me == "$postgres_owner" ]] || chown "$postgres_owner" "$password"
  (cd "$place/postgres" && as "$postgres_owner" setpriv --pdeathsig TERM -- env -i PATH="$PATH" LC_ALL=C.UTF-8 "$postgres_bin/initdb" \
    -D "$aside" --username=postgres --auth=scram-sha-256 --pwfile="$password" --encoding=UTF8) >"$home/logs/initdb.log" 2>&1 9>&- ||
    fail_with_log initdb "a database cluster could not be made in $place/postgres."
  rm -f "$password"
  printf '%s\n' "$postgres_version" >"$home/postgres.version"
  mv "$aside" "$1"
}

# A sixteenth of the machine's memory, which is taken only as it is used.
postgres_buffers() {
  local kilobytes
  kilobytes=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)
  echo $((kilobytes / 16 / 1024 > 256 ? kilobytes / 16 / 1024 : 256))
}

postgres_settings() {
  local socket=$place/postgres
  ((${#socket} < 80)) || socket='' # the kernel allows 107 bytes for a socket's path
  cat <<END
# Written by ./crm at each start.
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = '$socket'
max_connections = 300
shared_buffers = $(postgres_buffers)MB
max_wal_size = 2GB
autovacuum_naptime = 5s
jit = off
track_commit_timestamp = on
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_min_duration_statement = 2s
log_checkpoints = off
END
  [[ -z ${throwaway:-} ]] || printf '%s = off\n' fsync synchronous_commit full_page_writes
}

postgres_ready() {
  PGPASSWORD=$(secret POSTGRES) PGCONNECT_TIMEOUT=3 "$postgres_bin/psql" -h 127.0.0.1 -p "$postgres_port" -U postgres -d postgres \
    -qAtc 'select' >/dev/null 2>&1 9>&-
}

postgres_connection() {
  printf 'Host=127.0.0.1;Port=%s;Username=postgres;Password=%s;Database=postgres\n' "$postgres_port" "$(secret POSTGRES)"
}

own_folder() { # own_folder <user> <folder>
  mkdir -p "$2"
  chmod 700 "$2"
  [[ $me == "$1" ]] || chown "$1:" "$2"
}

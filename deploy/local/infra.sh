# shellcheck shell=bash
# The two servers together: ours, or those the environment names.

# use_servers <postgres> <rabbitmq>: connections to servers that are there already; empty means we start our own.
use_servers() { external_postgres=$1 external_rabbitmq=$2; }

# Every port is looked at before anything is started.
infra_up() {
  make_home
  check_disk
  need_servers
  find_place
  [[ $place == "$home" ]] || {
    mkdir -p "$place"
    say "The servers' own users may not enter $home, so their data lies in $place."
  }
  make_secrets
  remember_stack
  check_external
  local start_postgres='' start_rabbitmq=''
  [[ -n $external_postgres ]] || postgres_serves || start_postgres=yes
  [[ -n $external_rabbitmq ]] || rabbitmq_serves || start_rabbitmq=yes
  if [[ -n $start_postgres ]]; then check_port "$postgres_port" PostgreSQL; fi
  if [[ -n $start_rabbitmq ]]; then
    check_port "$rabbitmq_port" RabbitMQ
    check_port "$rabbitmq_dist_port" "RabbitMQ's distribution"
    check_port "$epmd_port" "RabbitMQ's port mapper"
    check_port "$rabbitmq_metrics_port" "RabbitMQ's metrics"
  fi
  [[ -z $start_postgres ]] || postgres_start
  [[ -z $start_rabbitmq ]] || rabbitmq_start
  [[ -z $start_postgres ]] || postgres_await
  [[ -z $start_rabbitmq ]] || rabbitmq_await
}

# Stops what is ours and appends to `stopped` what that was. Before its data is deleted nobody waits for an orderly end.
infra_down() { # infra_down [--wipe]
  local rabbitmq_patience=(TERM 40) postgres_patience=(INT 30 QUIT 10)
  if [[ ${1:-} == --wipe ]]; then rabbitmq_patience=(KILL 10) postgres_patience=(QUIT 10); fi
  find_place
  if stop rabbitmq RabbitMQ "${rabbitmq_patience[@]}" || sweep beam.smp "$place/rabbitmq" TERM; then stopped+=(RabbitMQ); fi
  stop epmd 'the Erlang port mapper' TERM 5 || sweep epmd "$place/rabbitmq" TERM || true
  if stop postgres PostgreSQL "${postgres_patience[@]}" || sweep postgres "$place/postgres/data" INT; then stopped+=(PostgreSQL); fi
}

say_stopped() {
  if ((${#stopped[@]})); then
    local list
    list=$(printf ', %s' "${stopped[@]}")
    say "Stopped ${list#, }."
  else
    say "Nothing was running."
  fi
}

infra_wipe() {
  find_place
  rm -rf "$place/postgres" "$place/rabbitmq" "$home/secrets" "$home/postgres.version" "$home/stack"
  if [[ $place != "$home" ]]; then
    rm -rf "$place"
    rmdir --ignore-fail-on-non-empty "$(dirname "$place")" 2>/dev/null || true
  fi
}

postgres_address() { if [[ -n $external_postgres ]]; then printf '%s\n' "$external_postgres"; else postgres_connection; fi; }

rabbitmq_address() { if [[ -n $external_rabbitmq ]]; then printf '%s\n' "$external_rabbitmq"; else rabbitmq_connection; fi; }

check_external() {
  if [[ -n $external_postgres ]]; then
    local host at
    host=$(word_of "$external_postgres" 'host|server') at=$(word_of "$external_postgres" port)
    [[ -n $host && ${at:-5432} =~ ^[0-9]+$ ]] ||
      fail "CRM_POSTGRES is not a connection string: it should read like 'Host=db.example;Port=5432;Username=admin;Password=…'."
    reachable "$host" "${at:-5432}" || fail "no PostgreSQL answers at $host:${at:-5432}, which is where CRM_POSTGRES points."
  fi
  if [[ -n $external_rabbitmq ]]; then
    local form='^amqps?://([^@/]+@)?([^:/@]+)(:([0-9]+))?(/[^/]*)?$'
    [[ $external_rabbitmq =~ $form ]] ||
      fail "CRM_RABBITMQ is not an address of a broker: it should read like 'amqp://user:password@host:5672/vhost'."
    reachable "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-5672}" ||
      fail "no RabbitMQ answers at ${BASH_REMATCH[2]}:${BASH_REMATCH[4]:-5672}, which is where CRM_RABBITMQ points."
  fi
}

word_of() { tr ';' '\n' <<<"$1" | sed -nE "s/^ *($2) *= *(.*[^ ]) *$/\2/Ip" | head -n 1; }

# shellcheck disable=SC2016 # expanded by the shell that is started
reachable() { timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2"' crm "$1" "$2" 2>/dev/null; }

# The servers alone. With CRM_HOME and CRM_PORT they are anybody's private pair, to be killed and brought up again.
crm_infra() {
  case ${1:-} in
    up)
      make_home
      take_lock infra
      infra_up
      say "PostgreSQL on 127.0.0.1:$postgres_port, RabbitMQ on 127.0.0.1:$rabbitmq_port."
      ;;
    down)
      make_home
      take_lock infra
      local stopped=()
      infra_down "${2:-}"
      say_stopped
      rm -f "$home/stack"
      [[ ${2:-} != --wipe ]] || infra_wipe
      ;;
    env)
      [[ -e $home/secrets ]] || fail "there are no servers in $home yet; ./crm infra up starts them."
      recall_stack
      printf "export CRM_TEST_POSTGRES='%s'\n" "$(postgres_address)"
      printf "export CRM_TEST_RABBITMQ='%s'\n" "$(rabbitmq_address)"
      ;;
    *) fail "./crm infra up | down [--wipe] | env" ;;
  esac
}

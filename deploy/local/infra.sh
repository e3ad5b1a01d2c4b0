# shellcheck shell=bash
# The two servers together: ours, or those the environment names.

# use_servers <postgres> <rabbitmq>: connections to servers that are there already; empty means we start our own.
use_servers() { external_postgres=$1 external_rabbitmq=$2; }

infra_up() {
  make_home
  check_disk
  need_servers
  find_place
  [[ $place == "$home" ]] || { mkdir -p "$place" && printf '%s\n' "$home" >"$place/home"; }
  make_secrets
  check_external
  [[ -n $external_postgres ]] || postgres_start
  [[ -n $external_rabbitmq ]] || rabbitmq_start
  [[ -n $external_postgres ]] || postgres_await
  [[ -n $external_rabbitmq ]] || rabbitmq_await
}

# Stops what is ours, tells what that was.
infra_down() {
  local stopped=()
  if rabbitmq_stop; then stopped+=(RabbitMQ); fi
  if postgres_stop; then stopped+=("${stopped:+and }PostgreSQL"); fi
  ((${#stopped[@]})) && say "Stopped ${stopped[*]}."
}

infra_wipe() {
  find_place
  rm -rf "$place/postgres" "$place/rabbitmq" "$home/secrets" "$home/postgres.version"
  [[ $place == "$home" ]] || rm -rf "$place"
}

postgres_address() { if [[ -n $external_postgres ]]; then printf '%s\n' "$external_postgres"; else postgres_connection; fi; }

rabbitmq_address() { if [[ -n $external_rabbitmq ]]; then printf '%s\n' "$external_rabbitmq"; else rabbitmq_connection; fi; }

check_external() {
  if [[ -n $external_postgres ]]; then
    local host at
    host=$(word_of "$external_postgres" 'host|server') at=$(word_of "$external_postgres" port)
    [[ -n $host && ${at:-5432} =~ ^[0-9]+$ ]] ||
      fail "CRM_POSTGRES is not a connection string: it should read like 'Host=db.example;Port=5432;Username=admin;Password=…;Database=postgres'."
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

# ./crm infra up | down | env: the servers alone. With CRM_HOME and CRM_PORT it is anybody's private pair, to be killed and brought up again.
crm_infra() {
  case ${1:-} in
    up)
      make_home
      take_lock infra
      infra_up
      say "PostgreSQL on 127.0.0.1:$postgres_port, RabbitMQ on 127.0.0.1:$rabbitmq_port."
      ;;
    down)
      [[ -d $home ]] || return 0
      make_home
      take_lock infra
      infra_down || say "Nothing was running."
      [[ ${2:-} != --wipe ]] || infra_wipe
      ;;
    env)
      [[ -e $home/secrets ]] || fail "there are no servers in $home yet; ./crm infra up starts them."
      printf "export CRM_TEST_POSTGRES='%s'\nexport CRM_TEST_RABBITMQ='%s'\n" "$(postgres_address)" "$(rabbitmq_address)"
      ;;
    *) fail "./crm infra up | down [--wipe] | env" ;;
  esac
}

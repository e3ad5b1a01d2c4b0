# shellcheck shell=bash
# RabbitMQ of this checkout: its own node, ports, user and data, on 127.0.0.1 only, and nothing of /etc/rabbitmq.

rabbitmq_bin=/usr/lib/rabbitmq/bin

# It runs and answers; if not, whatever is left of it goes.
rabbitmq_serves() {
  if running rabbitmq >/dev/null; then
    await rabbitmq 60 rabbitmq_ready && return
    say "RabbitMQ runs but does not answer: starting it again."
    stop rabbitmq RabbitMQ TERM 20 || true
  fi
  stop epmd 'the Erlang port mapper' TERM 5 || true
  sweep beam.smp "$place/rabbitmq" TERM || true
  sweep epmd "$place/rabbitmq" TERM || true
  return 1
}

rabbitmq_start() {
  rabbitmq_owner=$me
  [[ $me == root ]] && rabbitmq_owner=rabbitmq
  local folder=$place/rabbitmq
  own_folder "$rabbitmq_owner" "$folder"
  secret COOKIE | rabbitmq_file .erlang.cookie 400
  printf '[rabbitmq_prometheus].\n' | rabbitmq_file enabled_plugins 600
  rabbitmq_settings | rabbitmq_file rabbitmq.conf 600

  local erlang
  erlang=$(find_epmd) || fail "Erlang's port mapper (epmd) was not found; is erlang-base whole?"
  rabbitmq_environment "$folder"
  launch epmd "$rabbitmq_owner" "$folder" "${rabbitmq_env[@]}" "$erlang" -port "$epmd_port" -address 127.0.0.1
  await epmd 10 answers "$epmd_port" || fail_with_log epmd "the Erlang port mapper did not start."
  launch rabbitmq "$rabbitmq_owner" "$folder" "${rabbitmq_env[@]}" "$rabbitmq_bin/rabbitmq-server"
}

rabbitmq_await() {
  await rabbitmq 120 rabbitmq_ready || fail_with_log rabbitmq "RabbitMQ did not start."
}

rabbitmq_file() { # rabbitmq_file <name> <mode>: standard input, replaced as a whole, readable for the broker alone
  as "$rabbitmq_owner" bash -c 'umask 077; cat >"$1.new" && chmod "$2" "$1.new" && mv -f "$1.new" "$1"' crm "$place/rabbitmq/$1" "$2"
}

find_epmd() {
  local found
  for found in /usr/lib/erlang/erts-*/bin/epmd "$(command -v epmd || true)"; do
    [[ -x $found ]] && { printf '%s\n' "$found"; return; }
  done
  return 1
}

# `detached` lets the start script become the Erlang machine, so that the pid we know is the broker itself.
rabbitmq_environment() {
  rabbitmq_env=(env -i PATH="$PATH" LC_ALL=C.UTF-8 HOME="$1" CRM_CHECKOUT="$ROOT" detached=1
    RABBITMQ_NODENAME=crm@localhost
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$rabbitmq_port" RABBITMQ_DIST_PORT="$rabbitmq_dist_port"
    ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
    RABBITMQ_CONF_ENV_FILE="$1/none" RABBITMQ_CONFIG_FILE="$1/rabbitmq.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$1/none.config"
    RABBITMQ_ENABLED_PLUGINS_FILE="$1/enabled_plugins" RABBITMQ_MNESIA_BASE="$1/mnesia"
    RABBITMQ_LOG_BASE="$1/log" RABBITMQ_PID_FILE="$1/node.pid")
}

rabbitmq_settings() {
  cat <<END
# Written by ./crm at each start.
default_vhost = crm
default_user = crm
default_pass = $(secret RABBITMQ)
default_permissions.configure = .*
default_permissions.read = .*
default_permissions.write = .*
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = $rabbitmq_metrics_port
log.file = false
log.console = true
log.console.level = info
disk_free_limit.absolute = 100MB
vm_memory_high_watermark.relative = 0.3
raft.wal_max_size_bytes = 134217728
END
}

# The broker opens this port when everything else of it stands; it greets whoever names the protocol.
rabbitmq_ready() {
  local greeting
  # shellcheck disable=SC2016 # expanded by the shell that is started
  greeting=$(timeout 3 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "AMQP\0\0\11\1" >&3 && head -c 1 <&3 | od -An -tx1' \
    crm "$rabbitmq_port" 2>/dev/null 9>&-)
  [[ $greeting == *01* ]]
}

rabbitmq_connection() { printf 'amqp://crm:%s@127.0.0.1:%s/crm\n' "$(secret RABBITMQ)" "$rabbitmq_port"; }

# ./crm subscriber: users for teams that listen. The broker of others is asked with the same script, where it runs.
crm_subscriber() {
  [[ -r $home/secrets ]] || fail "there is no broker yet; ./crm up first."
  recall_stack
  [[ -z $external_rabbitmq ]] || fail "CRM_RABBITMQ is not ours: run deploy/rabbitmq/subscriber where it is."
  find_place
  running rabbitmq >/dev/null || fail "RabbitMQ does not run; ./crm up first."
  rabbitmq_owner=$me
  [[ $me == root ]] && rabbitmq_owner=rabbitmq
  rabbitmq_environment "$place/rabbitmq"
  told=yes
  as "$rabbitmq_owner" "${rabbitmq_env[@]}" CRM_VHOST=crm RABBITMQCTL="$rabbitmq_bin/rabbitmqctl" \
    sh -c "$(cat "$ROOT/deploy/rabbitmq/subscriber")" subscriber "$@" </dev/null
}

#!/usr/bin/env bash
# Good and bad days of the servers that ./crm starts.
# shellcheck source=tests/Tools/harness.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/harness.sh"

test_Servers_start_once_and_stop_once() {
  crm infra up
  local postgres rabbitmq
  postgres=$(pid_of postgres) rabbitmq=$(pid_of rabbitmq)
  crm infra up
  [[ $(pid_of postgres) == "$postgres" && $(pid_of rabbitmq) == "$rabbitmq" ]]
  [[ $(stat -c %U "/proc/$postgres") != root && $(stat -c %U "/proc/$rabbitmq") != root ]]
  [[ $(stat -c %a "$CRM_HOME/secrets") == 600 ]]
  [[ $(crm infra down) == 'Stopped RabbitMQ, PostgreSQL.' ]]
  dead "$postgres"
  dead "$rabbitmq"
  [[ $(crm infra down) == 'Nothing was running.' ]]
}

test_Killed_while_the_cluster_is_made_it_starts_the_next_time() {
  without_broker
  kill_as_soon_as "$CRM_HOME/postgres/making.*" infra up
  crm infra up
}

test_Killed_between_the_servers_nothing_is_lost_track_of() {
  kill_as_soon_as "$CRM_HOME/run/postgres.pid" infra up
  local orphan
  orphan=$(pid_of postgres)
  kill_as_soon_as "$CRM_HOME/run/rabbitmq.pid" infra up
  crm infra up
  [[ $(pid_of postgres) == "$orphan" ]]
  crm infra down
  dead "$orphan"
}

test_Servers_that_were_killed_come_back_with_their_data() {
  crm infra up
  sql 'create table kept as select 42 as answer'
  kill -s KILL "$(pid_of postgres)" "$(pid_of rabbitmq)" "$(pid_of epmd)"
  crm infra up
  [[ $(sql 'select answer from kept') == 42 ]]
}

test_A_port_in_use_is_named_with_its_owner_and_nothing_is_started() {
  occupy $((CRM_PORT + 72))
  refused "port $((CRM_PORT + 72)) (RabbitMQ)" "node (pid $occupant)" 'CRM_PORT=' -- crm infra up
  kill "$occupant"
  [[ ! -e $CRM_HOME/run/postgres.pid ]]
}

test_Another_checkout_is_recognised_and_both_run_side_by_side() {
  without_broker
  mkdir -p "$scratch/other/deploy"
  cp -r "$ROOT/crm" "$scratch/other"
  cp -r "$ROOT/deploy/local" "$scratch/other/deploy"
  crm infra up
  refused "belongs to the checkout in $ROOT" -- env -u CRM_HOME "$scratch/other/crm" infra up
  trap 'env -u CRM_HOME "$scratch/other/crm" infra down; crm infra down; kill "$occupant"' EXIT
  env -u CRM_HOME CRM_PORT=$((CRM_PORT + 1000)) "$scratch/other/crm" infra up
}

test_Two_at_once_take_turns() {
  mkdir -p "$CRM_HOME"
  exec 7>"$CRM_HOME/lock"
  flock 7
  refused 'another ./crm is at work' -- crm infra up
}

test_A_recycled_pid_is_somebody_else() {
  mkdir -p "$CRM_HOME/run"
  sleep 60 &
  local bystander=$!
  printf '%s 1 %s\n' "$bystander" "$(cat /proc/sys/kernel/random/boot_id)" | tee "$CRM_HOME/run/postgres.pid" >"$CRM_HOME/run/host.pid"
  crm down
  alive "$bystander"
  kill "$bystander"
}

test_Too_little_disk_is_said_before_anything_is_started() {
  refused 'MB are free' CRM_MIN_FREE_MB -- env CRM_MIN_FREE_MB=999999999 "$ROOT/crm" infra up
  [[ ! -e $CRM_HOME/secrets ]]
}

test_A_disk_that_fills_up_on_the_way_is_named_as_the_reason() {
  # A small disk of its own, for this test alone; where the kernel allows nobody to make one there is nothing to test.
  local inside=(unshare --mount)
  [[ $(id -u) == 0 ]] || inside=(unshare --user --map-root-user --mount)
  "${inside[@]}" true 2>/dev/null || return 0
  mkdir "$scratch/small"
  # shellcheck disable=SC2016 # expanded inside
  refused 'is full' -- "${inside[@]}" bash -c '
    mount -t tmpfs -o size=24m,mode=755 none "$1" && CRM_MIN_FREE_MB=1 CRM_HOME=$1/home "$2" infra up' crm "$scratch/small" "$ROOT/crm"
}

test_Broken_and_unreachable_servers_are_named() {
  local ours="Host=127.0.0.1;Port=$((CRM_PORT + 90))"
  refused 'CRM_POSTGRES is not a connection string' -- env CRM_POSTGRES=nonsense "$ROOT/crm" infra up
  refused 'no PostgreSQL answers' "$((CRM_PORT + 90))" -- env CRM_POSTGRES="$ours" CRM_RABBITMQ=amqp://localhost "$ROOT/crm" infra up
  refused 'CRM_RABBITMQ is not an address' -- env CRM_RABBITMQ=localhost:5672 "$ROOT/crm" infra up
  refused 'no RabbitMQ answers' -- env CRM_RABBITMQ="amqp://a:b@127.0.0.1:$((CRM_PORT + 90))/x" "$ROOT/crm" infra up
  [[ ! -e $CRM_HOME/run/postgres.pid ]]
}

test_Lost_secrets_are_not_replaced_while_there_is_data() {
  mkdir -p "$CRM_HOME/postgres/data"
  refused 'secrets is gone' 'down --wipe' -- crm infra up
}

test_A_home_of_somebody_else_is_left_alone() {
  mkdir "$CRM_HOME"
  if [[ $(id -u) == 0 ]]; then
    chown nobody "$CRM_HOME"
    refused 'belongs to nobody' -- crm infra up
    chown root "$CRM_HOME"
  else
    chmod 500 "$CRM_HOME"
    refused 'not writable' -- crm infra up
    chmod 700 "$CRM_HOME"
  fi
}

test_A_port_that_is_none_is_said() {
  refused "CRM_PORT must be a number" "'banana'" -- env CRM_PORT=banana "$ROOT/crm" infra up
}

run_all "$@"

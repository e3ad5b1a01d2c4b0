# shellcheck shell=bash
# The whole platform: up and down.

crm_up() {
  need_sdk
  need_node
  make_home
  take_lock up
  recall_stack
  if whole && host_ready; then
    say "CrmPlatform is already running at http://127.0.0.1:$port (./crm down stops it)."
    return
  fi
  running host >/dev/null || sweep dotnet "$home/host" TERM || true
  running host >/dev/null || check_app_ports
  say "Starting PostgreSQL and RabbitMQ…"
  infra_up
  host_environment
  if running host >/dev/null; then host_again; fi
  if ! running host >/dev/null; then
    say "Building…"
    host_build
    web_build
    prepare "the key for anchors could not be made" "$home/host/CrmPlatform.AllInOne.dll" keys
    prepare "databases and queues could not be prepared" "$home/host/CrmPlatform.AllInOne.dll" provision
    say "Starting the services…"
    host_start
  fi
  await host "${CRM_START_SECONDS:-60}" host_ready || host_failed
  prepare "the demo data could not be entered" "$home/host/CrmPlatform.AllInOne.dll" seed
  running host >"$home/run/up"
  welcome
}

# The last `up` went all the way, and what it started still lives.
whole() {
  local pid
  pid=$(running host) && [[ $(cat "$home/run/up" 2>/dev/null) == "$pid" ]] || return 1
  [[ -n $external_postgres ]] || running postgres >/dev/null || return 1
  [[ -n $external_rabbitmq ]] || running rabbitmq >/dev/null
}

check_app_ports() {
  local name offset folder
  while read -r name offset folder; do check_port $((port + offset)) "$name"; done < <(apps)
}

# A host of an earlier run: it is kept if it gets well now that its servers are there.
host_again() {
  if await host 15 host_ready; then
    say "The services of an earlier run are well: going on with them."
  else
    say "The services of an earlier run are not well: starting them again."
    host_stop || true
  fi
}

host_failed() {
  local why='the services ended while they were starting'
  if running host >/dev/null; then
    if [[ $http_status == 200 ]]; then
      say "Not everything is well yet:"
      health_reasons
      return
    fi
    why="the services did not become healthy in time:
$(health_reasons)
They were stopped again; the servers still run"
    host_stop || true
  fi
  fail_with_log host "$why."
}

# One for each ready-made role, as the host enters them.
demo_people() {
  sed -nE 's/^ *Name = "([A-Za-z]+)",$/\1/p' "$ROOT/shared/Access/Roles/ReadyMade.cs" |
    while read -r role; do printf '                %s@demo.example\n' "${role,,}"; done
}

welcome() {
  cat <<END

CrmPlatform is running.
  address       $CRM_ISSUER
  log-in        $CRM_ISSUER/   password of all demo people: $(secret DEMO)
$(demo_people)
  mail          $CRM_ISSUER/mail   what was sent to them
  token         curl -H "Authorization: Bearer \$(./crm token)" $CRM_ISSUER/api/v1/contacts
                as another of them: ./crm token --user sales@demo.example
  API           $CRM_ISSUER/docs   (OpenAPI: $CRM_ISSUER/openapi/v1.json)
  what it says  ./crm logs    how it is  ./crm status    stop  ./crm down
END
}

crm_down() {
  local stopped=()
  [[ ${1:-} == '' || ${1:-} == --wipe ]] || fail "./crm down [--wipe]"
  make_home
  take_lock down
  if host_stop; then stopped+=('the services'); fi
  infra_down "${1:-}"
  rm -f "$home/stack" "$home/run/up"
  say_stopped
  if [[ ${1:-} == --wipe ]]; then
    say "Deleting databases, queues, keys and logs of $home."
    infra_wipe
    rm -rf "$home/keys" "$home/anchors" "$home/host" "$home/host.new" "$home/web" "$home/web.new" "$home/web.built" "$home/logs" "$home/run"
  fi
}

# shellcheck shell=bash
# How the platform is and what it says.

crm_status() {
  local name offset folder pid well=yes
  recall_stack
  while read -r name offset folder; do
    if http_get $((port + offset)) /health/ready && [[ -n $http_status ]]; then
      line "$name" "http://127.0.0.1:$((port + offset))" "$(sed -nE 's/.*"status":"([a-z]+)".*/\1/p' <<<"${http_body%%\"services\"*}")"
      [[ $http_status == 200 ]] || well=no
      if [[ $offset != 0 && $http_body != *'"status":"ready"'* ]]; then health_reasons; fi
    else
      line "$name" "http://127.0.0.1:$((port + offset))" 'not running'
      well=no
    fi
  done < <(apps)
  server_line PostgreSQL postgres "$postgres_port" "$external_postgres" || well=no
  server_line RabbitMQ rabbitmq "$rabbitmq_port" "$external_rabbitmq" || well=no
  told=yes
  [[ $well == yes ]]
}

server_line() {
  local pid
  if [[ -n $4 ]]; then
    line "$1" "$(sed -E 's,(//[^:]*:)[^@]*@,\1…@,; s/(password *= *)[^;]*/\1…/I' <<<"$4")" 'not ours'
  elif pid=$(running "$2") && answers "$3"; then
    line "$1" "127.0.0.1:$3" "running (pid $pid)"
  else
    line "$1" "127.0.0.1:$3" "$([[ -z $pid ]] && echo 'not running' || echo "pid $pid does not answer")"
    return 1
  fi
}

line() { printf '%-12s %-28s %s\n' "$@"; }

# ./crm logs [-f] [service]: the host's lines carry the service's name, as a word or as JSON; the servers have files of their own.
crm_logs() {
  local follow='' of='' file=$home/logs/host.log
  while (($#)); do
    if [[ $1 == -f ]]; then follow=yes; else of=$1; fi
    shift
  done
  case $of in postgres | rabbitmq | build) file=$home/logs/$of.log of='' ;; esac
  [[ -e $file ]] || fail "there is no log yet; ./crm up starts what writes one."
  told=yes
  if [[ -n $follow ]]; then
    trap - INT TERM
    tail -n 100 -F "$file" 2>/dev/null | lines_of "$of"
  else
    lines_of "$of" <"$file" | tail -n 100
  fi
}

lines_of() {
  [[ -n $1 ]] || { cat; return; }
  awk -v of="$1" '$3 == of || index($0, "\"service\":\"" of "\"") || index($0, "[" of "]") { print; fflush() }'
}

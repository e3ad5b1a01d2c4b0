# shellcheck shell=bash
# What has to be on the machine: the servers come from Debian's packages, the SDK and Node from whoever set the machine up.

need_sdk() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is needed and there is no 'dotnet' on the PATH."
  (cd "$ROOT" && dotnet --list-sdks | grep -q '^10\.') || fail "the .NET SDK 10 is needed; 'dotnet --list-sdks' shows none."
}

need_node() {
  local version
  command -v node >/dev/null || fail "Node.js 20 or newer is needed and there is no 'node' on the PATH."
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= 20)) || fail "Node.js 20 or newer is needed; this is $version."
}

# The tests of dashboards and alerts ask a real Prometheus.
need_prometheus() {
  if ! command -v prometheus >/dev/null || ! command -v promtool >/dev/null; then install_packages prometheus; fi
}

# The pages people come in by are tried with a browser.
need_chromium() {
  command -v chromium >/dev/null || install_packages chromium
}

# One of the programs that check the API.
need_java() {
  command -v java >/dev/null || install_packages default-jre-headless
}

# One of the samples for teams that listen.
need_pika() {
  /usr/bin/python3 -c 'import pika' 2>/dev/null || install_packages python3-pika
}

# It looks for ways to inject SQL.
need_sqlmap() {
  command -v sqlmap >/dev/null || install_packages sqlmap
}

# The load of the benchmarks.
need_wrk() {
  command -v wrk >/dev/null || install_packages wrk
}

need_servers() {
  local missing=()
  [[ -n $external_postgres ]] || find_postgres || missing+=(postgresql-15)
  [[ -n $external_rabbitmq ]] || [[ -x $rabbitmq_bin/rabbitmq-server ]] || missing+=(rabbitmq-server)
  ((${#missing[@]})) || return 0
  install_packages "${missing[@]}"
  [[ -n $external_postgres ]] || find_postgres ||
    fail "postgresql-15 is installed, and yet /usr/lib/postgresql has no server of version 15 or newer."
}

# The newest server that is there, or the one the data was made with.
find_postgres() {
  local made_with folder
  made_with=$(cat "$home/postgres.version" 2>/dev/null || true)
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5nr); do
    [[ -x $folder/postgres && -x $folder/initdb ]] || continue
    local version=${folder#/usr/lib/postgresql/}
    version=${version%/bin}
    [[ -n $made_with && $version != "$made_with" ]] && continue
    ((version >= 15)) || continue
    postgres_bin=$folder postgres_version=$version
    return 0
  done
  return 1
}

install_packages() {
  local root=() name_servers='name servers with CRM_POSTGRES and CRM_RABBITMQ'
  command -v apt-get >/dev/null ||
    fail "$* is missing and this is not Debian: install PostgreSQL 15 and RabbitMQ 3.10 or newer, or $name_servers."
  if [[ $me != root ]]; then
    command -v sudo >/dev/null || fail "$* is missing and there is no sudo: let root run 'apt-get install $*', or $name_servers."
    root=(sudo)
  fi
  say "Installing $* (Debian's packages)…"
  local log=$home/logs/install.log
  : >"$log"
  keep_services_off "${root[@]}"
  # postgresql-common first: it decides whether a cluster of Debian's own is made, and none is wanted.
  if [[ " $* " == *" postgresql-15 "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    apt_install postgresql-common || fail_with_log install "postgresql-common could not be installed."
    "${root[@]}" sed -i.before-crm 's/^#\?create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  fi
  apt_install "$@" || fail_with_log install "$* could not be installed."
  if [[ -e /etc/postgresql-common/createcluster.conf.before-crm ]]; then
    "${root[@]}" mv /etc/postgresql-common/createcluster.conf.before-crm /etc/postgresql-common/createcluster.conf
  fi
  let_services_on "${root[@]}"
  # Servers of Debian's own would start with the machine; they were not there before and are not wanted now.
  local server
  for server in rabbitmq-server prometheus; do
    [[ " $* " == *" $server "* ]] || continue
    if [[ -d /run/systemd/system ]]; then
      "${root[@]}" systemctl disable --now "$server" >>"$log" 2>&1 || true
    else
      "${root[@]}" update-rc.d "$server" disable >>"$log" 2>&1 || true
    fi
  done
}

apt_install() {
  local get=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120)
  "${get[@]}" install "$@" >>"$log" 2>&1 </dev/null 9>&- && return
  "${get[@]}" update >>"$log" 2>&1 </dev/null 9>&- && "${get[@]}" install "$@" >>"$log" 2>&1 </dev/null 9>&-
}

# Debian starts a service when its package is unpacked, unless this file says no. One that was there before stays as it is.
keep_services_off() {
  [[ -e /usr/sbin/policy-rc.d ]] && return
  printf '#!/bin/sh\n# crm: written for the time of an installation\nexit 101\n' | "$@" tee /usr/sbin/policy-rc.d >/dev/null
  "$@" chmod 755 /usr/sbin/policy-rc.d
}

let_services_on() {
  if grep -qs '^# crm: written for the time of an installation' /usr/sbin/policy-rc.d; then "$@" rm -f /usr/sbin/policy-rc.d; fi
}

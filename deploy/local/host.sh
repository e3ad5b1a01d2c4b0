# shellcheck shell=bash
# The host: all apps in one process, run from a copy so that builds and tests never touch what is running.

# Everything a program of the platform is told, in one place; `settings` of the host lists what each variable means.
host_environment() {
  export CRM_PORT=$port CRM_CHECKOUT=$ROOT
  export CRM_ISSUER=${CRM_ISSUER:-http://localhost:$port} # a name: passkeys are never for an address of numbers
  CRM_POSTGRES=$(postgres_address) CRM_RABBITMQ=$(rabbitmq_address)
  export CRM_POSTGRES CRM_RABBITMQ CRM_POSTGRES_ADMIN=${CRM_POSTGRES_ADMIN:-$CRM_POSTGRES}
  CRM_DB_KEY=${CRM_DB_KEY:-$(secret DB_KEY)} CRM_SECRET=${CRM_SECRET:-$(secret SECRET)}
  export CRM_DB_KEY CRM_SECRET CRM_MAIL=${CRM_MAIL-$home/mail} CRM_KEYS
  CRM_KEYS=${CRM_KEYS:-$(identity_keys)}
  CRM_DEMO_PASSWORD=${CRM_DEMO_PASSWORD:-$(secret DEMO)} CRM_OPERATORS=${CRM_OPERATORS-administrator@demo.example}
  export CRM_DEMO_PASSWORD CRM_OPERATORS
  export CRM_ANCHORS=$home/anchors CRM_ANCHOR_KEY=$home/keys/anchor.pem CRM_ANCHOR_KEYS=$home/keys/anchors.json
  export MASSTRANSIT_USAGE_TELEMETRY=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  export CRM_WEB=${CRM_WEB:-$home/web}
  mkdir -p "$CRM_WEB"
  (umask 077 && mkdir -p "$home/keys" "$home/anchors")
  if [[ -e $home/keys/signing.pem && ! -e $home/keys/anchor.pem ]]; then # what has signed the anchors so far goes on to
    mv "$home/keys/signing.pem" "$home/keys/anchor.pem"
    mv "$home/keys/jwks.json" "$home/keys/anchors.json"
  fi
}

# "name offset folder" of each app, read from its table of contents.
apps() {
  local file name offset
  for file in "$ROOT"/gateway/*/*App.cs "$ROOT"/services/*/*Service.cs; do
    [[ -e $file ]] || continue
    name=$(sed -nE 's/.* string Name => "([a-z]+)";.*/\1/p' "$file")
    offset=$(sed -nE 's/.* int PortOffset => ([0-9]+);.*/\1/p' "$file")
    [[ -z $name || -z $offset ]] || printf '%s %s %s\n' "$name" "$offset" "$(dirname "$file")"
  done
}

# Where an edge that runs by itself finds the services.
upstreams() { apps | awk -v first="$port" '$2 > 0 { printf "%s%s=http://127.0.0.1:%d", comma, $1, first + $2; comma = "," }'; }

# Where identity publishes the keys of its tokens.
identity_keys() { apps | awk -v first="$port" '$1 == "identity" { printf "http://127.0.0.1:%d/.well-known/jwks.json", first + $2 }'; }

app_names() { apps | cut -d' ' -f1 | paste -sd' ' -; }

host_build() {
  build "$ROOT/deploy/AllInOne/AllInOne.csproj"
  rm -rf "$home/host.new"
  cp -r "$ROOT/deploy/AllInOne/bin/Release/net10.0" "$home/host.new" || fail "the build could not be copied to $home/host."
  rm -rf "$home/host"
  mv "$home/host.new" "$home/host"
}

host_start() {
  launch host "$me" "$home/host" dotnet "$home/host/CrmPlatform.AllInOne.dll"
}

host_stop() { stop host 'the host' TERM 30 || sweep dotnet "$home/host" TERM; }

# prepare <what it is for> <program> <verb>: quiet when it works; the program's own sentence when not.
prepare() {
  local log=$home/logs/$3.log
  bound dotnet "$2" "$3" </dev/null >"$log" 2>"$log.errors" && return
  if [[ $(wc -l <"$log.errors") == 1 ]]; then fail "$1: $(cat "$log.errors")"; fi
  cat "$log.errors" >>"$log"
  fail_with_log "$3" "$1."
}

# A verb of the host for the person at the terminal.
host_verb() {
  [[ -d $home/host && -r $home/secrets ]] || fail "there is nothing to ask yet: ./crm up first."
  recall_stack
  host_environment
  told=yes
  bound dotnet "$home/host/CrmPlatform.AllInOne.dll" "$@"
}

crm_token() { host_verb token "$@"; }

crm_verify() { host_verb verify "$@"; }

crm_rebuild() { host_verb rebuild "$@"; }

# --- Health ----------------------------------------------------------------------

# http_get <port> <path>: the status and the body, by nothing but the shell.
http_get() {
  local answer
  http_status='' http_body=''
  answer=$(timeout 6 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" "$2" >&3 && cat <&3' \
    crm "$1" "$2" 2>/dev/null 9>&-) || return 1
  http_status=${answer#* } http_body=${answer#*$'\r\n\r\n'}
  http_status=${http_status%% *}
}

host_ready() {
  http_get "$port" /health/ready && [[ $http_status == 200 && $http_body == *'"status":"ready"'* && $http_body != *'"degraded"'* ]]
}

# Why something is not ready, a line for each reason.
health_reasons() {
  [[ -n $http_body ]] || { printf '    nothing answers at http://127.0.0.1:%s/health/ready\n' "$port"; return; }
  node -e '
    const report = JSON.parse(require("fs").readFileSync(0, "utf8"));
    for (const [name, { status, reasons }] of Object.entries(report.services ?? { [report.service]: report }))
      if (status !== "ready")
        console.log(`    ${name}: ${status}`, ...Object.entries(reasons ?? {}).map(([part, why]) => `(${part}: ${why})`));' \
    <<<"$http_body" 2>/dev/null || printf '    %s\n' "${http_body:0:400}"
}

# --- One service alone ----------------------------------------------------------------------

crm_run() {
  local name known folder offset program pids=()
  (($#)) || fail "./crm run <service>…: $(app_names)"
  need_sdk
  make_home
  take_lock run
  recall_stack
  infra_up
  host_environment
  known=$(apps)
  for name in "$@"; do
    read -r offset folder < <(sed -n "s/^$name //p" <<<"$known") || fail "there is no service '$name'; there are: $(app_names)."
    check_port $((port + offset)) "$name"
    build "$folder/$(basename "$folder").csproj"
    program=$folder/bin/Release/net10.0/CrmPlatform.$(basename "$folder").dll
    prepare "the keys could not be made" "$program" keys
    [[ $folder == */gateway/* ]] || prepare "$name could not be prepared" "$program" provision
    CRM_UPSTREAMS=$(upstreams) setpriv --pdeathsig TERM -- dotnet "$program" 9>&- &
    pids+=($!)
    say "$name: http://127.0.0.1:$((port + offset)) (Ctrl-C ends it; ./crm down stops the servers)"
  done
  exec 9>&-
  told=yes
  trap 'kill "${pids[@]}" 2>/dev/null || true; wait; exit 0' INT TERM
  wait -n "${pids[@]}" || { kill "${pids[@]}" 2>/dev/null || true; wait; fail "one of them ended; see above."; }
}

# shellcheck shell=bash
# Processes: started so that none is ever lost, stopped so that no other is ever hit.

# A process is its pid, its start time and the boot it belongs to: a recycled pid is somebody else.
launch() { # launch <name> <user> <folder> <command…>: in the background, output to logs/<name>.log
  local name=$1 user=$2 folder=$3
  shift 3
  local become=()
  [[ $user == "$me" ]] || become=(setpriv --reuid="$user" --regid="$user" --init-groups --)
  if [[ -f $home/logs/$name.log && $(stat -c %s "$home/logs/$name.log") -gt 20000000 ]]; then
    mv "$home/logs/$name.log" "$home/logs/$name.log.1"
  fi
  rm -f "$home/run/$name.pid" # of one that has died
  # It writes its own pid file before it becomes the server: however early this script is killed, nothing runs unrecorded.
  # shellcheck disable=SC2016 # expanded by the shell that is started, not by this one
  setsid bash -c '
    read -r line </proc/self/stat; rest=(${line##*) })
    echo "$$ ${rest[19]} $(cat /proc/sys/kernel/random/boot_id)" >"$1.new" && mv "$1.new" "$1" || exit 1
    cd "$2" && shift 2 && exec "$@"' \
    crm "$home/run/$name.pid" "$folder" "${become[@]}" "$@" </dev/null >>"$home/logs/$name.log" 2>&1 9>&- &
  local deadline=$((SECONDS + 5)) started=$!
  until [[ -e $home/run/$name.pid ]] || ! kill -0 "$started" 2>/dev/null || ((SECONDS > deadline)); do sleep 0.02; done
  disown "$started" 2>/dev/null || true
}

# running <name>: its pid, if what was started under that name still lives.
running() {
  local pid start boot
  { read -r pid start boot <"$home/run/$1.pid"; } 2>/dev/null || return 1
  [[ $boot == "$(cat /proc/sys/kernel/random/boot_id)" && $(start_time "$pid") == "$start" ]] || return 1
  printf '%s\n' "$pid"
}

# The clock tick at which a live process was started; nothing for a dead one or a zombie nobody has collected.
start_time() {
  local line rest
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
  read -r -a rest <<<"${line##*) }"
  [[ ${rest[0]} == Z ]] || printf '%s\n' "${rest[19]}"
}

# stop <name> <what it is> <signal> <seconds> …: the signals in turn, each with its patience, then KILL.
stop() {
  local name=$1 what=$2 pid
  shift 2
  if ! pid=$(running "$name"); then
    rm -f "$home/run/$name.pid"
    return 1
  fi
  while (($# >= 2)); do
    kill -s "$1" "$pid" 2>/dev/null || true
    gone "$name" "$2" && break
    shift 2
  done
  if running "$name" >/dev/null; then
    say "$what (pid $pid) did not stop in time: killing it."
    kill -s KILL "$pid" 2>/dev/null || true
    gone "$name" 10 || fail "$what (pid $pid) cannot be stopped; is it yours?"
  fi
  rm -f "$home/run/$name.pid"
}

gone() {
  local deadline=$((SECONDS + $2))
  while running "$1" >/dev/null; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# await <process> <seconds> <condition…>: until the condition holds; fails when the process dies first or time is up.
await() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@"; do
    running "$name" >/dev/null && ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# sweep <program> <folder> <signal>: what nobody has recorded any more (a killed server's children, or .crm was deleted under a running
# one), known by its program and by the folder it works in, which is ours alone. Succeeds when there was something.
sweep() {
  local pid folder left found=1 asked=no deadline=$((SECONDS + 10))
  while :; do
    left=()
    for pid in /proc/[0-9]*; do
      [[ $(readlink "$pid/exe" 2>/dev/null) == */"$1" ]] || continue
      folder=$(readlink "$pid/cwd" 2>/dev/null) || continue
      [[ ${folder% (deleted)} == "$2" && -n $(start_time "${pid#/proc/}") ]] && left+=("${pid#/proc/}")
    done
    ((${#left[@]})) || return $found
    found=0
    if [[ $asked == no ]]; then kill -s "$3" "${left[@]}" 2>/dev/null || true; fi
    asked=yes
    if ((SECONDS >= deadline)); then kill -s KILL "${left[@]}" 2>/dev/null || true; fi
    sleep 0.1
  done
}

# Runs in the foreground and dies with this script, even when that is killed.
bound() { setpriv --pdeathsig TERM -- "$@" 9>&-; }

# The same in a group of its own, of which nothing stays behind when it ends: a test that dies leaves what it started.
in_group() {
  local status=0
  setsid setpriv --pdeathsig TERM -- "$@" 9>&- &
  group=$!
  wait "$group" || status=$?
  end_group KILL
  return "$status"
}

end_group() { # end_group <signal>: what is left of the group gets it, and KILL if it does not go
  local deadline=$((SECONDS + 20))
  [[ -n ${group:-} ]] || return 0
  kill -s "$1" -- "-$group" 2>/dev/null || true
  while kill -0 -- "-$group" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
  kill -s KILL -- "-$group" 2>/dev/null || true
  group=''
}

as() { # as <user> <command…>
  local user=$1
  shift
  if [[ $user == "$me" ]]; then "$@"; else setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"; fi
}

# --- Ports ----------------------------------------------------------------------

# The socket that listens on a port: from the kernel's own table, so that no tool need be installed.
listener() {
  awk -v at=":$(printf %04X "$1")" '$4 == "0A" && substr($2, length($2) - 4) == at { print $10; exit }' \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

check_port() { # check_port <port> <what for>
  local socket pid
  socket=$(listener "$1")
  [[ -n $socket ]] || return 0
  pid=$({ find /proc/[0-9]*/fd -lname "socket:\[$socket\]" 2>/dev/null || true; } | sed -n '1s,/proc/\([0-9]*\)/.*,\1,p')
  fail "port $1 ($2) is already in use$(describe "$pid"); CRM_PORT=$((port + 1000)) ./crm … moves all ports of this checkout."
}

describe() {
  [[ -n $1 ]] || { printf ' by a process of another user'; return; }
  printf ' by %s (pid %s)' "$(cat "/proc/$1/comm" 2>/dev/null)" "$1"
  local other
  other=$({ tr '\0' '\n' <"/proc/$1/environ"; } 2>/dev/null | sed -n 's/^CRM_CHECKOUT=//p')
  [[ -n $other ]] || other=$(readlink "/proc/$1/cwd" 2>/dev/null | sed -n 's,/\.crm/.*,,p')
  if [[ $other == "$ROOT" ]]; then
    printf ', which this checkout started itself (./crm down stops it)'
  elif [[ -n $other ]]; then
    printf ', which belongs to the checkout in %s' "$other"
  fi
}

# answers <port>: somebody accepts connections there.
answers() { (exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null; }

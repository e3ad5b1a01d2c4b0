# shellcheck shell=bash
# The web app: built into a folder of the installation, from which the edge serves it. Whoever works on it has `npm run watch` write there.

# Nothing is built where nothing has changed, neither its sources nor what they stand on; and what the checkout has built for one home is copied to others.
web_build() {
  local stamp log=$home/logs/web.log last=$ROOT/.crm/web.last
  [[ $CRM_WEB == "$home/web" ]] || return 0 # somebody else's folder is theirs to fill
  stamp=$(web_stamp)
  [[ $(cat "$home/web.built" 2>/dev/null) != "$stamp" || ! -e $CRM_WEB/index.html ]] || return 0
  rm -rf "$home/web.new"
  mkdir -p "$ROOT/.crm"
  (
    flock 8
    if [[ $(cat "$last/stamp" 2>/dev/null) == "$stamp" ]]; then
      cp -r "$last/web" "$home/web.new" || fail "the web app could not be copied to $home."
      exit 0
    fi
    say "Building the web app…"
    web_packages
    (cd "$ROOT/web" && bound npx vite build --outDir "$home/web.new" --emptyOutDir </dev/null >"$log" 2>&1 8>&-) ||
      fail_with_log web "the web app could not be built."
    rm -rf "$last"
    mkdir "$last" && cp -r "$home/web.new" "$last/web" && printf '%s\n' "$stamp" >"$last/stamp" || fail "the web app could not be kept in $ROOT/.crm."
  ) 8>>"$ROOT/.crm/web.lock" || exit
  rm -rf "$home/web"
  mv "$home/web.new" "$home/web"
  printf '%s\n' "$stamp" >"$home/web.built"
}

# What it stands on, installed as the lock file says it, once for each lock file.
web_packages() {
  local log=$home/logs/web-packages.log modules=$ROOT/web/node_modules
  [[ ! -e $modules/.package-lock.json || $ROOT/web/package-lock.json -nt $modules/.package-lock.json ]] || return 0
  (cd "$ROOT/web" && bound npm ci --no-audit --no-fund --ignore-scripts </dev/null >"$log" 2>&1 8>&-) ||
    fail_with_log web-packages "the packages of the web app could not be installed."
}

web_stamp() {
  (
    cd "$ROOT/web" &&
      find src public tools index.html vite.config.ts package-lock.json -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
  )
}

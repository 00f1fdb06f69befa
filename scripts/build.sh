# shellcheck shell=bash disable=SC2154
# Builds the checkout once for each content of its sources. Sourced by ./ringfence, which sets `root` and `log`.
#
# What a program runs from is a copy under .ringfence/builds/STAMP, so a later build or test run of the same checkout never pulls
# a jar from under a running program. The stamp is a hash of every source file: unchanged sources start at once.

state=$root/.ringfence

# Prints the last lines of the log and one sentence, then gives up.
fail_with_log() {
  tail -n 40 "$log" >&2
  fail "$* The whole log is in $log."
}

source_files() {
  (cd "$root" && git ls-files -z --cached --others --exclude-standard -- "$@" 2>/dev/null) ||
    (cd "$root" && find "$@" \( -name node_modules -o -name target -o -name artifacts -o -name cache -o -name deployments \) -prune \
      -o -type f -print0)
}

# A file that git lists and the disk lacks is left out: deleting it changes the stamp.
hashes() {
  cd "$root" && { xargs -0 sha256sum 2>/dev/null || true; }
}

# A hash of the content and name of the source files below the given paths.
stamp_of() {
  source_files "$@" | LC_ALL=C sort -z | hashes | sha256sum | cut -c 1-16
}

# Waits until no other build of this checkout runs; the lock goes with this process. A program started from here must not inherit it.
lock_build() {
  command -v flock >/dev/null || return 0
  exec 9>"$state/build.lock"
  flock -n 9 && return 0
  echo "waiting for another build of this checkout ..."
  flock 9
}

unlock_build() {
  exec 9>&-
}

# timed TEXT COMMAND...: runs the command into the log and prints "TEXT ... N s".
timed() {
  local text=$1 start=$SECONDS
  shift
  printf '%s ... ' "$text"
  if ! ("$@") >>"$log" 2>&1; then
    echo "failed"
    fail_with_log "$text failed."
  fi
  echo "$((SECONDS - start)) s"
}

compile_contracts() {
  (cd "$root/contracts" && npx --no hardhat build --no-tests)
}

node_stamp() {
  echo "$(stamp_of contracts hardhat-node scripts)-$(node --version)"
}

# What the local node needs: two npm packages and the compiled contracts.
build_node() {
  local stamp
  find_node
  stamp=$(node_stamp)
  [ "$(cat "$state/node.stamp" 2>/dev/null || true)" != "$stamp" ] || [ ! -d "$root/contracts/artifacts" ] || return 0
  lock_build
  timed "installing npm packages" install_npm_packages
  timed "compiling contracts" compile_contracts
  echo "$stamp" >"$state/node.stamp"
  unlock_build
}

install_npm_packages() {
  install_npm_package contracts && install_npm_package hardhat-node
}

# Runs Maven into the log and prints each module with the seconds it took.
run_maven() {
  local line module="" start=$SECONDS
  local -a result
  (cd "$root" && "$mvn" -B --no-transfer-progress "$@" 2>&1) 9>&- | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    case $line in
      "[INFO] Building Ringfence: "*)
        [ -z "$module" ] || echo "  $module ... $((SECONDS - start)) s"
        module=${line#"[INFO] Building Ringfence: "}
        module=${module%% [0-9]*}
        start=$SECONDS
        ;;
      "[INFO] Reactor Summary"*)
        [ -z "$module" ] || echo "  $module ... $((SECONDS - start)) s"
        module=""
        ;;
    esac
  done
  result=("${PIPESTATUS[@]}")
  return "${result[0]}"
}

# A dependency that a module has dropped must not stay on its class path.
clear_libraries() {
  rm -rf "$root"/offchain-service/*/target/lib
}

name_build() {
  build=$state/builds/$(stamp_of pom.xml contracts hardhat-node offchain-service scripts)
}

# After tests have built everything anyway: keeps it for the next command.
offer_build() {
  name_build
  [ -f "$build/complete" ] || publish_build
}

# Sets `build` to a directory with the programs of the present sources: PROGRAM/PROGRAM.jar with PROGRAM/lib, and service/ (Quarkus).
build_all() {
  find_java
  find_node
  name_build
  if [ -f "$build/complete" ]; then
    touch "$build/complete"
    return
  fi
  lock_build
  if [ ! -f "$build/complete" ]; then
    find_maven
    echo "building (first time, or sources have changed)"
    clear_libraries
    run_maven -DskipTests package || fail_with_log "The build failed."
    publish_build
  fi
  unlock_build
}

# Copies what Maven has built to `build`.
publish_build() {
  local program partial=$build.part
  local modules=$root/offchain-service
  rm -rf "$partial"
  for program in keeper audit demo margin-cli verify bench; do
    mkdir -p "$partial/$program/lib"
    cp "$modules/$program/target/$program.jar" "$partial/$program/"
    [ ! -d "$modules/$program/target/lib" ] || cp -r "$modules/$program/target/lib/." "$partial/$program/lib/"
  done
  [ ! -d "$modules/service/target/quarkus-app" ] || cp -r "$modules/service/target/quarkus-app" "$partial/service"
  touch "$partial/complete"
  node_stamp >"$state/node.stamp"
  rm -rf "$build"
  mv "$partial" "$build"
  prune_builds
}

# Keeps the three newest builds: a program that was started long ago may still run from one of them.
prune_builds() {
  local old
  # shellcheck disable=SC2012
  ls -1t "$state"/builds/*/complete | tail -n +4 | while IFS= read -r old; do rm -rf "$(dirname "$old")"; done
}

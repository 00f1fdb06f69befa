# shellcheck shell=bash disable=SC2154,SC2034
# Finds the tools that a build needs, or says in one sentence what to install. Sourced, never run.
# The caller sets `root` to the repository's directory.

readonly NEEDS_JAVA=25 NEEDS_MAVEN=3.9 FETCHES_MAVEN=3.9.11 NEEDS_NODE=22.13 FETCHES_NODE=24.9.0

fail() {
  printf 'ringfence: %s\n' "$*" >&2
  exit 1
}

# at_least FOUND NEEDED: compares versions such as 3.9.11 and 3.9 number by number.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Prints the feature release of the JDK in a directory, or nothing if there is no compiler in it.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Exports JAVA_HOME: the caller's own if it is new enough, else the first JDK found that is.
find_java() {
  local home release on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    release=$(jdk_release "$home")
    if [ -n "$release" ] && [ "$release" -ge "$NEEDS_JAVA" ]; then
      export JAVA_HOME=$home PATH="$home/bin:$PATH"
      return
    fi
  done
  fail "no JDK $NEEDS_JAVA or newer in JAVA_HOME, PATH, /usr/lib/jvm or ~/.sdkman: install one (for example Temurin $NEEDS_JAVA) and run this again."
}

# Puts a directory with Node first on PATH if the one there is missing or too old.
find_node() {
  local version directory remembered=$root/.ringfence/tools/node-$FETCHES_NODE
  version=$(node --version 2>/dev/null || true)
  if [ -n "$version" ] && at_least "${version#v}" "$NEEDS_NODE" && command -v npm >/dev/null; then return; fi
  if ! command -v npm >/dev/null || ! command -v npx >/dev/null; then
    fail "npm is missing: install Node $NEEDS_NODE or newer with its npm (an older Node with npm will do, it fetches the right one)."
  fi
  directory=$(cat "$remembered" 2>/dev/null || true)
  if [ -n "$directory" ] && [ "$("$directory/node" --version 2>/dev/null || true)" = "v$FETCHES_NODE" ]; then
    export PATH="$directory:$PATH"
    return
  fi
  echo "fetching Node $FETCHES_NODE (here is ${version:-none})" >&2
  mkdir -p "$root/.ringfence/tools"
  # shellcheck disable=SC2016
  directory=$(cd / && npx --yes --package "node@$FETCHES_NODE" -- sh -c 'dirname "$(command -v node)"' 2>"$remembered.log" | tail -n 1) || true
  if [ ! -x "$directory/node" ]; then
    tail -n 20 "$remembered.log" >&2
    fail "Node $NEEDS_NODE or newer is needed, here is ${version:-none}, and npx could not fetch node@$FETCHES_NODE: install it and run this again."
  fi
  printf '%s\n' "$directory" >"$remembered.$$" && mv "$remembered.$$" "$remembered"
  export PATH="$directory:$PATH"
}

# Sets `mvn` to a Maven that is new enough; an older one fetches it by name.
find_maven() {
  local version fetched=$root/.ringfence/tools/apache-maven-$FETCHES_MAVEN
  if [ -x "$fetched/bin/mvn" ]; then
    mvn=$fetched/bin/mvn
    return
  fi
  command -v mvn >/dev/null || fail "Maven is missing: install any Maven from 3.6 on, and run this again."
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
  if [ -n "$version" ] && at_least "$version" "$NEEDS_MAVEN"; then
    mvn=mvn
    return
  fi
  mkdir -p "$root/.ringfence/tools"
  echo "fetching Maven $FETCHES_MAVEN (here is ${version:-an unknown version})"
  (cd "$root/.ringfence/tools" && mvn -q -B -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
    "-Dartifact=org.apache.maven:apache-maven:$FETCHES_MAVEN:zip:bin" "-DoutputDirectory=$root/.ringfence/tools") \
    >"$root/.ringfence/tools/fetch.log" 2>&1 || {
    tail -n 20 "$root/.ringfence/tools/fetch.log" >&2
    fail "Maven $NEEDS_MAVEN or newer is needed, here is ${version:-none}, and it could not fetch $FETCHES_MAVEN: install it and run this again."
  }
  chmod +x "$fetched/bin/mvn"
  mvn=$fetched/bin/mvn
}

# Runs `npm ci` in an npm package of this repository, unless it has been done for this very lock file and Node.
install_npm_package() {
  local directory=$root/$1 wanted
  wanted=$(cat "$directory/package-lock.json" "$directory/.npmrc" | cksum)-$(node -p 'process.version + process.platform + process.arch')
  [ "$(cat "$directory/node_modules/.installed" 2>/dev/null || true)" != "$wanted" ] || return 0
  (cd "$directory" && npm ci --no-progress --loglevel=error >&2) || fail "npm ci failed in $1."
  printf '%s\n' "$wanted" >"$directory/node_modules/.installed"
}

# shellcheck shell=bash disable=SC2154
# Runs the tests and counts them from their own reports. Sourced by ./ringfence, which sets `root` and `log`.

passed=0 failed=0 skipped=0

# count NAME PASSED FAILED SKIPPED SECONDS: adds to the totals and prints one line.
count() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  echo "$1: $2 passed, $3 failed, $4 skipped ($5 s)"
}

# number PATTERN FILE: the number in the last line that the pattern (with one group) matches, or 0.
number() {
  local found
  found=$(sed -E 's/\x1b\[[0-9;]*m//g' "$2" | sed -nE "s/$1/\1/p" | tail -n 1)
  echo "${found:-0}"
}

# A suite whose command failed although no test did (it did not compile, say) counts as one failure.
at_least_one_failure() {
  if [ "$1" -ne 0 ] && [ "$2" -eq 0 ]; then echo 1; else echo "$2"; fi
}

test_solidity() {
  local output=$log.solidity start=$SECONDS result=0
  (cd "$root/contracts" && npx --no hardhat test solidity) >"$output" 2>&1 || result=$?
  cat "$output" >>"$log"
  local failures
  failures=$(at_least_one_failure "$result" "$(number '^ *([0-9]+) failing.*' "$output")")
  [ "$failures" -eq 0 ] || grep -vE '✔' "$output" | tail -n 60
  count "Solidity" "$(number '^ *([0-9]+) passing.*' "$output")" "$failures" "$(number '^ *([0-9]+) (skipped|pending).*' "$output")" \
    $((SECONDS - start))
  rm -f "$output"
}

# The campaign counts as many tests as the design has invariants. What it reached, and how often, is in the log.
test_campaign() {
  local output=$log.campaign start=$SECONDS result=0 failures
  (cd "$root/contracts" && npm run --silent test:campaign && npm run --silent campaign) >"$output" 2>&1 || result=$?
  cat "$output" >>"$log"
  failures=$(at_least_one_failure "$result" "$(number '^[0-9]+ invariants held, ([0-9]+) broken' "$output")")
  [ "$failures" -eq 0 ] || grep -E 'BROKEN|too seldom|^seed|^campaign:|failed in|✖' "$output" | head -n 40
  count "Campaign" "$(number '^([0-9]+) invariants held.*' "$output")" "$failures" 0 $((SECONDS - start))
  rm -f "$output"
}

test_node() {
  local output=$log.node start=$SECONDS result=0
  (cd "$root/hardhat-node" && node --import tsx --test --test-reporter=tap test/*.test.ts) >"$output" 2>&1 || result=$?
  cat "$output" >>"$log"
  local failures
  failures=$(($(number '^# fail ([0-9]+)' "$output") + $(number '^# cancelled ([0-9]+)' "$output")))
  failures=$(at_least_one_failure "$result" "$failures")
  [ "$failures" -eq 0 ] || grep -A 20 '^not ok' "$output" | head -n 60
  count "Local node" "$(number '^# pass ([0-9]+)' "$output")" "$failures" "$(number '^# skipped ([0-9]+)' "$output")" $((SECONDS - start))
  rm -f "$output"
}

# The pages in a real browser, where there is one: those of a new chain, or of the run that RINGFENCE_RUN names.
test_pages() {
  local output=$log.pages start=$SECONDS result=0 failures
  if [ -z "$(cd "$root/browser-tests" && node --input-type=module -e '
      import("./src/chromium.js").then(({ findChromium }) => console.log(findChromium() ?? ""))')" ]; then
    echo "Pages in a browser: NOT RUN, no Chromium here (Debian's package chromium will do, or name one in CHROMIUM)"
    skipped=$((skipped + 1))
    return
  fi
  (cd "$root/browser-tests" && node --test --test-concurrency=1 --test-reporter=tap test/*.test.js) >"$output" 2>&1 || result=$?
  cat "$output" >>"$log"
  failures=$(($(number '^# fail ([0-9]+)' "$output") + $(number '^# cancelled ([0-9]+)' "$output")))
  failures=$(at_least_one_failure "$result" "$failures")
  [ "$failures" -eq 0 ] || grep -A 20 '^not ok' "$output" | head -n 60
  count "Pages in a browser" "$(number '^# pass ([0-9]+)' "$output")" "$failures" "$(number '^# skipped ([0-9]+)' "$output")" \
    $((SECONDS - start))
  rm -f "$output"
}

surefire_reports() {
  find "$root/offchain-service" \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' \)
}

# attribute NAME: the sum of an attribute of all test suites.
attribute() {
  surefire_reports | xargs -r grep -hoE '<testsuite [^>]*' | sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# test_java NAME MAVEN_ARGUMENT...
test_java() {
  local name=$1 start=$SECONDS result=0
  shift
  surefire_reports | xargs -r rm -f
  echo "$name tests:"
  run_maven --fail-at-end "$@" verify || result=$?
  local ran bad not
  ran=$(attribute tests) not=$(attribute skipped)
  bad=$(($(attribute failures) + $(attribute errors)))
  [ "$result" -eq 0 ] || grep -E '^\[ERROR\]' "$log" | grep -vE 'Help 1|-> \[|re-run Maven|full stack trace' | head -n 60 || true
  count "$name" $((ran - bad - not)) "$(at_least_one_failure "$result" "$bad")" "$not" $((SECONDS - start))
}

# Prints the one closing line; the tests failed if any did, or if none ran.
close_tests() {
  [ "$failed" -eq 0 ] || echo "The whole log is in $log."
  [ $((passed + failed)) -gt 0 ] || echo "No test ran."
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

#!/usr/bin/env bash
# Builds everything and runs every test. Installs PostgreSQL's server on Debian and Ubuntu when it is missing, and what the tests of the
# manifests need (tests/Deploy.Tests/tools.sh).
# The last line is "N passed, N failed"; the exit status is 0 only if something passed and nothing failed.
set -euo pipefail
cd "$(dirname "$0")"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
    echo 'Installing the PostgreSQL server for the tests'
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql
fi

bash tests/Deploy.Tests/tools.sh

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

if ! dotnet build Core.sln -c Release --nologo -v quiet; then
    echo '0 passed, 1 failed'
    exit 1
fi

# What a project's tests say, and their results under a name of their own: run_tests NAME PROJECT [ARGS…]
run_tests() {
    local name=$1 project=$2
    shift 2
    echo "== $name"
    dotnet test "tests/$project/$project.csproj" -c Release --no-build --nologo --blame-hang-timeout 5m --blame-hang-dump-type none \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || touch "$results/crashed"
    [ -s "$results/$name.trx" ] || { echo "$name left no results"; touch "$results/crashed"; }
}

# Programs that nobody hurries leave a processor idle for most of the time: they run beside the other projects. Silos under load have the machine to themselves.
run_tests Processes.Tests-unhurried Processes.Tests --filter 'pace=unhurried' >"$results/unhurried.log" 2>&1 &
unhurried=$!
for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    case $name in Processes.Tests | Chaos.Tests) ;; *) run_tests "$name" "$name" ;; esac
done
wait "$unhurried" || true
cat "$results/unhurried.log"
run_tests Processes.Tests Processes.Tests --filter 'pace!=unhurried'
run_tests Chaos.Tests Chaos.Tests

crashed=0
[ -e "$results/crashed" ] && crashed=1
# Counters of all result files: <Counters total="…" executed="…" passed="…" failed="…" …/>
count() { { grep -ho "<Counters [^>]*" "$results"/*.trx || true; } | { grep -o " $1=\"[0-9]*\"" || true; } | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(count failed)
[ "$crashed" = 1 ] && [ "$failed" = 0 ] && failed=1

echo '== The slowest tests'
{ grep -ho '<UnitTestResult [^>]*' "$results"/*.trx || true; } | sed -n 's/.* testName="\([^"]*\)".* duration="\([^"]*\)".*/\2 \1/p' | sort -r | sed -n 1,15p
echo "$passed passed, $failed failed"
[ "$passed" -gt 0 ] && [ "$failed" = 0 ]

#!/usr/bin/env bash
# Repeats the four process tests (kill, database, split brain, repeat) with a fresh seed each round, after one long kill run.
#
#   tests/soak.sh N            N rounds
#
# Environment:
#   ZVONOK_KILLS=30            kills per store in the long kill run, at least 30
#   ZVONOK_SEED=…              seed of the first run; the next ones count up from it. Without it the clock chooses
#   SOAK_LOG=DIR               where the output of failed runs is kept, with the memory of silos that still ran or ended themselves; by default soak-<seed> in the
#                              temporary directory
#
# Prints one line a round, with its seed and time, and a verdict at the end; the exit status is 0 only if every round
# passed. A round that failed is played again with ZVONOK_SEED=<its seed> dotnet test tests/Processes.Tests -c Release.
# Seeds replay operations and the counts at which something is killed, not the scheduling of processes.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:?usage: tests/soak.sh N}
kills=${ZVONOK_KILLS:-30}
[ "$kills" -ge 30 ] || { echo "ZVONOK_KILLS is $kills: a soak has at least 30 kills per store" >&2; exit 2; }
seed=${ZVONOK_SEED:-$(date +%s)}
logs=$(realpath -m "${SOAK_LOG:-${TMPDIR:-/tmp}/soak-$seed}")
export ZVONOK_DUMPS=$logs
failed=0

mkdir -p "$logs"
dotnet build tests/Processes.Tests -c Release --nologo -v quiet

# play NAME FILTER: one run with the present seed and kills.
play() {
    local log started=$SECONDS verdict=passed
    log=$(mktemp)
    if ! ZVONOK_SEED=$seed dotnet test tests/Processes.Tests -c Release --no-build --nologo --logger 'console;verbosity=detailed' --filter "$2" >"$log" 2>&1; then
        verdict=FAILED
        failed=$((failed + 1))
        mv "$log" "$logs/$seed.log"
    fi
    rm -f "$log"
    echo "$1: seed $seed, $((SECONDS - started)) s, $verdict$([ "$verdict" = passed ] || echo ", see $logs/$seed.log")"
    seed=$((seed + 1))
}

ZVONOK_KILLS=$kills play "$kills kills per store" 'soak=kill'
unset ZVONOK_KILLS
for ((round = 1; round <= rounds; round++)); do
    play "round $round of $rounds" 'soak=kill|soak=database|soak=split-brain|soak=repeat'
done

rmdir --ignore-fail-on-non-empty "$logs"
if [ "$failed" = 0 ]; then
    echo "SOAK PASSED: $kills kills per store, then $rounds rounds"
else
    echo "SOAK FAILED: $failed of $((rounds + 1)) runs"
    exit 1
fi

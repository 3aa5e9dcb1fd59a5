#!/usr/bin/env bash
# Three silos on this machine, one cluster on one PostgreSQL database; Ctrl+C ends them. Without ConnectionStrings__Zvonok it makes and
# starts a PostgreSQL cluster of its own, which keeps its data for the next time. Devices may connect to any of the three.
set -euo pipefail
cd "$(dirname "$0")/.."

home=${ZVONOK_HOME:-/var/tmp/zvonok-three-silos-$(id -u)}
mkdir -p -m 711 "$home"

# PostgreSQL does not run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

start_postgres() {
    local port=${ZVONOK_POSTGRES_PORT:-54320}
    data=$home/postgres
    bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$bin" ] || { echo 'Install the PostgreSQL server (apt install postgresql), or set ConnectionStrings__Zvonok.' >&2; exit 2; }
    if [ ! -s "$home/password" ]; then (umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$home/password"); fi
    if ! as_postgres test -s "$data/PG_VERSION"; then
        install -d -m 700 "$data"
        install -m 400 "$home/password" "$data.password"
        if [ "$(id -u)" = 0 ]; then chown postgres "$data" "$data.password"; fi
        as_postgres "$bin/initdb" -D "$data" -U zvonok -A scram-sha-256 --pwfile="$data.password" -E UTF8 --locale=C >/dev/null
        rm -f "$data.password"
    fi
    as_postgres "$bin/pg_ctl" -D "$data" -l "$data/log" -w -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start >/dev/null
    trap 'as_postgres "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null' EXIT
    export ConnectionStrings__Zvonok="Host=127.0.0.1;Port=$port;Username=zvonok;Password=$(cat "$home/password");Database=postgres"
}

dotnet build src/Silo -c Release --nologo -v quiet
[ -n "${ConnectionStrings__Zvonok:-}" ] || start_postgres
export Zvonok__DataDirectory=$home/silo

# They hand over and end; it is waited for them below.
trap 'kill $(jobs -pr) 2>/dev/null || true' INT TERM
for number in 0 1 2; do
    Zvonok__Listen=127.0.0.1:$((5080 + number)) Zvonok__Cluster__SiloPort=$((11111 + number)) Zvonok__Management__Listen=127.0.0.1:$((9464 + number)) \
        dotnet src/Silo/bin/Release/net10.0/Zvonok.Silo.dll > >(sed -u "s/^/silo $number: /") 2>&1 &
done
while [ -n "$(jobs -pr)" ]; do wait || true; done

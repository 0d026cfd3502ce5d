#!/usr/bin/env bash
# Starts a PostgreSQL server of the tests' own on a Unix socket, prints its address, and leaves it running.
# Usage: scripts/postgres.sh FOLDER          (stop it: scripts/postgres.sh FOLDER stop)
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "no PostgreSQL server here: apt-get install postgresql" >&2; exit 1; }
as() { if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "${2:-}" = stop ]; then
  as "$bin/pg_ctl" -D "$folder/data" -m fast stop >/dev/null
  exit
fi
chmod 755 "$folder"
[ -d "$folder/data" ] || as "$bin/initdb" -D "$folder/data" -U dateline -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-c listen_addresses='' -k $folder -c fsync=off" start >/dev/null
as "$bin/createdb" -h "$folder" -U dateline dateline 2>/dev/null || true
echo "postgresql://dateline@/dateline?host=$folder"

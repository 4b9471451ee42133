#!/bin/sh
# Sees to it that PostgreSQL, Redis, Chromium and a Chinese font are on this machine.
set -eu
missing=
need() { missing="$missing $1"; }
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null 2>&1 ||
    need postgresql
command -v redis-server >/dev/null 2>&1 || need redis-server
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
    command -v google-chrome >/dev/null 2>&1 || need chromium
command -v setpriv >/dev/null 2>&1 || [ "$(uname)" != Linux ] || need util-linux
{ command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family)" ]; } ||
    need "fontconfig fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "The tests need parts that are not on this machine, and only root could install them:" >&2
    echo "    apt-get install$missing" >&2
    exit 1
fi
echo "Installing$missing"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# A PostgreSQL that Debian would start by itself is not wanted: the tests start their own.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
# shellcheck disable=SC2086
if ! { apt-get update && apt-get install -y --no-install-recommends $missing; } \
    </dev/null >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    exit 1
fi
rm -f "$log"

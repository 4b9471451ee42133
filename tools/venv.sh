#!/bin/sh
# Makes the virtual environment with the first Python >= 3.11 that can.
set -eu
folder=$1
if [ -x "$folder/bin/python" ] && "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
bare=
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python3.14 python}; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        exec "$python" -m venv --clear "$folder"
    fi
    bare=$python
done
if [ -n "$bare" ]; then
    echo "$bare has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2
else
    echo "Python 3.11 or newer was not found. Name it with: make run PYTHON=/path/to/python" >&2
fi
exit 1

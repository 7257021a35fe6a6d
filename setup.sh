#!/usr/bin/env bash
# Makes the environment: setup.sh <venv folder> <lock file> [newest minor version of Python 3 that the lock is
# for, 13 where not said]. Called by make, safe to repeat.
set -euo pipefail
venv=$1 lock=$2 newest=${3:-13}
root=$(cd "$(dirname "$0")" && pwd)

# The first interpreter that really runs and is of a supported version; PYTHON=<path> decides otherwise.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    if "$candidate" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $newest))" 2>/dev/null; then
      echo "$candidate"; return
    fi
  done
  if [ "$newest" = 13 ]; then
    echo "Sotinh needs Python 3.11, 3.12 or 3.13; found $(python3 --version 2>&1 || echo none)." >&2
  else
    echo "The packages of $lock need Python 3.11 or 3.12; found $(python3 --version 2>&1 || echo none)." >&2
  fi
  echo "Install one of them, or name it: make PYTHON=/path/to/python3.12 <command>" >&2
  exit 1
}

if ! "$venv/bin/python" -c '' 2>/dev/null; then
  python=$(find_python)
  echo "Setting up with $("$python" --version) in ${venv#"$root"/} …"
  rm -rf "$venv"
  if ! "$python" -m venv "$venv"; then
    rm -rf "$venv"
    echo "$python cannot make virtual environments; on Debian and Ubuntu install its venv package (python3-venv)." >&2
    exit 1
  fi
fi
if [ ! -x "$venv/bin/uv" ]; then
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$root/requirements-bootstrap.lock"
fi
echo "Installing $(grep -cE '^[a-zA-Z0-9]' "$root/$lock") locked packages from $lock …"
"$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$root/$lock"

# The command of the runtime's environment, which lies in the project's folder. It finds both by its own place,
# also when it is called through a link. -P: modules of the folder that it is called in are none of it.
if [ "$lock" = requirements.lock ]; then
  cat > "$venv/bin/sotinh" <<'LAUNCHER'
#!/bin/sh
bin=$(dirname -- "$(readlink -f -- "$0")")
PYTHONPATH=$(dirname -- "$(dirname -- "$bin")") exec "$bin/python" -P -m include.cli "$@"
LAUNCHER
  chmod +x "$venv/bin/sotinh"
fi

#!/usr/bin/env bash
# Sees that programs are here which a lane needs: debian.sh <program>=<package> …
# Missing ones are installed where that is possible (Debian or Ubuntu, as root), else named.
set -euo pipefail

is_here() {
  command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null
}

missing=()
for pair in "$@"; do
  is_here "${pair%%=*}" || missing+=("${pair#*=}")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "This lane needs: ${missing[*]}. On Debian and Ubuntu: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
# Their servers are started by the lane, on ports of its own, not by the system. What the image forbids stays so.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
for pair in "$@"; do
  is_here "${pair%%=*}" || { echo "${pair#*=} is installed, and there is no ${pair%%=*}." >&2; exit 1; }
done

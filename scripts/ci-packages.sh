#!/usr/bin/env bash
# Installs the Debian packages that the tests call and that are not there: tmux (the terminal
# of test/cli), and what the set-up needs. Run as root; where all is there, it does nothing.
set -euo pipefail

missing=()
need() {
  command -v "$1" >/dev/null || missing+=("$2")
}
need tmux tmux
need g++ g++
need python3 python3
python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)

if [ "${#missing[@]}" -eq 0 ]; then
  exit 0
fi
echo "Installing ${missing[*]} ..." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

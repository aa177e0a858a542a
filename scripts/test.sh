#!/usr/bin/env bash
# Sets up, then proves everything: format, lint, types, tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash scripts/setup.sh
npm run verify

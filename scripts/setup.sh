#!/usr/bin/env bash
# Makes a clone ready to use: npm packages, TensorFlow's native library, dist/, the command
# `rancc`. What is there already is left alone, so that a second run takes seconds.
#   bash scripts/setup.sh [--verify]    --verify hashes the cached library again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  printf 'error: %s\n  cure: %s\n' "$1" "$2" >&2
  exit 3
}

command -v node >/dev/null ||
  fail 'node is not on the PATH' 'install Node.js 20.19 or newer'
node -e 'const [a, b] = process.versions.node.split(".").map(Number);
  process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "Node $(node --version) is too old" 'install Node.js 20.19 or newer'
command -v npm >/dev/null ||
  fail 'npm is not on the PATH' 'install npm (it comes with Node.js)'

# One set-up at a time in a clone: npm ci takes node_modules away before it fills it.
if command -v flock >/dev/null; then
  exec 9<package.json
  flock -n 9 || {
    echo 'Another set-up is running in this clone; waiting for it.' >&2
    flock 9
  }
fi

# The copy of the lock file says what node_modules was made of.
installed=node_modules/.rancc-package-lock.json
if ! cmp -s package-lock.json "$installed"; then
  echo 'Installing npm packages ...' >&2
  npm ci --no-audit --no-fund --loglevel=error ||
    fail 'the npm packages could not be installed' \
      'check the network and the registry npm uses (npm config get registry), then run the set-up again'
  cp package-lock.json "$installed"
fi

# So that npx finds the command in this clone itself.
mkdir -p node_modules/.bin
ln -sfn ../../cli/rancc.js node_modules/.bin/rancc

node --import tsx runtime/native/install-main.ts "$@"

if ! node scripts/stamp-build.js --check; then
  echo 'Building dist/ ...' >&2
  npm run --silent build ||
    fail 'dist/ could not be built' 'mend what tsc reports; until then rancc runs from the sources'
fi

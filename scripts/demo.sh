#!/usr/bin/env bash
# Sets up, then does the main job with Attention-92: compiles it, makes and imports a
# caffemodel, runs a forward pass, and compares every layer with the numbers of Caffe.
#   bash scripts/demo.sh [FOLDER]    FOLDER: where what it makes goes (about 450 MB)
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
out="${1:-${TMPDIR:-/tmp}/rancc-demo-$(id -u)}"
mkdir -p "$out"
out="$(cd "$out" && pwd)"
cd "$root"

net=prototxts/imagenet/Attention-92/deploy.prototxt
golden=test/reference/nets/Attention-92.224.json

step() {
  printf '\n%s\n' "$1"
}
rancc() {
  printf '$ rancc %s\n' "$*"
  npx --no-install rancc "$@"
}

bash scripts/setup.sh

step '1. A caffemodel: weights by the formula with which the reference Caffe was run'
rancc weights synthesize "$net" --golden "$golden" -o "$out/Attention-92.caffemodel"
rancc weights inspect "$out/Attention-92.caffemodel" | tail -n 3

step '2. Compile the prototxt to a TensorFlow SavedModel, and import the weights'
rancc compile "$net" --weights "$out/Attention-92.caffemodel" -o "$out/Attention-92.rancc"

step '3. Run a forward pass'
node --import tsx scripts/write-golden-input.ts "$golden" "$out/data.npy"
rancc run "$net" --weights "$out/Attention-92.caffemodel" \
  --input "data=$out/data.npy" -o "$out/outputs.npz"

step '4. Compare every layer with the numbers of the reference Caffe'
rancc validate "$net" --weights "$out/Attention-92.caffemodel" --reference "$golden"

printf '\nWhat was made is in %s\n' "$out"

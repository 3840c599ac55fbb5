#!/bin/sh
# Builds the widget anew and fails when what is committed differs.
set -eu
cd "$(dirname "$0")"
[ "${1:-}" = --installed ] || npm ci --no-audit --no-fund
npm test
npm run build
built=../src/main/resources/widget
if [ -n "$(git status --porcelain -- "$built")" ]; then
    git status --short -- "$built"
    echo "The committed widget is not what its sources build. Commit $built." >&2
    exit 1
fi
size=$(wc -c < "$built/widget.js")
[ "$size" -le 15360 ] || { echo "widget.js has $size bytes; 15360 are allowed." >&2; exit 1; }
echo "The committed widget is fresh."

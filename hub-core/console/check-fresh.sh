#!/bin/sh
# Tests and rebuilds the console and fails if the committed output is not what the source makes.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund
npm run format:check
npm run types
npm test
npm run build
output=../src/main/resources/console
stale=$(git status --porcelain -- "$output" src/shared/api/schema.ts)
if [ -n "$stale" ]; then
  echo "The committed console is not what its source makes. Run 'npm run build' and commit:" >&2
  echo "$stale" >&2
  exit 1
fi
big=$(find "$output" -type f -size +1048576c)
if [ -n "$big" ]; then
  echo "Larger than 1 MiB: $big" >&2
  exit 1
fi
echo "The console is fresh."

#!/usr/bin/env bash
# Finds, fetches or builds guideline-lint, and tells the next step where it is.
# Reads BINARY, BINARY_URL, BINARY_SHA256; writes `binary=` to the file that GITHUB_OUTPUT names.
set -euo pipefail

fail() { printf '::error::%s\n' "$*"; exit 2; }

if [ -n "${BINARY:-}" ]; then
  binary="$BINARY"
elif [ -n "${BINARY_URL:-}" ]; then
  # What is fetched is run, so it must be what somebody has looked at.
  [ -n "${BINARY_SHA256:-}" ] || fail "binary-url needs binary-sha256"
  binary="${RUNNER_TEMP:?}/guideline-lint"
  curl --fail --silent --show-error --location --output "$binary" "$BINARY_URL"
  printf '%s  %s\n' "$BINARY_SHA256" "$binary" | sha256sum --check --quiet ||
    fail "what binary-url gives has another SHA-256 than binary-sha256 says"
  chmod +x "$binary"
else
  root="$(cd "$(dirname "$0")/../../.." && pwd)"
  "$root/tools/setup"
  swift build --package-path "$root" -c release --product guideline-lint >&2
  binary="$(swift build --package-path "$root" -c release --show-bin-path)/guideline-lint"
fi

[ -x "$binary" ] || fail "there is no command $binary"
"$binary" --version
printf 'binary=%s\n' "$binary" >>"$GITHUB_OUTPUT"

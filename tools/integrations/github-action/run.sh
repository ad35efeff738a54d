#!/usr/bin/env bash
# Runs guideline-lint twice: for the annotations and the summary of the job, and for the SARIF log.
# Reads LINT, LINT_PATHS (one a line), FAIL_ON, SARIF_FILE; writes outputs to the file that GITHUB_OUTPUT names.
set -uo pipefail

paths=()
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"${LINT_PATHS:-guidelines}"

# The command itself appends the summary to the file that GITHUB_STEP_SUMMARY names.
code=0
"$LINT" --format github --fail-on "${FAIL_ON:-error}" -- "${paths[@]}" || code=$?

if [ -n "${SARIF_FILE:-}" ]; then
  # Findings and unreadable files make a valid log too; misuse and faults of the command make none.
  sarif=0
  "$LINT" --format sarif -- "${paths[@]}" >"$SARIF_FILE" || sarif=$?
  if [ -s "$SARIF_FILE" ] && [ "$sarif" -ne 2 ] && [ "$sarif" -ne 4 ]; then
    printf 'sarif-file=%s\n' "$SARIF_FILE" >>"$GITHUB_OUTPUT"
  else
    rm -f -- "$SARIF_FILE"
  fi
fi

printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
exit "$code"

#!/usr/bin/env bash
# What pipelines and shells are given, as far as it can be tried without them: the steps of the GitHub action and of the GitLab job
# with the variables that they would have, the hooks by pre-commit itself, what the image starts, and completion by zsh and fish.
#
#   npm run build && test/pipelines/run.sh        PRE_COMMIT=… for another one than `pre-commit`
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
[ -f dist/cli.js ] || { echo "dist/cli.js is missing: run npm run build first"; exit 2; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/repository" "$folder/runner"
ln -s "$root/dist/cli.js" "$folder/bin/canton-kms"
export PATH="$folder/bin:$PATH"
cd "$folder/repository"
cat >bad.conf <<'CONF'
canton.participants.p1 {
    admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013
  crypto { provider = kms, kms { type = aws, regoin = eu-central-1 } }
}
CONF
echo 'server { listen 80; }' >nginx.conf
git init -q . && git add .

fail() { echo "FAILED: $1"; exit 1; }
expect() { [ "$2" = "$3" ] || fail "$1: $2 instead of $3"; }
value() { NODE_PATH="$root/node_modules" node "$root/test/pipelines/read-yaml.cjs" "$@"; }
status_of() { local status=0; "$@" >"$folder/out" 2>"$folder/err" || status=$?; echo "$status"; }

# GitHub gives inputs as variables, and runs a step by this shell.
value step "$root/action.yml" >"$folder/step.sh"
value inputs "$root/action.yml" >"$folder/inputs"
github() {
  env -i PATH="$PATH" HOME="$HOME" RUNNER_TEMP="$folder/runner" GITHUB_OUTPUT="$folder/output" $(cat "$folder/inputs") \
    INPUT_COMMAND=canton-kms INPUT_PATHS=$'bad.conf\nnginx.conf' "$@" bash --noprofile --norc -e -o pipefail "$folder/step.sh"
}
: >"$folder/output"
expect "the action with a problem" "$(status_of github)" 1
grep -q '^::error file=bad.conf,line=3,.*title=read/unknown-key::' "$folder/out" || fail "the action annotates nothing"
expect "the output of the action" "$(cat "$folder/output")" "sarif=$folder/runner/canton-kms.sarif"
node -e 'const { runs: [run] } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")); process.exit(run.results.some((one) => one.ruleId === "read/unknown-key") ? 0 : 1)' \
  "$folder/runner/canton-kms.sarif" || fail "the action's report lacks the problem"
expect "the action that never fails" "$(status_of github INPUT_FAIL_ON=never INPUT_CANTON_VERSION=3.4 INPUT_EDITION=community)" 0
expect "the action with a wrong input" "$(status_of github INPUT_EDITION=none)" 2
grep -q 'edition' "$folder/err" || fail "the action does not say what is wrong"
echo "ok: GitHub action"

value script "$root/templates/check.yml" options='' paths='bad.conf' command=canton-kms >"$folder/job.sh"
expect "the GitLab job" "$(status_of sh -e "$folder/job.sh")" 1
grep -q "Unknown key 'regoin'" "$folder/out" || fail "the GitLab job does not say why"
grep -q '"check_name": "read/unknown-key"' gl-code-quality-report.json || fail "the GitLab report lacks the problem"
value script "$root/templates/check.yml" options='--fail-on never' paths='.' command=canton-kms >"$folder/job.sh"
expect "the GitLab job that never fails" "$(status_of sh -e "$folder/job.sh")" 0
rm gl-code-quality-report.json
echo "ok: GitLab job"

# The image holds what the npm package holds.
if [ -f "$root/dist/npm/cli.js" ]; then
  value image "$root/Dockerfile" >"$folder/image"
  expect "what the image starts" "$(sed -n 1p "$folder/image")" "node /opt/canton-kms/cli.js check ."
  expect "what the image holds" "$(sed -n 2p "$folder/image")" "/build/dist/npm /opt/canton-kms"
  cp -r "$root/dist/npm" "$folder/image-files"
  expect "the image" "$(status_of node "$folder/image-files/cli.js" check .)" 1
  echo "ok: container"
else
  echo "not run: container, since there is no dist/npm (npm run package:npm)"
fi

pre_commit=${PRE_COMMIT:-pre-commit}
if command -v "$pre_commit" >/dev/null; then
  "$pre_commit" validate-manifest "$root/.pre-commit-hooks.yaml"
  value hooks "$root/.pre-commit-hooks.yaml" >.pre-commit-config.yaml
  expect "the hook that checks" "$(status_of "$pre_commit" run canton-kms-check --all-files)" 1
  grep -q "Unknown key 'regoin'" "$folder/out" || fail "the hook does not say why"
  ! grep -q nginx "$folder/out" || fail "the hook speaks of other files"
  expect "the hook that fixes" "$(status_of "$pre_commit" run canton-kms-fix --all-files)" 1
  grep -q 'region = eu-central-1' bad.conf || fail "the hook fixes nothing"
  expect "the hook that formats" "$(status_of "$pre_commit" run canton-kms-fmt --all-files)" 1
  grep -q '^  admin-api' bad.conf || fail "the hook formats nothing"
  git add .
  expect "the hooks over fixed files" "$(status_of "$pre_commit" run --all-files)" 0
  echo "ok: pre-commit"
else
  echo "not run: pre-commit, since there is none"
fi

if command -v zsh >/dev/null; then
  timeout 60 zsh -f "$root/test/pipelines/complete.zsh" 'canton-kms check --upd' --update-baseline \
    'canton-kms check --format g' github 'canton-kms expl' explain >"$folder/out" || true
  expect "completion in zsh" "$(grep -c '^offered: ' "$folder/out")" 3
  echo "ok: completion in zsh"
else
  echo "not run: completion in zsh, since there is none"
fi
if command -v fish >/dev/null; then
  canton-kms completion fish >"$folder/canton-kms.fish"
  offer() { fish --no-config -c "source $folder/canton-kms.fish; complete -C '$1'" | cut -f1 | tr '\n' ' '; }
  expect "fish with an option" "$(offer 'canton-kms check --form')" "--format "
  expect "fish with a value" "$(offer 'canton-kms check --format git')" "github gitlab "
  expect "fish with a procedure" "$(offer 'canton-kms plan rotate-wrapper')" "rotate-wrapper-key "
  expect "fish with a command" "$(offer 'canton-kms compl')" "completion "
  echo "ok: completion in fish"
else
  echo "not run: completion in fish, since there is none"
fi

# A terminal shows how far long work is, and nobody else sees anything of it.
if command -v script >/dev/null; then
  mkdir many
  for i in $(seq 800); do sed "s/p1/p$i/; s/regoin/region/" bad.conf >"many/$i.conf"; done
  TERM=xterm script -qec 'canton-kms check many --quiet' "$folder/typescript" >/dev/null || true
  grep -q 'Checked [0-9]* of 800 launch sets' "$folder/typescript" || fail "a terminal shows no progress"
  expect "progress without a terminal" "$(canton-kms check many --quiet 2>&1)" ""
  echo "ok: progress"
else
  echo "not run: progress, since there is no script"
fi

#!/usr/bin/env bash
# Runs printed preflight scripts against an AWS KMS on this machine, and checks every printed script and policy with tools that
# are no part of the project: awscli, shellcheck, parliament. Usage: preflight.sh CLI.js KMS_COMMAND; the latter takes a
# folder and a port.
set -euo pipefail
cli=$(realpath "$1")
kms=$(realpath "$2")
work=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true; rm -rf "$work"' EXIT
failures=0

python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install awscli
export PATH="$work/venv/bin:$PATH"
port=25665
url=http://127.0.0.1:$port
mkdir "$work/kms"
"$kms" "$work/kms" "$port" >"$work/kms.log" 2>&1 &
emulator=$!
export AWS_ACCESS_KEY_ID=node AWS_SECRET_ACCESS_KEY=none AWS_DEFAULT_REGION=us-east-1 AWS_ENDPOINT_URL_STS=$url AWS_MAX_ATTEMPTS=1
for _ in $(seq 120); do
  aws kms list-keys --endpoint-url "$url" >/dev/null 2>&1 && break
  sleep 1
done

key() { aws kms create-key --endpoint-url "$url" --key-spec "$1" --key-usage "$2" --query KeyMetadata.KeyId --output text; }
wrapper=$(key SYMMETRIC_DEFAULT ENCRYPT_DECRYPT)
signing=$(key ECC_NIST_P256 SIGN_VERIFY)
encryption=$(key RSA_2048 ENCRYPT_DECRYPT)
disabled=$(key ECC_NIST_P256 SIGN_VERIFY)
pending=$(key ECC_NIST_P256 SIGN_VERIFY)
aws kms disable-key --endpoint-url "$url" --key-id "$disabled"
aws kms schedule-key-deletion --endpoint-url "$url" --key-id "$pending" >/dev/null

node=participants.p1
cat >"$work/p1.conf" <<CONF
canton.participants.p1 {
  storage.type = memory, admin-api.port = 1, ledger-api.port = 2
  init { generate-topology-transactions-and-keys = false, identity.type = manual }
  crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "$url" } }
}
CONF
script() { node "$cli" preflight --node $node "$@" "$work/p1.conf" 2>/dev/null; }

# expect NAME CODE PATTERN OPTION...: the exit code of the script, and a line that it prints.
expect() {
  local name=$1 code=$2 pattern=$3 found=0
  shift 3
  script "$@" >"$work/script.sh"
  shellcheck_all "$work/script.sh"
  : >"$work/kms/calls.jsonl"
  sh "$work/script.sh" >"$work/out" 2>&1 || found=$?
  if [ "$found" -ne "$code" ] || ! grep -Eq -- "$pattern" "$work/out"; then
    echo "FAILED: $name: exit $found for $code"
    cat "$work/out"
    failures=$((failures + 1))
  fi
  if grep -v '"op": ""' "$work/kms/calls.jsonl" | grep -Ev '"op": "(DescribeKey|GetPublicKey)"' | grep -v '"DryRun": true'; then
    echo "FAILED: $name makes a call that may change something"
    failures=$((failures + 1))
  fi
}

shellcheck_all() {
  command -v shellcheck >/dev/null || return 0
  shellcheck -s sh "$@" || failures=$((failures + 1))
}

expect 'good external keys' 0 '0 failed' --key "namespace=$signing" --key "signing=$signing" --key "encryption=$encryption"
expect 'a good wrapper key' 0 '^PASS .*may kms:Decrypt' --mode envelope --key "$wrapper"
expect 'a missing key' 1 '^FAIL .*exists' --key signing=11111111-2222-3333-4444-555555555555
expect 'a missing wrapper key' 1 '^FAIL .*exists' --mode envelope --key 11111111-2222-3333-4444-555555555555
expect 'a disabled key' 1 '^FAIL .*state Disabled' --key "signing=$disabled"
expect 'a key pending deletion' 1 '^FAIL .*state PendingDeletion' --key "signing=$pending"
expect 'a key of another spec' 1 '^FAIL .*spec RSA_2048' --key "signing=$encryption"
expect 'a wrapper key of another spec' 1 '^FAIL .*spec ECC_NIST_P256' --mode envelope --key "$signing"
expect 'a region that does not answer' 1 '^FAIL .*answers' --set endpoint-override=http://127.0.0.1:1 --key "signing=$signing"
deny() { printf '{"rules": [{"op": "%s", "status": 400, "type": "AccessDeniedException"}]}' "$1" >"$work/kms/rules.json"; }
deny Sign
expect 'no right to sign' 1 '^FAIL .*may kms:Sign' --key "signing=$signing"
deny Decrypt
expect 'no right to decrypt with the wrapper key' 1 '^FAIL .*may kms:Decrypt' --mode envelope --key "$wrapper"
deny DescribeKey
expect 'no right to describe an external key' 0 '^SKIPPED .*kms:DescribeKey' --key "signing=$signing"
expect 'no right to describe the wrapper key' 1 '^FAIL .*may kms:DescribeKey' --mode envelope --key "$wrapper"
echo '{"rules": []}' >"$work/kms/rules.json"

# The keys that --create makes are as the preflight wants them.
(cd "$work" && script --create >create.sh && sh create.sh >created && sh create.sh >again)
options=$(sed 's/^\([a-z-]*\)\t/--key \1=/' "$work/p1-kms-keys.tsv" | tr '\n' ' ')
# shellcheck disable=SC2086
expect 'created keys' 0 '0 failed, 4 skipped|0 failed, 0 skipped' $options

for mode in envelope external; do
  for type in aws gcp driver; do
    settings='--set region=us-east-1 --set project-id=p --set location-id=l --set key-ring-id=r --set name=d'
    # shellcheck disable=SC2086
    script --provider $type --mode $mode $settings --key signing=a --key encryption=b --key c >"$work/$type-$mode.sh"
    [ $type = driver ] && continue
    # shellcheck disable=SC2086
    script --provider $type --mode $mode $settings --create >"$work/create-$type-$mode.sh" || true
  done
  # shellcheck disable=SC2086
  [ $mode = envelope ] || script --create --import >"$work/import-aws.sh"
done
script --provider gcp --set project-id=p --set location-id=l --set key-ring-id=r --create --import >"$work/import-gcp.sh"
find "$work" -maxdepth 1 -name '*.sh' -size 0 -delete
shellcheck_all "$work"/*.sh

if "$work/venv/bin/pip" -q install parliament setuptools >/dev/null 2>&1; then
  for keys in created existing; do
    node "$cli" policy --node $node --keys $keys --account 111122223333 --key "$signing" --delete-keys "$work/p1.conf" >"$work/policy.json" 2>/dev/null
    "$work/venv/bin/parliament" <"$work/policy.json" >"$work/findings" 2>&1 || true
    if [ -s "$work/findings" ]; then
      echo "FAILED: parliament finds something in the policy of $keys keys"
      cat "$work/findings"
      failures=$((failures + 1))
    fi
  done
else
  echo 'not run: parliament, which cannot be installed'
fi
command -v shellcheck >/dev/null || echo 'not run: shellcheck, since there is none'
[ "$failures" -eq 0 ] && echo 'preflight scripts hold'

/**
 * The checks of the script at AWS KMS. Wrapper keys are inspected with `DescribeKey`, which Canton calls at each start;
 * external keys with `GetPublicKey` and dry runs, which are the only calls that a node with registered keys may make
 * (`AwsKms.scala` 3.4 to main; the calls of a running 3.5). The ciphertext of a symmetric key would need a real
 * `Encrypt`: its decryption is tried without one (`DryRunModifiers` of the AWS KMS API).
 * @param options of every call of `aws kms`
 */
export function awsLibrary(options: string): string {
  return String.raw`
AWS_PAGER=
export AWS_PAGER

# attempt COMMAND...: error is empty if it succeeded, otherwise the error code of AWS, or "none"; why is the message
attempt() {
  error=
  why=
  if "$@" >"$work/answer" 2>"$work/complaint" </dev/null; then
    return
  fi
  error=$(sed -n 's/.*An error occurred (\([A-Za-z0-9.]*\)).*/\1/p' "$work/complaint" | head -n 1)
  why=$(tr '\n\r\t' '   ' <"$work/complaint" | sed 's/^ *//; s/ *$//' | cut -c 1-300)
  [ -n "$error" ] || error=none
}

# The value of a member of the last answer.
field() {
  tr ',{}' '[\n*]' <"$work/answer" | sed -n "s/^[[:space:]]*\"$1\": *\"\{0,1\}\([^\"]*\)\"\{0,1\}[[:space:]]*$/\1/p" | head -n 1
}

look_at_identity() {
  subject=identity
  attempt aws sts get-caller-identity --output json
  identity=$(field Arn)
  case "$error" in
    '') pass "$identity" '' ;;
    none)
      case "$why" in
        *credentials* | *Credentials* | *profile*) stop "aws has no credentials here: $why" ;;
        *) skip 'identity' "$why" ;;
      esac ;;
    AccessDenied*) skip 'identity' "$why" ;;
    *) fail 'valid credentials' "$why" ;;
  esac
}

# Any answer proves that the KMS of the region can be reached; this call asks for a key that does not exist.
look_at_region() {
  subject=region
  attempt aws kms describe-key${options} --key-id alias/canton-kms-preflight
  case "$error" in
    none) fail "AWS KMS answers in $region" "$why" ;;
    UnrecognizedClientException | InvalidClientTokenId | InvalidSignatureException | IncompleteSignature | ExpiredToken*)
      fail "AWS KMS accepts the credentials in $region" "$why" ;;
    *) pass "AWS KMS answers in $region" '' ;;
  esac
}

begin_key() {
  role=$1
  key=$2
  subject=$(printf '%s key %s' "$role" "$key" | sed 's/^ //')
  arn=
  fingerprint=
  state=
  spec=
  use=
}

record_key() {
  printf '{"role": %s, "id": %s, "arn": %s, "fingerprint": %s, "state": %s, "spec": %s, "usage": %s}\n' \
    "$(quoted "$role")" "$(quoted "$key")" "$(quoted "$arn")" "$(quoted "$fingerprint")" \
    "$(quoted "$state")" "$(quoted "$spec")" "$(quoted "$use")" >>"$work/keys"
}

# Reports the last error if it concerns the key itself; false if it does not.
is_fault_of_key() {
  case "$error" in
    NotFoundException)
      state=missing
      fail 'exists' "$why" ;;
    DisabledException)
      [ "$state" = Disabled ] || fail 'state Disabled' 'Canton needs Enabled'
      state=Disabled ;;
    KMSInvalidStateException)
      case "$why" in
        *[Pp]ending*[Dd]eletion*) now=PendingDeletion ;;
        *[Pp]ending*[Ii]mport*) now=PendingImport ;;
        *) now=invalid ;;
      esac
      case "$state" in '' | Enabled) fail "state $now" 'Canton needs Enabled' ;; esac
      state=$now ;;
    *) return 1 ;;
  esac
}

# judge_right PERMISSION: reports whether the last dry run was permitted
judge_right() {
  case "$error" in
    '' | DryRunOperationException)
      if [ -z "$state" ]; then
        state=Enabled
        pass 'state Enabled' 'the dry run shows it'
      fi
      pass "may $1" '' ;;
    AccessDenied*) fail "may $1" "$why" ;;
    InvalidKeyUsageException) fail "may $1" "$why" ;;
    *)
      if is_fault_of_key; then
        skip "may $1" "the key is $state"
      else
        skip "may $1" "$why"
      fi ;;
  esac
}

# Reports the state, and imported material that expires, because the node would stop then.
state_from_description() {
  state=$(field KeyState)
  expect state "$state" Enabled
  if [ "$(field ExpirationModel)" = KEY_MATERIAL_EXPIRES ]; then
    fail 'keeps its material' "the imported material expires at $(field ValidTo)"
  fi
}

# wrapper_key ID SPEC USAGE
wrapper_key() {
  begin_key wrapper "$1"
  attempt aws kms describe-key${options} --key-id "$key"
  case "$error" in
    '')
      pass 'exists' ''
      pass 'may kms:DescribeKey' ''
      arn=$(field Arn)
      spec=$(field KeySpec)
      use=$(field KeyUsage)
      state_from_description
      expect spec "$spec" "$2"
      expect usage "$use" "$3" ;;
    AccessDenied*)
      fail 'may kms:DescribeKey' "$why"
      skip 'existence, state, spec and usage' 'kms:DescribeKey is refused' ;;
    *)
      if is_fault_of_key; then
        skip 'state, spec, usage and rights' "the key is $state"
        record_key
        return
      fi
      skip 'existence, state, spec and usage' "$why" ;;
  esac
  attempt aws kms encrypt${options} --dry-run --key-id "$key" --plaintext "fileb://$work/message"
  judge_right kms:Encrypt
  attempt aws kms decrypt${options} --dry-run --dry-run-modifiers IGNORE_CIPHERTEXT --key-id "$key" --ciphertext-blob "fileb://$work/message"
  case "$error$why" in
    none*[Uu]nknown*options*)
      # This aws does not know the modifier; without it, only a refusal is a result.
      attempt aws kms decrypt${options} --dry-run --key-id "$key" --ciphertext-blob "fileb://$work/message" ;;
  esac
  judge_right kms:Decrypt
  record_key
}

# public_key NEEDED_SPEC...: reads the public key of the current key; false if no other check is possible
public_key() {
  rm -f "$work/key.der"
  attempt aws kms get-public-key${options} --key-id "$key"
  case "$error" in
    '')
      pass 'exists' ''
      pass 'may kms:GetPublicKey' ''
      arn=$(field KeyId)
      spec=$(field KeySpec)
      use=$(field KeyUsage)
      expect spec "$spec" "$@"
      expect usage "$use" "$needed_use"
      if command -v openssl >/dev/null 2>&1; then
        field PublicKey | openssl base64 -d -A >"$work/key.der" 2>/dev/null || rm -f "$work/key.der"
      fi
      if [ -s "$work/key.der" ]; then
        note_fingerprint
      fi ;;
    AccessDenied*)
      fail 'may kms:GetPublicKey' "$why"
      skip 'existence, spec and usage' 'kms:GetPublicKey is refused' ;;
    *)
      if is_fault_of_key; then
        skip 'spec, usage and rights' "the key is $state"
        record_key
        return 1
      fi
      skip 'existence, spec and usage' "$why" ;;
  esac
  attempt aws kms describe-key${options} --key-id "$key"
  case "$error" in
    '')
      state_from_description ;;
    AccessDenied*) skip 'look with kms:DescribeKey' 'refused; a node does not need it for a key that is there' ;;
    *) skip 'look with kms:DescribeKey' "$why" ;;
  esac
}

# signing_key ROLE ID SPEC...
signing_key() {
  begin_key "$1" "$2"
  shift 2
  needed_use=SIGN_VERIFY
  public_key "$@" || return 0
  [ -n "$spec" ] || spec=$1
  case "$spec" in
    ECC_NIST_P384) algorithm=ECDSA_SHA_384 ;;
    ML_DSA*) algorithm=ML_DSA_SHAKE_256 ;;
    *) algorithm=ECDSA_SHA_256 ;;
  esac
  attempt aws kms sign${options} --dry-run --key-id "$key" --message "fileb://$work/message" --message-type RAW --signing-algorithm "$algorithm"
  judge_right kms:Sign
  record_key
}

# encryption_key ROLE ID SPEC...
encryption_key() {
  begin_key "$1" "$2"
  shift 2
  needed_use=ENCRYPT_DECRYPT
  public_key "$@" || return 0
  if [ ! -s "$work/key.der" ]; then
    skip 'may kms:Decrypt' 'requires the public key and openssl'
  elif encrypt_for "$work/key.der" -keyform DER; then
    attempt aws kms decrypt${options} --dry-run --key-id "$key" --ciphertext-blob "fileb://$work/cipher" --encryption-algorithm RSAES_OAEP_SHA_256
    judge_right kms:Decrypt
  else
    skip 'may kms:Decrypt' "openssl cannot encrypt with its public key: $(head -n 1 "$work/complaint")"
  fi
  record_key
}

# some_key ID ENCRYPTION_SPEC SIGNING_SPEC...: its role is not known
some_key() {
  begin_key '' "$1"
  attempt aws kms get-public-key${options} --key-id "$key"
  if [ "$(field KeyUsage)" = ENCRYPT_DECRYPT ] && [ -z "$error" ]; then
    encryption_key '' "$key" "$2"
  else
    shift 2
    signing_key '' "$key" "$@"
  fi
}

# no_dry_run PERMISSION...
no_dry_run() {
  subject='new keys'
  for permission in "$@"; do
    skip "may $permission" 'AWS has no dry run for it'
  done
}
`;
}

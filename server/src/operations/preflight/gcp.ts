/**
 * The checks of the script at Google Cloud KMS, which has no dry run: it encrypts, decrypts and signs a test text with
 * version 1 of a key, as Canton does (`GcpKms.scala` 3.4 to main). gcloud uses the credentials of the node if
 * `GOOGLE_APPLICATION_CREDENTIALS` names them. The messages of refusals are those of gcloud 528.
 * @param options of every call of `gcloud kms`
 */
export function gcpLibrary(options: string): string {
  const version = `${options} --version 1`;
  return String.raw`
CLOUDSDK_CORE_DISABLE_PROMPTS=1
export CLOUDSDK_CORE_DISABLE_PROMPTS

# attempt COMMAND...: error is empty if it succeeded, otherwise the error code of Google Cloud, or "none"; why is the message
attempt() {
  error=
  why=
  if "$@" >"$work/answer" 2>"$work/complaint" </dev/null; then
    return
  fi
  error=none
  why=$(tr '\n\r\t' '   ' <"$work/complaint" | sed 's/^ *//; s/ *$//' | cut -c 1-300)
  for code in PERMISSION_DENIED NOT_FOUND FAILED_PRECONDITION INVALID_ARGUMENT UNAUTHENTICATED RESOURCE_EXHAUSTED UNAVAILABLE INTERNAL DEADLINE_EXCEEDED; do
    case "$why" in *"$code:"*)
      error=$code
      return ;;
    esac
  done
  case "$why" in *'does not have permission'*) error=PERMISSION_DENIED ;; esac
}

# The value of a member of the last answer, in JSON or YAML.
field() {
  tr ',{}' '[\n*]' <"$work/answer" | sed -n "s/^[[:space:]]*\"\{0,1\}$1\"\{0,1\}: *\"\{0,1\}\([^\"]*\)\"\{0,1\}[[:space:]]*$/\1/p" | head -n 1
}

look_at_identity() {
  subject=identity
  credentials=$(printenv GOOGLE_APPLICATION_CREDENTIALS || true)
  if [ -n "$credentials" ]; then
    [ -r "$credentials" ] || stop "GOOGLE_APPLICATION_CREDENTIALS names $credentials, which cannot be read"
    CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE=$credentials
    export CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE
    cp "$credentials" "$work/answer"
    identity=$(field client_email)
    rm -f "$work/answer"
  fi
  if [ -z "$identity" ]; then
    attempt gcloud auth list --filter=status:ACTIVE '--format=value(account)'
    identity=$(head -n 1 "$work/answer" 2>/dev/null)
  fi
  if [ -n "$identity" ]; then
    pass "$identity" ''
  elif [ -n "$error" ]; then
    skip 'identity' "$why"
  else
    stop 'gcloud has no account here'
  fi
}

# Any answer proves that the KMS can be reached; this call asks for a key that does not exist.
look_at_place() {
  subject=place
  attempt gcloud kms keys versions describe 1 --key canton-kms-preflight${options} --format json
  case "$error" in
    none) fail "Google Cloud KMS answers for $place" "$why" ;;
    UNAUTHENTICATED) fail 'Google Cloud accepts the credentials' "$why" ;;
    INVALID_ARGUMENT) fail "$place is a key ring" "$why" ;;
    NOT_FOUND)
      case "$why" in
        *KeyRing*) fail "$place is there" "$why" ;;
        *) pass "Google Cloud KMS answers for $place" '' ;;
      esac ;;
    UNAVAILABLE | DEADLINE_EXCEEDED | RESOURCE_EXHAUSTED | INTERNAL) skip "Google Cloud KMS answers for $place" "$why" ;;
    *) pass "Google Cloud KMS answers for $place" '' ;;
  esac
}

begin_key() {
  role=$1
  key=$2
  subject=$(printf '%s key %s' "$role" "$key" | sed 's/^ //')
  fingerprint=
  state=
  spec=
  level=
}

record_key() {
  printf '{"role": %s, "id": %s, "arn": %s, "fingerprint": %s, "state": %s, "spec": %s, "usage": %s}\n' \
    "$(quoted "$role")" "$(quoted "$key")" "$(quoted "$place/cryptoKeys/$key")" "$(quoted "$fingerprint")" \
    "$(quoted "$state")" "$(quoted "$spec")" "$(quoted "$level")" >>"$work/keys"
}

# Reports the last error if it concerns the key itself; false if it does not.
is_fault_of_key() {
  case "$error" in
    NOT_FOUND)
      state=missing
      fail 'version 1 exists' "$why" ;;
    FAILED_PRECONDITION)
      # "... is not enabled, current state is: DISABLED."
      now=$(printf '%s' "$why" | sed -n 's/.*state is: *\([A-Z_]*\).*/\1/p')
      [ -n "$now" ] || return 1
      case "$state" in '' | ENABLED) fail "state $now" 'Canton needs ENABLED' ;; esac
      state=$now ;;
    *) return 1 ;;
  esac
}

# judge_right PERMISSION: reports whether the last call was permitted
judge_right() {
  case "$error" in
    '')
      if [ -z "$state" ]; then
        state=ENABLED
        pass 'state ENABLED' 'the call shows it'
      fi
      pass "may $1" '' ;;
    PERMISSION_DENIED) fail "may $1" "$why" ;;
    *)
      if is_fault_of_key; then
        skip "may $1" "the key is $state"
      else
        skip "may $1" "$why"
      fi ;;
  esac
}

description() {
  attempt gcloud kms keys versions describe 1 --key "$key"${options} --format json
}

described() {
  state=$(field state)
  spec=$(field algorithm)
  level=$(field protectionLevel)
  pass 'version 1 exists' ''
  expect state "$state" ENABLED
}

# wrapper_key ID ALGORITHM
wrapper_key() {
  begin_key wrapper "$1"
  description
  case "$error" in
    '')
      described
      pass 'may cloudkms.cryptoKeyVersions.get' ''
      expect algorithm "$spec" "$2" ;;
    PERMISSION_DENIED)
      fail 'may cloudkms.cryptoKeyVersions.get' "$why"
      skip 'existence, state and algorithm' 'cloudkms.cryptoKeyVersions.get is refused' ;;
    *)
      if is_fault_of_key; then
        skip 'state, algorithm and rights' "the key is $state"
        record_key
        return
      fi
      skip 'existence, state and algorithm' "$why" ;;
  esac
  attempt gcloud kms encrypt --key "$key"${options} --plaintext-file "$work/message" --ciphertext-file "$work/cipher"
  encrypted=$error
  judge_right cloudkms.cryptoKeyVersions.useToEncrypt
  if [ -z "$encrypted" ] && [ -s "$work/cipher" ]; then
    attempt gcloud kms decrypt --key "$key"${options} --ciphertext-file "$work/cipher" --plaintext-file "$work/plain"
    judge_right cloudkms.cryptoKeyVersions.useToDecrypt
  else
    skip 'may cloudkms.cryptoKeyVersions.useToDecrypt' 'nothing could be encrypted to try it'
  fi
  record_key
}

# The algorithm of the public key; empty if the key does not show it.
algorithm_of_public_key() {
  openssl pkey -pubin -in "$work/key.pem" -noout -text 2>/dev/null >"$work/answer" || return 0
  sed -n \
    -e 's/^ASN1 OID: prime256v1.*/EC_SIGN_P256_SHA256/p' \
    -e 's/^ASN1 OID: secp384r1.*/EC_SIGN_P384_SHA384/p' \
    -e 's/^ASN1 OID: secp256k1.*/EC_SIGN_SECP256K1_SHA256/p' \
    -e 's/^ED25519.*/EC_SIGN_ED25519/p' \
    "$work/answer" | head -n 1
}

# public_key NEEDED_ALGORITHM...: reads the public key of the current key; false if no other check is possible
public_key() {
  rm -f "$work/key.pem"
  attempt gcloud kms keys versions get-public-key 1 --key "$key"${options} --output-file "$work/key.pem"
  case "$error" in
    '')
      pass 'may cloudkms.cryptoKeyVersions.viewPublicKey' '' ;;
    PERMISSION_DENIED)
      fail 'may cloudkms.cryptoKeyVersions.viewPublicKey' "$why" ;;
    *)
      if is_fault_of_key; then
        skip 'state, algorithm and rights' "the key is $state"
        record_key
        return 1
      fi
      skip 'may cloudkms.cryptoKeyVersions.viewPublicKey' "$why" ;;
  esac
  description
  case "$error" in
    '')
      described ;;
    *)
      if is_fault_of_key; then
        skip 'algorithm and rights' "the key is $state"
        record_key
        return 1
      fi
      if [ -s "$work/key.pem" ]; then
        pass 'version 1 exists' 'it has a public key'
      fi
      if [ "$error" = PERMISSION_DENIED ]; then
        skip 'look with cloudkms.cryptoKeyVersions.get' 'refused; a node does not need it for a key that is there'
      else
        skip 'look with cloudkms.cryptoKeyVersions.get' "$why"
      fi ;;
  esac
  if command -v openssl >/dev/null 2>&1 && [ -s "$work/key.pem" ]; then
    [ -n "$spec" ] || spec=$(algorithm_of_public_key)
    if openssl pkey -pubin -in "$work/key.pem" -outform DER >"$work/key.der" 2>/dev/null; then
      # Ed25519 keys are hashed as they are, all others in their DER form.
      [ "$spec" != EC_SIGN_ED25519 ] || { tail -c 32 "$work/key.der" >"$work/raw" && mv "$work/raw" "$work/key.der"; }
      note_fingerprint
    fi
  fi
  expect algorithm "$spec" "$@"
}

# signing_key ROLE ID ALGORITHM...
signing_key() {
  begin_key "$1" "$2"
  shift 2
  public_key "$@" || return 0
  [ -n "$spec" ] || spec=$1
  rm -f "$work/signature"
  case "$spec" in
    *SHA256) attempt gcloud kms asymmetric-sign --key "$key"${version} --digest-algorithm sha256 --input-file "$work/message" --signature-file "$work/signature" ;;
    *SHA384) attempt gcloud kms asymmetric-sign --key "$key"${version} --digest-algorithm sha384 --input-file "$work/message" --signature-file "$work/signature" ;;
    *) attempt gcloud kms asymmetric-sign --key "$key"${version} --input-file "$work/message" --signature-file "$work/signature" ;;
  esac
  judge_right cloudkms.cryptoKeyVersions.useToSign
  record_key
}

# encryption_key ROLE ID ALGORITHM...
encryption_key() {
  begin_key "$1" "$2"
  shift 2
  public_key "$@" || return 0
  if [ ! -s "$work/key.pem" ]; then
    skip 'may cloudkms.cryptoKeyVersions.useToDecrypt' 'requires the public key and openssl'
  elif encrypt_for "$work/key.pem"; then
    attempt gcloud kms asymmetric-decrypt --key "$key"${version} --ciphertext-file "$work/cipher" --plaintext-file "$work/plain"
    judge_right cloudkms.cryptoKeyVersions.useToDecrypt
  else
    skip 'may cloudkms.cryptoKeyVersions.useToDecrypt' "openssl cannot encrypt with its public key: $(head -n 1 "$work/complaint")"
  fi
  record_key
}

# some_key ID ENCRYPTION_ALGORITHM SIGNING_ALGORITHM...: its role is not known
some_key() {
  begin_key '' "$1"
  attempt gcloud kms keys versions get-public-key 1 --key "$key"${options} --output-file "$work/key.pem"
  if [ -z "$error" ] && openssl pkey -pubin -in "$work/key.pem" -noout -text 2>/dev/null | grep -q Modulus; then
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
    skip "may $permission" 'gcloud has no call that tries it and changes nothing'
  done
}
`;
}

import type { Creation } from './create';
import { creationEnd, creationHead, gcloudAlgorithm, gcpKeyName, gcpLabel } from './creation';
import { shellCommand } from './shell';

/*
 * Scripts that put exported keys into a KMS by the vendor's steps: a key without material, material that is wrapped for
 * it, the import. Afterwards the public key of the KMS is compared with that of the file, because another key would be
 * another identity. Sources: AWS KMS Developer Guide, "Importing key material"; Cloud KMS, "Import a key version".
 */

const IMPORT = `
usage() {
  echo "usage: sh $0 ROLE=FILE..." >&2
  echo 'FILE holds the private key in PKCS#8 and DER, without a password. Each of these roles once:' >&2
  echo "$roles" >&2
  exit 2
}

[ $# -gt 0 ] || usage
command -v openssl >/dev/null 2>&1 || { echo 'openssl is not on the PATH' >&2; exit 2; }
command -v shred >/dev/null 2>&1 || { echo 'shred is not on the PATH' >&2; exit 2; }
umask 077
work=$(mktemp -d)
trap 'find "$work" -type f -exec shred -u {} +; rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# The public key of the private key in a file.
public_key_of() {
  openssl pkey -inform DER -in "$1" -pubout -outform DER -out "$work/expected.der"
}

# Stops if the key in the KMS is not the key in the file.
same_public_key() {
  if ! cmp -s "$work/expected.der" "$work/found.der"; then
    echo "The $1 key in the KMS has another public key than the file: do not use it." >&2
    exit 1
  fi
}
`;

const LOOP = `for argument in "$@"; do
  role=$(printf '%s' "$argument" | sed 's/=.*//')
  file=$(printf '%s' "$argument" | sed 's/^[^=]*=//')
  case "$role" in
ROLES
    *) usage ;;
  esac
done`;

function loop({ keys }: Creation, argumentsOf: (key: Creation['keys'][number]) => readonly string[]): string {
  const cases = keys.map((key) => `    ${key.role}) ${shellCommand('import_key', ...argumentsOf(key))} ;;`);
  return LOOP.replace('ROLES', () => cases.join('\n'));
}

function rolesOf({ keys }: Creation): string {
  return keys.map(({ role }) => role).join(' ');
}

export function awsImport(creation: Creation): string {
  const { kms, place, isMultiRegion } = creation;
  const endpoint = kms.optional('endpoint-override');
  const at = ` --region "$region"${endpoint === undefined ? '' : ' --endpoint-url "$endpoint"'}`;
  const values = { roles: rolesOf(creation), region: place, ...(endpoint !== undefined && { endpoint }) };
  return [
    ...creationHead(creation, 'Imports exported keys', 'aws', values),
    `AWS_PAGER=
export AWS_PAGER
${IMPORT}
# import_key SPEC USAGE: imports the key of $role from $file; an interrupted import is continued
import_key() {
  [ -r "$file" ] || { echo "$file cannot be read" >&2; exit 2; }
  public_key_of "$file"
  id=$(noted "$role")
  if [ -z "$id" ]; then
    id=$(aws kms create-key${at}${isMultiRegion ? ' --multi-region' : ''} --origin EXTERNAL --key-spec "$1" --key-usage "$2" \\
      --description "Canton $node $role" --tags "TagKey=CantonNode,TagValue=$node" "TagKey=CantonRole,TagValue=$role" \\
      --query KeyMetadata.${isMultiRegion ? 'KeyId' : 'Arn'} --output text)
    printf '%s\\t%s\\n' "$role" "$id" >>"$notes"
  fi
  state=$(aws kms describe-key${at} --key-id "$id" --query KeyMetadata.KeyState --output text)
  if [ "$state" = PendingImport ]; then
    aws kms get-parameters-for-import${at} --key-id "$id" --wrapping-algorithm RSA_AES_KEY_WRAP_SHA_256 \\
      --wrapping-key-spec RSA_4096 --query '[ImportToken,PublicKey]' --output text >"$work/parameters"
    cut -f 1 "$work/parameters" | openssl base64 -d -A >"$work/token"
    cut -f 2 "$work/parameters" | openssl base64 -d -A >"$work/wrapping.der"
    openssl rand -out "$work/aes" 32
    # The AES key is in the list of processes for a moment: use a machine that nobody else is on.
    openssl enc -id-aes256-wrap-pad -K "$(od -An -v -tx1 "$work/aes" | tr -d ' \\n')" -iv A65959A6 -in "$file" -out "$work/material"
    openssl pkeyutl -encrypt -pubin -keyform DER -inkey "$work/wrapping.der" -pkeyopt rsa_padding_mode:oaep \\
      -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 -in "$work/aes" -out "$work/wrapped"
    cat "$work/material" >>"$work/wrapped"
    aws kms import-key-material${at} --key-id "$id" --encrypted-key-material "fileb://$work/wrapped" \\
      --import-token "fileb://$work/token" --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE >/dev/null
  fi
  aws kms get-public-key${at} --key-id "$id" --query PublicKey --output text | openssl base64 -d -A >"$work/found.der"
  same_public_key "$role"
  echo "The $role key is imported: $id"
}
`,
    loop(creation, ({ spec, usage }) => [spec, usage]),
    ...creationEnd(creation),
  ].join('\n');
}

export function gcpImport(creation: Creation): string {
  const { kms } = creation;
  const values = {
    roles: rolesOf(creation),
    project: kms.setting('project-id'),
    location: kms.setting('location-id'),
    ring: kms.setting('key-ring-id'),
    label: gcpLabel(creation),
    job: 'canton-import',
  };
  const at = ' --keyring "$ring" --location "$location" --project "$project"';
  return [
    ...creationHead(creation, 'Imports exported keys', 'gcloud', values),
    `CLOUDSDK_CORE_DISABLE_PROMPTS=1
export CLOUDSDK_CORE_DISABLE_PROMPTS
${IMPORT}
# An import job lasts three days. gcloud wraps the key with the Python package cryptography (CLOUDSDK_PYTHON_SITEPACKAGES=1).
gcloud kms import-jobs describe "$job"${at} >/dev/null 2>&1 ||
  gcloud kms import-jobs create "$job"${at} --import-method rsa-oaep-4096-sha256-aes-256 --protection-level hsm
while [ "$(gcloud kms import-jobs describe "$job"${at} --format 'value(state)')" = PENDING_GENERATION ]; do
  sleep 5
done

# import_key NAME PURPOSE ALGORITHM: imports the key of $role from $file; Canton uses version 1, so a key gets no other
import_key() {
  [ -r "$file" ] || { echo "$file cannot be read" >&2; exit 2; }
  public_key_of "$file"
  if [ -z "$(noted "$role")" ]; then
    gcloud kms keys create "$1"${at} --purpose "$2" --default-algorithm "$3" --protection-level hsm \\
      --import-only --skip-initial-version-creation --labels "canton-node=$label,canton-role=$role"
    printf '%s\\t%s\\n' "$role" "$1" >>"$notes"
  fi
  if ! gcloud kms keys versions describe 1 --key "$1"${at} >/dev/null 2>&1; then
    gcloud kms keys versions import --import-job "$job" --key "$1"${at} --algorithm "$3" --target-key-file "$file"
    while [ "$(gcloud kms keys versions describe 1 --key "$1"${at} --format 'value(state)')" = PENDING_IMPORT ]; do
      sleep 5
    done
  fi
  gcloud kms keys versions get-public-key 1 --key "$1"${at} --output-file "$work/found.pem"
  openssl pkey -pubin -in "$work/found.pem" -outform DER -out "$work/found.der"
  same_public_key "$role"
  echo "The $role key is imported: $1"
}
`,
    loop(creation, ({ role, spec, usage }) => [gcpKeyName(creation, role), usage, gcloudAlgorithm(spec)]),
    ...creationEnd(creation),
  ].join('\n');
}

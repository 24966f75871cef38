import { shellComment, shellWord } from '../../text/encoders/shell';

/** The part of a preflight script that is the same for every KMS. POSIX shell. */
export interface ShellScript {
  /** Comments, one per line. */
  readonly head: readonly string[];
  /** The variables of the script, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** The reasons why the script cannot run, one sentence each; empty if it can. */
  readonly gaps: readonly string[];
  /** The command that the script requires; undefined if there is none. */
  readonly tool: string | undefined;
  /** Functions. */
  readonly library: string;
  /** The commands, one per line. */
  readonly commands: readonly string[];
}

export function shellScript({ head, values, gaps, tool, library, commands }: ShellScript): string {
  const stops = gaps.length > 0 ? [shellCommand('stop', gaps.join('; '))] : [];
  const needed = tool === undefined ? [] : [shellCommand('need', tool)];
  const body = gaps.length > 0 ? stops : [...needed, ...commands, 'finish'];
  return [
    '#!/bin/sh',
    ...head.map(shellComment),
    'set -u',
    ...Object.entries(values).map(([name, value]) => `${name}=${shellWord(value)}`),
    '',
    ...chunksFor(`${COMMON}\n${library}`, body),
    ...body,
    '',
  ].join('\n');
}

/** The parts of a library, which are separated by blank lines, without unused functions. */
function chunksFor(library: string, body: readonly string[]): string[] {
  const chunks = library.trim().split(/\n{2,}/);
  const nameOf = (chunk: string) => /^(\w+)\(\) \{$/m.exec(chunk)?.[1];
  const used = new Set(chunks.filter((chunk) => nameOf(chunk) === undefined));
  const waiting = [...body, ...used];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const words = new Set(text.match(/\w+/g));
    for (const chunk of chunks) {
      if (used.has(chunk) || !words.has(nameOf(chunk) ?? '')) continue;
      used.add(chunk);
      waiting.push(chunk);
    }
  }
  return chunks.filter((chunk) => used.has(chunk)).flatMap((chunk) => [chunk, '']);
}

/** A command with its arguments, quoted so that each is passed literally. */
export function shellCommand(name: string, ...args: readonly string[]): string {
  return [name, ...args.map((arg) => (arg === '' ? "''" : shellWord(arg)))].join(' ');
}

const COMMON = String.raw`
LC_ALL=C
export LC_ALL

usage() {
  echo "usage: sh $0 [--json]" >&2
  exit 2
}

json=no
case $# in
  0) ;;
  1) [ "$1" = --json ] || usage; json=yes ;;
  *) usage ;;
esac

work=$(umask 077 && mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
: >"$work/results"
: >"$work/keys"
printf 'canton-kms preflight' >"$work/message"
passed=0
failed=0
skipped=0
identity=
subject=

# stop REASON: the script cannot run; reports the reason, and exits with 2
stop() {
  echo "preflight: $1" >&2
  exit 2
}

need() {
  command -v "$1" >/dev/null 2>&1 || stop "$1 is not on the PATH"
}

# A JSON string.
quoted() {
  printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037\177' | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# result PASS|FAIL|SKIPPED CHECK REASON
result() {
  if [ "$json" = yes ]; then
    printf '{"result": "%s", "subject": %s, "check": %s, "reason": %s}\n' \
      "$1" "$(quoted "$subject")" "$(quoted "$2")" "$(quoted "$3")" >>"$work/results"
  elif [ -n "$3" ]; then
    printf '%-7s  %s: %s (%s)\n' "$1" "$subject" "$2" "$3"
  else
    printf '%-7s  %s: %s\n' "$1" "$subject" "$2"
  fi
}

# pass CHECK REASON, and the others likewise
pass() {
  passed=$((passed + 1))
  result PASS "$1" "$2"
}

fail() {
  failed=$((failed + 1))
  result FAIL "$1" "$2"
}

skip() {
  skipped=$((skipped + 1))
  result SKIPPED "$1" "$2"
}

# expect WHAT FOUND NEEDED...
expect() {
  what=$1
  found=$2
  shift 2
  if [ -z "$found" ]; then
    skip "$what" 'the answer does not have it'
    return
  fi
  for one in "$@"; do
    if [ "$found" = "$one" ]; then
      pass "$what $found" ''
      return
    fi
  done
  fail "$what $found" "Canton needs $(echo "$*" | sed 's/ / or /g')"
}

# The lines of a file as a JSON array.
array() {
  printf '['
  sed '$!s/$/,/' "$1" | tr -d '\n'
  printf ']'
}

# The fingerprint that Canton has for the public key in key.der: its hash for purpose 12, after 0x12 0x20 for SHA-256.
note_fingerprint() {
  digest=$({ printf '\000\000\000\014' && cat "$work/key.der"; } | openssl dgst -sha256 | sed 's/^.*= *//')
  fingerprint="1220$digest"
}

# encrypt_for KEY OPTION...: false, with a line in complaint, where openssl cannot encrypt the message with the public key
encrypt_for() {
  public=$1
  shift
  openssl pkeyutl -encrypt -pubin "$@" -inkey "$public" -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 \
    -pkeyopt rsa_mgf1_md:sha256 -in "$work/message" -out "$work/cipher" 2>"$work/complaint"
}

finish() {
  if [ "$failed" -gt 0 ]; then
    code=1
  elif [ "$passed" -eq 0 ]; then
    code=2
  else
    code=0
  fi
  if [ "$json" = yes ]; then
    printf '{"version": 1, "node": %s, "kms": %s, "place": %s, "identity": %s, "results": %s, "keys": %s, "exit": %s}\n' \
      "$(quoted "$node")" "$(quoted "$kms")" "$(quoted "$place")" "$(quoted "$identity")" \
      "$(array "$work/results")" "$(array "$work/keys")" "$code"
  else
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$code" -ne 2 ] || echo 'No check could be made.'
  fi
  exit "$code"
}
`;

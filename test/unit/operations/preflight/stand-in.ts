import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** An answer of the stand-in for `aws` or `gcloud`: a text on standard output, or a refusal on standard error. */
export type Answer = string | { readonly refused: string };

/** Answers by operation (`describe-key`), or by operation and key (`describe-key alias/a`), which comes first. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The arguments of each call of the stand-in. */
  readonly calls: readonly string[];
  /** Files that were passed to the stand-in of `aws`, by their names. */
  readonly sent: ReadonlyMap<string, Buffer>;
  /** The file with the ids of keys that the script made. */
  readonly notes: string;
}

/** Operations are the words of a call before its first option; the number after `versions describe` is not one. */
const STAND_IN = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
words=
key=
before=
for word in "$@"; do
  case "$word" in fileb://*) cp "$(echo "$word" | sed 's/^fileb:..//')" "$FOLDER/sent $(basename "$word")" ;; esac
  case "$before" in --key-id | --key) key=$word ;; --output-file | --ciphertext-file) file=$word ;; esac
  before=$word
done
for word in "$@"; do
  case "$word" in -*) break ;; kms | 1 | keys | versions) ;; *) words="$words $word" ;; esac
done
words=$(echo "$words" | sed 's/^ //')
for name in "$words $key" "$words" "$(echo "$words" | cut -d ' ' -f 1,2)" "$(echo "$words" | cut -d ' ' -f 1)"; do
  name=$(echo "$name" | tr '/:' '__')
  if [ -f "$FOLDER/refused $name" ]; then cat "$FOLDER/refused $name" >&2; exit 254; fi
  if [ -f "$FOLDER/$name" ]; then
    case "$words" in get-public-key | encrypt)
      if [ "$(basename "$0")" = gcloud ]; then cp "$FOLDER/$name" "$file"; exit 0; fi ;;
    esac
    cat "$FOLDER/$name"
    exit 0
  fi
done
echo "not recorded: $words $key" >&2
exit 99
`;

/** The programs that a script may call in addition to the tool, so that it never finds a real `aws` or `gcloud`. */
const UTILITIES =
  'basename cat cmp cp cut find grep head mktemp mv od openssl printenv rm sed sh shred sleep tail touch tr'.split(' ');

function utilities(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const path = (process.env.PATH ?? '').split(delimiter);
  for (const name of UTILITIES) {
    const found = path.map((one) => join(one, name)).find((one) => existsSync(one));
    if (found !== undefined) symlinkSync(found, join(bin, name));
  }
  return bin;
}

/**
 * Runs a script with a stand-in of its tool first on the path.
 * @param environment of the script; its path comes after the stand-in
 * @param files in the folder that it runs in
 */
export function runWith(
  tool: 'aws' | 'gcloud' | undefined,
  answers: Answers,
  script: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string | Buffer>> = {},
): Run {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  try {
    const bin = utilities(folder);
    if (tool !== undefined) {
      writeFileSync(join(folder, tool), STAND_IN);
      chmodSync(join(folder, tool), 0o755);
    }
    for (const [name, answer] of Object.entries(answers)) {
      const file = name.replace(/[/:]/g, '_');
      if (typeof answer === 'string') writeFileSync(join(folder, file), answer);
      else writeFileSync(join(folder, `refused ${file}`), `${answer.refused}\n`);
    }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, 'script.sh'), script);
    const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'script.sh'), ...args], {
      encoding: 'utf8',
      cwd: folder,
      env: { ...environment, FOLDER: folder, PATH: [folder, environment.PATH, bin].filter(Boolean).join(delimiter) },
    });
    const calls = join(folder, 'calls');
    const made = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
    const names = readdirSync(folder);
    const sent = names
      .filter((name) => name.startsWith('sent '))
      .map((name) => [name.slice(5), readFileSync(join(folder, name))] as const);
    const notes = names.filter((name) => name.endsWith('.tsv')).map((name) => readFileSync(join(folder, name), 'utf8'));
    return { code: status, out: stdout, err: stderr, calls: made, sent: new Map(sent), notes: notes.join('') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

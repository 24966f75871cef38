import { KMS_REASONS } from '../../server/src/operations/logs/kms-failures';
import { RUNNING_FAILURES } from '../../server/src/operations/logs/running-failures';
import { START_FAILURES } from '../../server/src/operations/logs/start-failures';
import { TRACES } from '../../server/src/operations/logs/traces';
import { VALIDATION_FAILURES } from '../../server/src/operations/logs/validation-failures';
import { markdownRow, markdownText } from '../../server/src/text/encoders/markdown';

interface Described {
  readonly id: string;
  readonly cause: string;
  readonly remedy: string;
  readonly source: string;
}

/** `docs/logs.md`: the failures in a log that are known, with cause, remedy and source. */
export function logPage(): string {
  return `# Failures in a log

\`canton-kms explain --log LOG FILE...\` finds Canton's failures in a log and names, for each, the cause, the one thing to do and the
line of the configuration. The files are those that Canton was started with, in order; without them it names only the key. _Canton KMS:
Explain a Canton Log_ does the same in the editor.

The log may be Canton's text log or JSON log, the standard output or error of a failed start, or a part that was pasted, with the
prefixes of Docker, Compose and Kubernetes and with colors. A failure that is not in this list is called unknown, and so is a log of
other software or of a node that the files do not configure; the exit code is 1 then. The words of AWS were seen on a running
Canton 3.5; those of Google Cloud were read in its sources.

## Reading the configuration

Keys and values that Canton cannot read have the rules [read/unknown-key](rules/read/unknown-key.md),
[read/missing-key](rules/read/missing-key.md), [read/wrong-type](rules/read/wrong-type.md) and
[read/invalid-value](rules/read/invalid-value.md); HOCON has [its own page](rules/hocon.md).

## Checks of the configuration

${table(VALIDATION_FAILURES)}

## The start of a node

${table(START_FAILURES)}

## Operations of the KMS

Canton writes them as a warning, "KMS operation … failed", at the start and while it runs.

${table(KMS_REASONS)}

## A running node, and commands on keys

${table(RUNNING_FAILURES)}

## Traces of a failure

They are reported only where nothing else in the log is known.

${table(TRACES)}
`;
}

function table(known: readonly Described[]): string {
  const rows = known.map(({ id, cause, remedy, source }) =>
    markdownRow([`\`${id}\``, cell(cause), cell(remedy), cell(source)]),
  );
  return ['| Failure | Cause | What to do | Source |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Parts of the log that a sentence repeats are left out. */
function cell(text: string): string {
  const plain = text
    .replace(/[:,]? ?"?\{(?:words|key|value|found|old)\}"?/g, '')
    .replace(/ \{action\}/, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
    .replace(/: ?(?=\.|$)/g, '');
  return markdownText(plain).replaceAll('\\`', '`');
}

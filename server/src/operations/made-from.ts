import { type Launched, outcomesOf } from '../edits/effect';
import { type ConfigValue, entryAt, type Unknown } from '../hocon/values/config-value';
import type { VersionChoice } from '../model/facts/version-choice';
import type { PlanRequest } from './facts';

/** The input of a plan. The plan is valid as long as none of this has changed. */
export interface MadeFrom {
  readonly procedure: string;
  /** `participants.p1` */
  readonly node: string;
  readonly cantonVersion: string;
  readonly edition: string;
  /** SHA-256 of the effective configuration at `canton`, in hex: comments, formatting and the order of keys do not count. */
  readonly configuration: string;
  /** SHA-256 of the answers, in hex: some are secrets. */
  readonly answers: string;
}

type Request = Pick<PlanRequest, 'procedure' | 'node' | 'version' | 'edition' | 'options'>;

export async function madeFrom(
  { procedure, node, version, edition, options }: Request,
  launched: Launched,
): Promise<MadeFrom> {
  return {
    procedure,
    node,
    cantonVersion: version,
    edition,
    configuration: await configurationHash(launched),
    answers: await sha256(JSON.stringify(Object.entries(options).sort(byKey))),
  };
}

/** Of the configuration for any environment of the node, because a default below an unknown variable counts. */
export async function configurationHash(launched: Launched): Promise<string> {
  const forms = outcomesOf(launched).map(({ root, problems }) => {
    const canton = entryAt(root, ['canton'])?.value;
    const faults = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    return [canton === undefined ? null : canonical(canton), unknowns(root.unknowns), faults.sort()];
  });
  return sha256(JSON.stringify(forms));
}

/** Every value with its kind, so that no two configurations have the same form. */
function canonical(value: ConfigValue): unknown {
  switch (value.kind) {
    case 'object': {
      const entries = [...value.entries].map(([key, entry]) => [key, canonical(entry.value)] as const);
      return { entries: entries.sort(byKey), unknowns: unknowns(value.unknowns) };
    }
    case 'list':
      return value.elements.map(canonical);
    case 'string':
      return { text: value.value };
    case 'number':
      return { number: value.text };
    case 'boolean':
      return value.value;
    case 'unknown':
      return { unknown: nameOf(value.reason) };
    default:
      return null;
  }
}

function unknowns(list: readonly Unknown[]): readonly string[] {
  return [...new Set(list.map(nameOf))].sort();
}

function nameOf({ cause, subject }: Unknown): string {
  return `${cause}: ${subject}`;
}

/** No key is there twice. */
function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Node.js and browsers have the same Web Cryptography API. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One line for runbooks and scripts, which `readMadeFrom` reads. */
export function madeFromLine({ procedure, node, cantonVersion, edition, configuration, answers }: MadeFrom): string {
  return `Made from: ${procedure} ${node}, Canton ${cantonVersion} ${edition}, configuration sha256:${configuration}, answers sha256:${answers}`;
}

const LINE =
  /Made from: (?<procedure>[\w-]+) (?<node>[\w-]+\.[^\s,]+), Canton (?<cantonVersion>[\d.]+) (?<edition>\w+), configuration sha256:(?<configuration>[0-9a-f]{64}), answers sha256:(?<answers>[0-9a-f]{64})/;

/** From a runbook in Markdown, a console script, or a plan in JSON; undefined for any other text. */
export function readMadeFrom(text: string): MadeFrom | undefined {
  const line = text.trimStart().startsWith('{') ? lineOfJson(text) : text;
  return LINE.exec(line)?.groups as MadeFrom | undefined;
}

function lineOfJson(text: string): string {
  try {
    const made: unknown = (JSON.parse(text) as { madeFrom?: unknown } | null)?.madeFrom;
    return typeof made === 'object' && made !== null ? madeFromLine(made as MadeFrom) : '';
  } catch {
    return '';
  }
}

/** A launch set that has the node, as it is now. */
export interface Present extends VersionChoice {
  /** Its hash. */
  readonly configuration: string;
}

/** The reasons why a plan is stale, in whole sentences; empty if it is still the plan for one of the launch sets. */
export function staleness(made: MadeFrom, now: readonly Present[]): readonly string[] {
  const [best = [`These files do not configure ${made.node}.`]] = now
    .map((one) => differences(made, one))
    .sort((a, b) => a.length - b.length);
  return best;
}

/** If no version was chosen, the newest one applies, and a difference does not make the plan stale. */
function differences(made: MadeFrom, now: Present): readonly string[] {
  const { configuration, version, versionSource, edition, editionSource } = now;
  const reasons: string[] = [];
  if (configuration !== made.configuration) {
    reasons.push('The effective configuration has changed since the plan was made.');
  }
  if (versionSource !== 'default' && version !== made.cantonVersion) {
    reasons.push(`The plan was made for Canton ${made.cantonVersion}, and these files are for Canton ${version}.`);
  }
  if (editionSource !== 'default' && edition !== made.edition) {
    reasons.push(`The plan was made for the ${made.edition} edition, and these files are for the ${edition} edition.`);
  }
  return reasons;
}

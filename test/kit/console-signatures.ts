import { type CantonVersion, compareVersions } from '../../schemas/version';
import rows from './console-signatures.json';

/**
 * The console commands of procedures and snippets, with the signature of each version. Paths are as written behind a
 * node reference (`keys.secret.list`); macros stand alone (`bootstrap.synchronizer`).
 *
 * Source: `VaultAdministration.scala`, `TopologyAdministrationGroup.scala`, `ParticipantRepairAdministration.scala`,
 * `PartiesAdministration.scala`, `HealthAdministration.scala`, `ConsoleMacros.scala` of release-line-2.10, 3.3, 3.4, 3.5
 * and main. Of 2.10 only the community part is public: commands of the Enterprise edition are those of the tests that its
 * manual quotes. Every row of 2.10 names its source.
 */
export interface Signature {
  readonly command: string;
  /** The first and the last line with this signature; open if absent. */
  readonly since: CantonVersion | undefined;
  readonly until: CantonVersion | undefined;
  /** Undefined if the command is called without parentheses. */
  readonly parameters: readonly Parameter[] | undefined;
  /** The kinds of nodes that have it, as in a configuration; undefined if all have it. */
  readonly nodes: readonly string[] | undefined;
  /** File and line of the definition in 2.10, or the test that calls it; undefined for later lines. */
  readonly source: string | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

const signatures: readonly Signature[] = rows.map(({ command, since, until, parameters, nodes, source }) => ({
  command,
  since: since as CantonVersion | undefined,
  until: until as CantonVersion | undefined,
  parameters: parameters?.map(toParameter),
  nodes,
  source,
}));

function toParameter(text: string): Parameter {
  const [, name = '', type = ''] = /^(\w+): (.*?)(?: = .*)?$/s.exec(text) ?? [];
  return { name, type, optional: text.includes(' = ') };
}

export function allSignatures(): readonly Signature[] {
  return signatures;
}

/** Several if the command is overloaded, none if this version does not have it. */
export function signaturesOf(command: string, version: CantonVersion): readonly Signature[] {
  return signatures.filter(
    ({ command: name, since = version, until = version }) =>
      name === command && compareVersions(since, version) <= 0 && compareVersions(version, until) <= 0,
  );
}

import type { CantonVersion, Edition } from '../../../schemas/version';
import { readCanton } from '../canton/view';
import { entriesBelow } from '../canton/walk';
import type { SyntaxTree } from '../hocon/syntax';
import type { ConfigObject } from '../hocon/value';
import type { RuleContext } from './rule';

/** What a check needs to know; `config` is the whole evaluated configuration. */
export interface RuleInput {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** The launch set is all that is started, because somebody says so. */
  readonly isWhole?: boolean;
  readonly tree?: (uri: string) => SyntaxTree | undefined;
  /** Codes that the project file switches off. */
  readonly off?: Iterable<string>;
  readonly driverSchemas?: ReadonlyMap<string, unknown>;
}

/** Reads the configuration as Canton does and makes it ready for the rules. */
export function createRuleContext(input: RuleInput): RuleContext {
  const { config, version, edition, isWhole = false } = input;
  return {
    config,
    version,
    edition,
    isWhole,
    view: readCanton(config, version, edition, isWhole),
    files: filesOf(config),
    tree: input.tree ?? (() => undefined),
    off: new Set(input.off),
    driverSchemas: input.driverSchemas ?? new Map(),
  };
}

function filesOf(config: ConfigObject): readonly string[] {
  const files = new Set<string>();
  for (const { entry } of entriesBelow(config)) for (const { uri } of entry.definitions) files.add(uri);
  return [...files];
}

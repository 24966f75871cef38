import { fieldModelOf } from '../../../schemas/compile';
import { imageBase } from '../../../schemas/images';
import type { ObjectModel } from '../../../schemas/model';
import { SPLICE_SECTIONS } from '../../../schemas/splice';
import type { CantonVersion, Edition } from '../../../schemas/version';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import type { ConfigObject, Dependency } from '../hocon/values/config-value';
import { type IsCleanNode, readCanton } from '../model/facts/view';
import type { CleanNodes } from './clean-nodes';
import type { Completeness, RuleContext } from './rule';

/** The input of a check; `config` is the whole evaluated configuration. */
export interface RuleInput extends Completeness {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** The release of the version, if it is specified. */
  readonly release?: string | undefined;
  /** The keys that this Canton version reads; if absent, only the sections that concern a KMS. */
  readonly model?: ObjectModel;
  /** The name of the container image in which it is launched. */
  readonly image?: string | undefined;
  /** URIs of the parts that other values of a chart may complete. */
  readonly layered?: readonly string[];
  readonly unusedMixins?: RuleContext['unusedMixins'];
  readonly mixinUses?: RuleContext['mixinUses'];
  readonly tree: (uri: string) => SyntaxTree | undefined;
  /** The files that were read. */
  readonly files: readonly string[];
  /** Codes that the project file switches off. */
  readonly off?: Iterable<string>;
  /** Codes that no comment in a file can silence. */
  readonly noInline?: Iterable<string>;
  readonly driverSchemas: ReadonlyMap<string, unknown>;
  /** Values of the whole configuration, which speed up the comparison with the previous state. */
  readonly dependencies?: readonly Dependency[];
  /** The results for the previous state. */
  readonly memory?: CleanNodes;
}

/** Reads the configuration as Canton does and prepares it for the rules. */
export function createRuleContext(input: RuleInput): RuleContext {
  const { config, version, edition, memory, model = fieldModelOf(version, edition) } = input;
  const { view, clean } = read(input);
  return {
    config,
    version,
    edition,
    release: input.release,
    model,
    isWhole: input.isWhole,
    hasWholeEnvironment: input.hasWholeEnvironment,
    image: input.image === undefined ? undefined : imageBase(input.image),
    layered: new Set(input.layered),
    unusedMixins: input.unusedMixins ?? [],
    mixinUses: input.mixinUses ?? [],
    view,
    clean,
    remember: (unclean) => memory?.remember(input, view, unclean, clean),
    files: input.files,
    tree: input.tree,
    off: new Set(input.off),
    noInline: new Set(input.noInline),
    driverSchemas: input.driverSchemas,
  };
}

function read(input: RuleInput): Pick<RuleContext, 'view' | 'clean'> {
  const { config, version, edition, isWhole, memory, model } = input;
  const base = input.image === undefined ? undefined : imageBase(input.image);
  const isSplice = base !== undefined && SPLICE_SECTIONS.includes(base.section);
  const readFrom = (isClean?: IsCleanNode) => readCanton(config, version, edition, isWhole, isClean, model, isSplice);
  const unchanged = memory?.unchanged(input);
  if (memory !== undefined && unchanged !== undefined && unchanged.size > 0) {
    const view = readFrom((kind, name) => unchanged.has(`${kind}.${name}`));
    if (memory.fits(view)) {
      const clean = view.nodes.filter((node) => unchanged.has(node.id) && memory.isAsBefore(node));
      return { view, clean: new Set(clean) };
    }
  }
  return { view: readFrom(), clean: new Set() };
}

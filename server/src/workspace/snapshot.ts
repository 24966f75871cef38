import type { ObjectModel } from '../../../schemas/model';
import { ConfigIndex } from '../features/shared/config-index';
import { type DocumentView, fieldOf } from '../features/shared/document-view';
import { EffectivePaths } from '../features/shared/effective-paths';
import { IncludeSites } from '../features/shared/includes';
import { Occurrences } from '../features/shared/occurrences';
import type { Evaluation } from '../hocon/evaluation/evaluate';
import type { PathOptions } from '../hocon/evaluation/include-files';
import type { Sources } from '../hocon/source';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import { type ConfigObject, entryAt } from '../hocon/values/config-value';
import type { Coverage } from '../model/binding/coverage';
import type { Diagnostic } from '../model/diagnostic';
import type { CantonNode } from '../model/facts/nodes';
import { withoutSecrets } from '../model/facts/secret-values';
import { isSecretName, isSecretPath } from '../model/facts/secrets';
import type { VersionChoice } from '../model/facts/version-choice';
import { readForCoverage, readNodes } from '../model/facts/view';
import { type CleanNodes, type Completeness, check, checkMixin, createRuleContext, type RuleContext } from '../rules';
import { withHoconFixes } from '../rules/hocon-fixes';
import type { Lines } from '../text/positions';
import { linesOf } from './documents';
import type { LaunchSet } from './launch-sets';
import { type Mixins, NOT_USED, withMixins } from './mixin-uses';

/** Longer values consist of more than a secret. */
const MAX_LOOKED_AT = 1000;

const lastName = (path: string) => path.trim().split('.').at(-1) ?? '';

const NO_SCHEMAS: ReadonlyMap<string, unknown> = new Map();

/** One launch set at one moment. It is immutable, and expensive parts are computed on first use. */
export class Snapshot {
  private cachedIndex: ConfigIndex | undefined;
  private cachedNamesSecret: ((path: readonly string[]) => boolean) | undefined;
  private cachedIsSecret: ((path: readonly string[]) => boolean) | undefined;
  private cachedIncludeSites: IncludeSites | undefined;
  private cachedEffectivePaths: EffectivePaths | undefined;
  private cachedOccurrences: Occurrences | undefined;
  private cachedContext: RuleContext | undefined;
  private cachedMixinContext: { readonly context: RuleContext | undefined } | undefined;
  private cachedDiagnostics: readonly Diagnostic[] | undefined;
  private cachedCoverage: Coverage | undefined;
  private cachedNodes: readonly CantonNode[] | undefined;

  constructor(
    readonly set: LaunchSet,
    readonly choice: VersionChoice,
    readonly sources: Sources,
    private readonly evaluation: Evaluation,
    readonly model: ObjectModel,
    private readonly completeness: Completeness,
    private readonly memory?: CleanNodes,
    private readonly mixins: Mixins = NOT_USED,
  ) {}

  get config(): ConfigObject {
    return this.evaluation.root;
  }

  get context(): RuleContext {
    this.cachedContext ??= this.contextOf(this.config, this.memory);
    return this.cachedContext;
  }

  /** The parts of the file that nodes of other files use, as a separate context; undefined if there are none. */
  private get mixinContext(): RuleContext | undefined {
    if (this.cachedMixinContext === undefined) {
      const config = withMixins(this.config, this.mixins.uses);
      this.cachedMixinContext = { context: config && this.contextOf(config) };
    }
    return this.cachedMixinContext.context;
  }

  private contextOf(config: ConfigObject, memory?: CleanNodes): RuleContext {
    return createRuleContext({
      config,
      version: this.choice.version,
      edition: this.choice.edition,
      release: this.choice.release,
      model: this.model,
      ...this.completeness,
      image: this.set.image,
      layered: this.set.layered,
      tree: (uri) => this.sources.get(uri),
      files: this.files,
      off: this.set.project?.off ?? [],
      noInline: this.set.project?.noInline ?? [],
      driverSchemas: this.driverSchemas,
      dependencies: this.evaluation.dependencies,
      unusedMixins: this.mixins.unused,
      mixinUses: this.mixins.uses,
      ...(memory && { memory }),
    });
  }

  get diagnostics(): readonly Diagnostic[] {
    const { context } = this;
    this.cachedDiagnostics ??= [
      ...this.evaluation.problems
        .filter(({ code }) => !context.off.has(code))
        .map((problem) => withHoconFixes(problem, context)),
      ...this.problemsOf(context),
    ].flatMap((diagnostic) => this.asProjectSays(this.withoutSecrets(diagnostic)));
    return this.cachedDiagnostics;
  }

  private problemsOf(context: RuleContext): readonly Diagnostic[] {
    const own = check(context);
    if (this.mixinContext === undefined) return own;
    const places = new Set(own.map(({ code, uri, range }) => `${code} ${uri} ${range.start}`));
    const others = checkMixin(this.mixinContext);
    return [...own, ...others.filter(({ code, uri, range }) => !places.has(`${code} ${uri} ${range.start}`))];
  }

  /** The diagnostic with the severity from the project file. */
  private asProjectSays(diagnostic: Diagnostic): readonly Diagnostic[] {
    const severity = this.set.project?.severityAt(diagnostic.code, diagnostic.uri);
    if (severity === undefined) return [diagnostic];
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  }

  /** The number of set values that are checked. */
  get coverage(): Coverage {
    const log =
      this.mixinContext?.view.coverage ??
      this.context.view.coverage ??
      readForCoverage(this.config, this.choice.version, this.model);
    this.cachedCoverage ??= log.of(this.config);
    return this.cachedCoverage;
  }

  get nodes(): readonly CantonNode[] {
    this.cachedNodes ??= readNodes(this.config, this.choice.version, this.choice.edition);
    return this.cachedNodes;
  }

  get index(): ConfigIndex {
    this.cachedIndex ??= new ConfigIndex(this.config);
    return this.cachedIndex;
  }

  get effectivePaths(): EffectivePaths {
    this.cachedEffectivePaths ??= new EffectivePaths(this.written);
    return this.cachedEffectivePaths;
  }

  get includeSites(): IncludeSites {
    const prefixesOf = (uri: string) => this.effectivePaths.prefixesOf(uri);
    this.cachedIncludeSites ??= new IncludeSites({ ...this.written, prefixesOf });
    return this.cachedIncludeSites;
  }

  get occurrences(): Occurrences {
    this.cachedOccurrences ??= new Occurrences(this.written);
    return this.cachedOccurrences;
  }

  private get driverSchemas(): ReadonlyMap<string, unknown> {
    return this.set.project?.driverSchemas ?? NO_SCHEMAS;
  }

  private get paths(): PathOptions {
    return { mounts: this.set.project?.mounts ?? [] };
  }

  private get written() {
    const roots = this.set.roots.map(({ uri }) => uri);
    const { config, files, paths } = this;
    return { config, roots, files, paths, tree: (uri: string) => this.sources.get(uri) };
  }

  private withoutSecrets(diagnostic: Diagnostic): Diagnostic {
    const { path } = diagnostic;
    const value = path !== undefined && this.namesSecret(path) ? entryAt(this.config, path)?.value : undefined;
    return withoutSecrets(diagnostic, (uri) => this.sources.get(uri), value);
  }

  /** Whether the schema or the name says that the value at a path is a secret. */
  private get namesSecret(): (path: readonly string[]) => boolean {
    if (this.cachedNamesSecret === undefined) {
      const { config, driverSchemas, choice, model } = this;
      const schema = { config, driverSchemas, version: choice.version, model };
      this.cachedNamesSecret = (path) => isSecretPath(path) || fieldOf(schema, path)?.meta.secret === true;
    }
    return this.cachedNamesSecret;
  }

  /** True if the value contains another one, or a variable, whose name shows that it is a secret. */
  private copiesSecret(path: readonly string[]): boolean {
    const written = entryAt(this.config, path)?.definitions.at(-1);
    if (written === undefined) return false;
    const { start, end } = written.value;
    const text = this.sources.get(written.uri)?.text.slice(start, Math.min(end, start + MAX_LOOKED_AT)) ?? '';
    return [...text.matchAll(/\$\{\??([^}]*)/g)].some(([, name = '']) => isSecretName(lastName(name)));
  }

  /** Includes the values from which a secret is copied. */
  get isSecret(): (path: readonly string[]) => boolean {
    this.cachedIsSecret ??= (path) =>
      this.namesSecret(path) ||
      this.copiesSecret(path) ||
      this.effectivePaths.from([path]).some((one) => this.namesSecret(one));
    return this.cachedIsSecret;
  }

  /** The files of the set that exist. */
  get files(): readonly string[] {
    return [...this.sources.lookedFor].filter((uri) => this.sources.get(uri) !== undefined);
  }

  /** The size of all texts. */
  get length(): number {
    return this.files.reduce((sum, uri) => sum + (this.sources.get(uri)?.text.length ?? 0), 0);
  }

  lines(uri: string): Lines | undefined {
    const tree = this.sources.get(uri);
    return tree === undefined ? undefined : linesOf(tree);
  }

  /** The view of a document for features; `tree` if the launch set does not contain it. */
  view(tree: SyntaxTree): DocumentView {
    const snapshot = this;
    return {
      tree,
      lines: linesOf(tree),
      config: this.config,
      get index() {
        return snapshot.index;
      },
      effectivePaths: this.effectivePaths,
      includeSites: this.includeSites,
      version: this.choice.version,
      edition: this.choice.edition,
      model: this.model,
      driverSchemas: this.driverSchemas,
      variables: this.set.project?.environment.variables ?? NO_VARIABLES,
      isSecret: this.isSecret,
      paths: this.paths,
      file: (uri) => {
        const other = this.sources.get(uri);
        return other === undefined ? undefined : { text: other.text, tree: other, lines: linesOf(other) };
      },
    };
  }
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();

/** The lines of a file of any of the launch sets. */
export function linesIn(snapshots: readonly Snapshot[]): (uri: string) => Lines | undefined {
  return (uri) => snapshots.map((snapshot) => snapshot.lines(uri)).find((found) => found !== undefined);
}

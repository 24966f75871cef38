import type { ImageBase } from '../../../schemas/images';
import type { ObjectModel } from '../../../schemas/model';
import type { CantonVersion, Edition } from '../../../schemas/version';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import type { ConfigObject, KeyPath } from '../hocon/values/config-value';
import type { Diagnostic, Severity } from '../model/diagnostic';
import type { CantonView, NodeView } from '../model/facts/view';

/** One rule: its check, its texts, and its examples, which serve as tests and documentation. */
export interface Rule {
  /** `family/name`, which never changes. */
  readonly code: string;
  readonly severity: Severity;
  /**
   * `node`: it checks the nodes of the view one by one, and its diagnostics depend only on the node and its text (and
   * version, edition, `nonStandard`, `isFragment`). It is not applied again to a node that has not changed.
   */
  readonly scope?: 'node';
  /** One line for lists and for the heading of the page. */
  readonly title: string;
  /** Markdown: the effect in Canton, and the correction. */
  readonly docs: string;
  /** Canton file and version, or other source. */
  readonly source: string;
  readonly examples: { readonly bad: RuleExample; readonly good: RuleExample };
  check(context: RuleContext): readonly Diagnostic[];
}

/** A complete `.conf` text, checked by a test at this version: the bad one reports this code, the good one does not. */
export interface RuleExample {
  readonly text: string;
  readonly version?: CantonVersion;
  readonly release?: string;
  readonly edition?: Edition;
  readonly driverSchemas?: ReadonlyMap<string, unknown>;
  readonly isWhole?: true;
  readonly image?: string;
}

/** The parts of a launch that are declared to be complete. */
export interface Completeness {
  /** The launch set is declared: a key that is absent in it is absent. */
  readonly isWhole: boolean;
  /** All variables are known: a substitution that cannot be resolved is absent. */
  readonly hasWholeEnvironment: boolean;
}

/** One evaluated launch set, as rules see it. */
export interface RuleContext extends Completeness {
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** The release of the version, `3.5.13`; undefined if it is not specified. */
  readonly release: string | undefined;
  /** The fields that this Canton version reads at `canton`. */
  readonly model: ObjectModel;
  /** The whole configuration, with `canton` as one of its keys. */
  readonly config: ConfigObject;
  /** The same configuration, read as Canton reads it. */
  readonly view: CantonView;
  /** The node of the container image of the launch set, if it is known. */
  readonly image: ImageBase | undefined;
  /** URIs of the parts that other values of a chart may complete. */
  readonly layered: ReadonlySet<string>;
  /** Keys of mixins that no file uses, with the nearly equal names that files use and none sets. */
  readonly unusedMixins: readonly { readonly path: KeyPath; readonly used: string }[];
  /** The places below `canton` at which other files, or this one, use what it sets beside that key. */
  readonly mixinUses: readonly { readonly from: KeyPath; readonly to: KeyPath }[];
  /** The files of the launch set that exist. */
  readonly files: readonly string[];
  /** The parsed files of the launch set, for fixes; undefined for a file that is not available. */
  tree(uri: string): SyntaxTree | undefined;
  /** Unchanged nodes for which the rules with the scope of a node reported nothing before. */
  readonly clean: ReadonlySet<NodeView>;
  /** Records the nodes for which these rules reported something now. */
  remember(unclean: ReadonlySet<NodeView>): void;
  /** Rules that are switched off, by code. */
  readonly off: ReadonlySet<string>;
  /** Rules that no comment in a file can silence, by code. */
  readonly noInline: ReadonlySet<string>;
  /** Schemas of the `config` of KMS drivers, by driver name, parsed from JSON. */
  readonly driverSchemas: ReadonlyMap<string, unknown>;
}

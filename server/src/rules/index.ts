import { faultsAfter } from '../edits/changes';
import { entryAt } from '../hocon/values/config-value';
import type { Failure } from '../model/binding/failure';
import { type Diagnostic, internalFault } from '../model/diagnostic';
import { isAnyNode } from '../model/facts/fragments';
import { type CantonView, isInList, type NodeView } from '../model/facts/view';
import { auditLogging } from './advice/audit-logging';
import { databaseProperty } from './advice/database-property';
import { defaultValue } from './advice/default-value';
import { directive } from './advice/directive';
import { driverConfig } from './advice/driver-config';
import { duplicateNodeName } from './advice/duplicate-node-name';
import { endpoint } from './advice/endpoint';
import { gcpLocation } from './advice/location';
import { lookalikeNode } from './advice/lookalike-node';
import { misplacedKms } from './advice/misplaced-kms';
import { misspelledKey } from './advice/misspelled-key';
import { negativeRetries } from './advice/negative-retries';
import { numberAsText } from './advice/number-as-text';
import { pinnedWrapperKey } from './advice/pinned-wrapper-key';
import { plainSecret } from './advice/plain-secret';
import { quotedSubstitution } from './advice/quoted-substitution';
import { awsRegion } from './advice/region';
import { reverted } from './advice/reverted';
import { rootKey } from './advice/root-key';
import { secondNode } from './advice/second-node';
import { sessionKeyFit } from './advice/session-key-fit';
import { sharedWrapperKey } from './advice/shared-wrapper-key';
import { singleQuotes } from './advice/single-quotes';
import { uncheckedTls } from './advice/ssl-verification';
import { unusedSuppression, unusedSuppressions } from './advice/unused-suppression';
import { wrapperKeyFormat } from './advice/wrapper-key-format';
import { wrapperKeyRegion } from './advice/wrapper-key-region';
import { oldKey } from './deprecated/old-key';
import { sessionKeysPlace } from './deprecated/session-keys-place';
import { createdByTag } from './ignored/created-by-tag';
import { unusedEncryption } from './ignored/encryption';
import { unusedKms } from './ignored/kms-section';
import { ignoredListKey } from './ignored/list-key';
import { memoryIgnoresEncryption } from './ignored/memory-storage';
import { unusedSessionKeys } from './ignored/session-keys';
import { droppedKey } from './ignored/unknown-key';
import { lonelySwitch } from './ignored/unknown-keys-switch';
import { crash } from './read/crash';
import { invalidValue } from './read/invalid-value';
import { missingKey } from './read/missing-key';
import { nodeName } from './read/node-name';
import { otherRelease } from './read/other-release';
import { unknownKey } from './read/unknown-key';
import { wrongType } from './read/wrong-type';
import { textOf } from './report';
import type { Rule, RuleContext } from './rule';
import { awsClient } from './start/aws-client';
import { backendScheme } from './start/backend-scheme';
import { driverRefuses } from './start/driver-config';
import { gcpNames } from './start/gcp-names';
import { kmsMissing } from './start/kms-missing';
import { memoryStorage } from './start/memory-storage';
import { schemeSelection } from './start/scheme-selection';
import { applySuppressions, readSuppressions } from './suppression';
import { adminTokens } from './validate/admin-tokens';
import { alphaVersion } from './validate/alpha-version';
import { authServices } from './validate/auth-services';
import { bftBlockSize } from './validate/bft-block-size';
import { databaseAccess } from './validate/database-access';
import { edition } from './validate/edition';
import { engineExtension } from './validate/engine-extension';
import { enterpriseOnly } from './validate/enterprise-only';
import { noNode } from './validate/no-node';
import { nonStandard } from './validate/non-standard';
import { orderOfValues } from './validate/order-of-values';
import { portNotSet } from './validate/port-not-set';
import { replication } from './validate/replication';
import { schemeDefault } from './validate/scheme-default';
import { schemeFit } from './validate/scheme-fit';
import { sessionKeyDurations } from './validate/session-key-durations';
import { sessionKeyOverflow } from './validate/session-key-overflow';
import { sessionKeyScheme } from './validate/session-key-scheme';
import { sessionKeysWithoutKms } from './validate/session-keys-without-kms';
import { sharedStorage } from './validate/shared-storage';
import { sslVerification } from './validate/ssl-verification';

export { CleanNodes } from './clean-nodes';
export { createRuleContext } from './context';
export type { Completeness, Rule, RuleContext } from './rule';

/**
 * Every rule, in the order of Canton's own steps: read, validate, start; then settings without effect, old keys, and
 * advice.
 */
export const rules: readonly Rule[] = [
  unknownKey,
  missingKey,
  wrongType,
  invalidValue,
  nodeName,
  otherRelease,
  crash,
  edition,
  enterpriseOnly,
  noNode,
  schemeDefault,
  schemeFit,
  sessionKeysWithoutKms,
  sessionKeyScheme,
  sessionKeyDurations,
  sessionKeyOverflow,
  sslVerification,
  alphaVersion,
  portNotSet,
  nonStandard,
  orderOfValues,
  bftBlockSize,
  engineExtension,
  authServices,
  adminTokens,
  replication,
  databaseAccess,
  sharedStorage,
  kmsMissing,
  schemeSelection,
  backendScheme,
  memoryStorage,
  awsClient,
  gcpNames,
  driverRefuses,
  unusedKms,
  unusedEncryption,
  memoryIgnoresEncryption,
  unusedSessionKeys,
  droppedKey,
  lonelySwitch,
  ignoredListKey,
  createdByTag,
  sessionKeysPlace,
  oldKey,
  misplacedKms,
  misspelledKey,
  databaseProperty,
  rootKey,
  defaultValue,
  singleQuotes,
  quotedSubstitution,
  secondNode,
  lookalikeNode,
  duplicateNodeName,
  wrapperKeyFormat,
  wrapperKeyRegion,
  sharedWrapperKey,
  reverted,
  pinnedWrapperKey,
  sessionKeyFit,
  plainSecret,
  driverConfig,
  uncheckedTls,
  endpoint,
  numberAsText,
  negativeRetries,
  awsRegion,
  gcpLocation,
  auditLogging,
  directive,
  unusedSuppression,
];

/** The diagnostics of all enabled rules, each once. Suppression comments are applied, and unused ones are reported. */
export function check(context: RuleContext): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const ask = nodeByNode(context);
  let hasFailed = false;
  /** The failure of a rule is reported, and does not affect other rules. */
  const asked = (rule: Rule): readonly Diagnostic[] => {
    try {
      return rule.scope === 'node' ? ask(rule) : rule.check(context);
    } catch (error) {
      hasFailed = true;
      return [internalFault(`The rule '${rule.code}' failed`, error, context.files[0] ?? '')];
    }
  };
  for (const rule of rules) {
    if (context.off.has(rule.code)) continue;
    for (const diagnostic of asked(rule)) {
      const { code, uri, range, message } = diagnostic;
      const id = `${code} ${uri} ${range.start} ${range.end} ${message}`;
      if (!found.has(id)) found.set(id, withWritableFixes(diagnostic, context));
    }
  }
  // A rule that failed may have used suppressions.
  context.remember(hasFailed ? new Set(context.view.nodes) : new Set([...ask.unclean, ...remarked(context.view)]));
  const suppressions = context.files.flatMap((uri) => readSuppressions(uri, textOf(context, uri)));
  if (suppressions.length === 0) return [...found.values()];
  const { kept, used } = applySuppressions([...found.values()], suppressions, context);
  const codes = new Set(rules.map(({ code }) => code));
  const unused = context.off.has(unusedSuppression.code)
    ? []
    : unusedSuppressions(suppressions, used, codes, context.noInline);
  return [...kept, ...unused];
}

/** The rules about what is written, whatever the rest of a node is. */
const OF_ANY_PART: readonly Rule[] = [
  unknownKey,
  wrongType,
  invalidValue,
  crash,
  droppedKey,
  misplacedKms,
  misspelledKey,
  databaseAccess,
  databaseProperty,
  defaultValue,
];

/**
 * The problems of sections that other files make a part of their nodes. These may replace what is wrong, so that a problem is a
 * warning, and bring what is missing.
 */
export function checkMixin(context: RuleContext): Diagnostic[] {
  const own = new Set(context.files);
  const found = new Map<string, Diagnostic>();
  const { view } = context;
  const lacking = { ...context, view: { ...view, failures: view.failures.filter(isMeantToBeThere) } };
  const asked = (rule: Rule) => rule.check(rule === missingKey ? lacking : context);
  for (const rule of [...OF_ANY_PART, missingKey].filter(({ code }) => !context.off.has(code))) {
    for (const diagnostic of asked(rule)) {
      const { code, uri, range, path = [] } = diagnostic;
      const id = `${code} ${uri} ${range.start}`;
      if (!own.has(uri) || found.has(id) || isOfUse(context, diagnostic)) continue;
      const node = path.slice(1, 3).join('.');
      const place = isAnyNode(path[2])
        ? 'This is a part of every node that includes it.'
        : isSection(context, path[1])
          ? `This is a part of 'canton' in the file that includes it.`
          : `This is a part of '${node}' by a substitution in another file.`;
      const message = `${diagnostic.message} ${place}`;
      found.set(id, { ...withWritableFixes(diagnostic, context), severity: 'warning', message });
    }
  }
  const suppressions = context.files.flatMap((uri) => readSuppressions(uri, textOf(context, uri)));
  return [...applySuppressions([...found.values()], suppressions, context).kept];
}

/**
 * True for the name of the place at which another file uses a section, or a name above it: these are written in the other file
 * alone, and reported there.
 */
function isOfUse(context: RuleContext, { code, path = [] }: Diagnostic): boolean {
  const definitions = entryAt(context.config, path)?.definitions;
  const last = definitions?.at(-1);
  if (definitions?.length === 0) return true;
  if (last === undefined || isAnyNode(path[2]) || !OF_NAMES.has(code)) return false;
  const written = textOf(context, last.uri).slice(last.key.start, last.key.end);
  return written.replaceAll('"', '') !== path.at(-1);
}

const OF_NAMES = new Set([unknownKey.code, misspelledKey.code]);

/** True for a section of `canton` that a fragment has as its root key. */
function isSection({ mixinUses }: RuleContext, name: string | undefined): boolean {
  return mixinUses.some(({ from, to }) => to.length === 2 && from.length === 1 && to[1] === name && from[0] === name);
}

/**
 * Nobody but the mixin can bring the keys of a list's element; and where a section without a type has a key that no
 * type reads, this key was meant to be the type, or has it in the wrong section.
 */
function isMeantToBeThere(failure: Failure): boolean {
  if (failure.kind !== 'missing-key') return false;
  if (isInList(failure.path)) return true;
  const { parent, siblings } = failure;
  if (parent.kind !== 'union') return false;
  const options = [...parent.options.values()];
  return [...siblings.entries].some(([key, { value }]) => {
    const isType = value.kind === 'object' && value.entries.has('type');
    return !options.some(({ open, fields }) => (open && !isType) || fields.has(key));
  });
}

/**
 * Nodes with keys that are read differently from how they are written: these would be missed if the node were not read
 * again.
 */
function remarked({ nodes, dropped, suspects, doubtful, oldKeys }: CantonView): readonly NodeView[] {
  const all = [...dropped, ...suspects, ...doubtful.map(({ failure }) => failure), ...oldKeys];
  if (all.length === 0) return [];
  const ids = new Set(all.map(({ path: [, kind, name] }) => `${kind}.${name}`));
  return nodes.filter(({ id }) => ids.has(id));
}

/** The diagnostic without the fixes that would add a fault to a file whose syntax is not `.conf`. */
function withWritableFixes(diagnostic: Diagnostic, { tree }: Pick<RuleContext, 'tree'>): Diagnostic {
  const { fixes = [] } = diagnostic;
  const writable = fixes.filter(({ edits }) =>
    [...new Set(edits.map(({ uri }) => uri))].every((uri) => {
      const file = tree(uri);
      if (file === undefined || file.syntax === 'conf') return true;
      return (
        faultsAfter(
          file,
          edits.filter((edit) => edit.uri === uri),
        ) <= file.problems.length
      );
    }),
  );
  return { ...diagnostic, fixes: writable };
}

/** `canton.participants.p1` for a path below it. */
function nodeAt(path: readonly string[]): string {
  return path.slice(0, 3).join('\0');
}

/** Applies a rule to each node that is not known to be clean. */
function nodeByNode(context: RuleContext) {
  const { view, clean } = context;
  // Rules without a node report the failures of the reader.
  const { failures, dropped, suspects, doubtful, oldKeys } = view;
  const doubts = doubtful.map(({ failure }) => failure);
  const read = new Set([...failures, ...dropped, ...suspects, ...doubts, ...oldKeys].map(({ path }) => nodeAt(path)));
  const unclean = new Set<NodeView>(view.nodes.filter((node) => read.has(nodeAt(node.path))));
  const nodes = view.nodes.filter((node) => !clean.has(node));
  const contexts = nodes.map((node) => ({ node, alone: { ...context, view: { ...view, nodes: [node] } } }));
  const ask = (rule: Rule): Diagnostic[] =>
    contexts.flatMap(({ node, alone }) => {
      const found = rule.check(alone);
      if (found.length > 0) unclean.add(node);
      return found;
    });
  return Object.assign(ask, { unclean });
}

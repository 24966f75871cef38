import type { CantonVersion, Edition } from '../../../schemas/version';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import type { Environment, Sources } from '../../../server/src/hocon/source';
import { parse } from '../../../server/src/hocon/syntax/parse';
import type { Diagnostic } from '../../../server/src/model/diagnostic';
import { check, createRuleContext, type RuleContext } from '../../../server/src/rules';
import type { RuleInput } from '../../../server/src/rules/context';

export const URI = 'file:///node.conf';

export interface CheckOptions extends Partial<Omit<RuleInput, 'config' | 'tree'>> {
  readonly environment?: Environment;
  /** Other parts of the launch may set more, as those of a container. */
  readonly isPart?: boolean;
}

/** The same each time, as those of a project that has not changed. */
const NO_SCHEMAS: ReadonlyMap<string, unknown> = new Map();

/** The files of a launch set by URI, merged in this order. */
export function contextOf(texts: ReadonlyMap<string, string>, options: CheckOptions = {}): RuleContext {
  const trees = new Map([...texts].map(([uri, text]) => [uri, parse(uri, text)]));
  const sources: Sources = { get: (uri) => trees.get(uri), lookedFor: new Set(trees.keys()) };
  const roots = [...texts.keys()].map((uri) => ({ uri }));
  const environment = options.environment ?? { variables: new Map(), closed: false };
  const { root, dependencies } = evaluate(roots, sources, environment, { isPart: options.isPart ?? false });
  const version: CantonVersion = options.version ?? '3.5';
  const edition: Edition = options.edition ?? 'enterprise';
  return createRuleContext({
    files: [...texts.keys()],
    isWhole: false,
    hasWholeEnvironment: false,
    driverSchemas: NO_SCHEMAS,
    ...options,
    config: root,
    dependencies,
    version,
    edition,
    tree: (uri) => trees.get(uri),
  });
}

export function checkText(text: string, options: CheckOptions = {}): Diagnostic[] {
  return check(contextOf(new Map([[URI, text]]), options));
}

/** `read/missing-key@crypto.kms.region` of every error (or of everything), for short assertions. */
export function codes(diagnostics: readonly Diagnostic[], severity?: Diagnostic['severity']): string[] {
  return diagnostics
    .filter((diagnostic) => severity === undefined || diagnostic.severity === severity)
    .map(({ code }) => code);
}

/** The text of one fix applied to the text of the only file. */
export function applied(text: string, diagnostic: Diagnostic | undefined, title: RegExp): string {
  const fix = diagnostic?.fixes?.find((candidate) => title.test(candidate.title));
  if (fix === undefined) throw new Error(`no fix ${title} among ${diagnostic?.fixes?.map((one) => one.title)}`);
  return [...fix.edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
}

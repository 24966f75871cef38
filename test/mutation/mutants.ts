import { SourceMap } from 'node:module';
import { type Node, parse } from 'acorn';
import { simple } from 'acorn-walk';
import { transformSync } from 'esbuild';

/** One small change of one file that a test should notice. */
export interface Mutant extends Change {
  /** Line in the TypeScript source, from 1. */
  readonly line: number;
  /** The text that is changed; of the JavaScript, which has no types. */
  readonly before: string;
}

/** The part of the JavaScript between two offsets, and what it becomes. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly after: string;
  readonly kind: 'expression' | 'statement';
}

type Fields<T> = Node & T;
type Operation = Fields<{ left: Node; right: Node; operator: string }>;
type Member = Fields<{ object?: Node; property?: Node & { name?: string } }>;
type Choice = Fields<{ test: Node | null }>;

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['+'],
  '&&': ['||'],
  '||': ['&&'],
};
const METHODS: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);

/** The JavaScript of a TypeScript file. */
export function compiled(source: string): { readonly code: string; readonly map: string } {
  return transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    logLevel: 'error',
  });
}

/** All mutants of a TypeScript file: comparisons, conditions, numbers, truth values, results and calls. */
export function mutantsOf(source: string): Mutant[] {
  const { code, map } = compiled(source);
  const places = new SourceMap(JSON.parse(map));
  const lineAt = (offset: number) => {
    const lines = code.slice(0, offset).split('\n');
    return (places.findEntry(lines.length - 1, lines.at(-1)?.length ?? 0) as { originalLine?: number }).originalLine;
  };
  return changesIn(code).flatMap((change) => {
    const line = lineAt(change.start);
    return line === undefined ? [] : [{ ...change, line: line + 1, before: code.slice(change.start, change.end) }];
  });
}

/**
 * The JavaScript with changes that are made while it runs: where `globalThis.isMutated` is true of the number of one.
 * @param mutants of this file, with their numbers
 */
export function switchable(source: string, mutants: readonly (readonly [Mutant, number])[]): string {
  const { code } = compiled(source);
  // What encloses another one comes before it.
  const sorted = [...mutants].sort(([a], [b]) => a.start - b.start || b.end - a.end);
  return rendered(0, code.length, sorted);

  function rendered(start: number, end: number, inside: typeof sorted): string {
    let text = '';
    let at = start;
    for (let index = 0; index < inside.length; ) {
      const [mutant, number] = inside[index] as (typeof sorted)[number];
      let next = index + 1;
      while (next < inside.length && (inside[next]?.[0].start ?? 0) < mutant.end) next++;
      const original = rendered(mutant.start, mutant.end, inside.slice(index + 1, next));
      text += code.slice(at, mutant.start) + either(mutant, `globalThis.isMutated(${number})`, original);
      at = mutant.end;
      index = next;
    }
    return text + code.slice(at, end);
  }
}

function either({ kind, after }: Mutant, condition: string, original: string): string {
  return kind === 'expression'
    ? `(${condition} ? (${after}) : (${original}))`
    : `{ if (${condition}) { ${after} } else { ${original} } }`;
}

function changesIn(code: string): Change[] {
  const changes: Change[] = [];
  const text = ({ start, end }: Node) => code.slice(start, end);
  const replace = ({ start, end }: Node, after: string, kind: Change['kind'] = 'expression') =>
    changes.push({ start, end, after, kind });
  const operation = (node: Node) => {
    const { left, right, operator } = node as Operation;
    for (const other of OPERATORS[operator] ?? []) replace(node, `((${text(left)}) ${other} (${text(right)}))`);
    if (operator === '??') replace(node, text(left));
  };
  const condition = (node: Node) => {
    const { test } = node as Choice;
    if (test !== null) replace(test, `!(${text(test)})`);
  };
  const isExport = (node: Node) => /^(?:__|module\.exports)/.test(text(node));
  simple(parse(code, { ecmaVersion: 2023, sourceType: 'commonjs' }), {
    BinaryExpression: operation,
    LogicalExpression: operation,
    IfStatement: condition,
    ConditionalExpression: condition,
    Literal(node) {
      const { value } = node as Fields<{ value: unknown }>;
      // esbuild calls what is imported as `(0, module.name)()`, and writes `void 0` for `undefined`.
      if (code.startsWith(', import_', node.end) || code.endsWith('void ', node.start)) return;
      if (typeof value === 'number') replace(node, String(value + 1));
      if (typeof value === 'boolean') replace(node, String(!value));
    },
    ReturnStatement(node) {
      const { argument } = node as Fields<{ argument: Node | null }>;
      if (argument === null || /^(?:undefined|void 0|false|to)\b/.test(text(argument))) return;
      replace(node, 'return undefined;', 'statement');
    },
    ExpressionStatement(node) {
      const { expression } = node as Fields<{ expression: Node }>;
      if (/^(?:Call|Await|Assignment|Update)/.test(expression.type) && !isExport(node)) replace(node, ';', 'statement');
    },
    CallExpression(node) {
      const { object, property } = (node as Fields<{ callee: Member }>).callee;
      const other = METHODS.get(property?.name ?? '');
      // What follows in an optional chain belongs to it.
      if (object === undefined || property === undefined || other === undefined || text(node).includes('?.')) return;
      replace(node, code.slice(node.start, property.start) + other + code.slice(property.end, node.end));
    },
  });
  const enums = [...code.matchAll(ENUM_MEMBER)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  return changes.filter(
    ({ start, end }) =>
      !inHelpers(code, start, end) && !enums.some((member) => member.start <= start && end <= member.end),
  );
}

/** Its number means nothing but itself, and nobody asks for its name. */
const ENUM_MEMBER = /\b(\w+)\[\1\["\w+"\] = \d+\] = "\w+";/g;

/** esbuild's own functions for exports come before the first line of ours, and the list of exports after the last. */
function inHelpers(code: string, start: number, end: number): boolean {
  const ours = code.indexOf('module.exports = __toCommonJS');
  const list = code.lastIndexOf('// Annotate the CommonJS export names');
  return start < ours + 1 || (list >= 0 && end > list);
}

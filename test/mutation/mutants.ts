import { SourceMap } from 'node:module';
import { type Node, parse } from 'acorn';
import { simple } from 'acorn-walk';
import { transformSync } from 'esbuild';

/** One small change of one file that a test should notice. */
export interface Mutant {
  /** Line in the TypeScript source, from 1. */
  readonly line: number;
  /** The text that is changed, and what it becomes; of the JavaScript, which has no types. */
  readonly before: string;
  readonly after: string;
  /** The whole file, changed. */
  readonly code: string;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly after: string;
}

type Fields<T> = Node & T;
type Operation = Fields<{ left: Node; right: Node; operator: string }>;
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
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some' };

/** All mutants of a TypeScript file: comparisons, conditions, numbers, truth values, results and calls. */
export function mutantsOf(source: string): Mutant[] {
  const { code, map } = transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'external' });
  const places = new SourceMap(JSON.parse(map));
  const lineAt = (offset: number) => {
    const lines = code.slice(0, offset).split('\n');
    return (places.findEntry(lines.length - 1, lines.at(-1)?.length ?? 0) as { originalLine?: number }).originalLine;
  };
  return changesIn(code).flatMap(({ start, end, after }) => {
    const line = lineAt(start);
    if (line === undefined) return [];
    const before = code.slice(start, end);
    return [{ line: line + 1, before, after, code: code.slice(0, start) + after + code.slice(end) }];
  });
}

function changesIn(code: string): Change[] {
  const changes: Change[] = [];
  const text = ({ start, end }: Node) => code.slice(start, end);
  const replace = ({ start, end }: Node, after: string) => changes.push({ start, end, after });
  const operation = (node: Node) => {
    const { left, right, operator } = node as Operation;
    for (const other of OPERATORS[operator] ?? []) replace(node, `(${text(left)} ${other} ${text(right)})`);
    if (operator === '??') replace(node, `(${text(left)})`);
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
      // esbuild calls what is imported as `(0, module.name)()`.
      if (code.startsWith(', import_', node.end)) return;
      if (typeof value === 'number') replace(node, String(value + 1));
      if (typeof value === 'boolean') replace(node, String(!value));
    },
    ReturnStatement(node) {
      const { argument } = node as Fields<{ argument: Node | null }>;
      if (argument !== null && !/^(?:undefined|void 0|to)\b/.test(text(argument))) replace(node, 'return undefined;');
    },
    ExpressionStatement(node) {
      const { expression } = node as Fields<{ expression: Node }>;
      if (/^(?:Call|Await|Assignment|Update)/.test(expression.type) && !isExport(node)) replace(node, ';');
    },
    MemberExpression(node) {
      const { property } = node as Fields<{ property: Node & { name?: string } }>;
      const other = METHODS[property.name ?? ''];
      if (other !== undefined) replace(property, other);
    },
  });
  return changes.filter(({ start, end }) => !inHelpers(code, start, end));
}

/** esbuild's own functions for exports come before the first line of ours, and the list of exports after the last. */
function inHelpers(code: string, start: number, end: number): boolean {
  const ours = code.indexOf('module.exports = __toCommonJS');
  const list = code.lastIndexOf('// Annotate the CommonJS export names');
  return start < ours + 1 || (list >= 0 && end > list);
}

import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import type { Problem } from '../../../server/src/hocon/problem';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { childrenOf, type Syntax, type SyntaxNode, type SyntaxTree } from '../../../server/src/hocon/syntax/syntax';
import { tokensOf } from '../../../server/src/hocon/syntax/token';
import { type ConfigValue, toJson } from '../../../server/src/hocon/values/config-value';
import type { TextRange } from '../../../server/src/text/location';

const ENVIRONMENTS = [
  { variables: new Map([['HOST', 'localhost']]), closed: true },
  { variables: new Map<string, string>(), closed: false },
];

class Broken extends Error {}

/**
 * Reads a text in every way and checks the results.
 * @returns what is wrong, undefined if all is well
 */
export function findBrokenInvariant(text: string, syntax: Syntax): string | undefined {
  try {
    const tree = parse(`file:///fuzz.${syntax}`, text, syntax);
    checkTokens(tree);
    checkNodes(tree);
    checkProblems(tree.problems, text);
    for (const environment of ENVIRONMENTS) checkEvaluation(tree, environment);
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new Broken(message);
}

function checkTokens(tree: SyntaxTree): void {
  let end = 0;
  let joined = '';
  for (const token of tokensOf(tree)) {
    expect(token.start === end, `a token begins at ${token.start}, the one before it ends at ${end}`);
    joined += tree.text.slice(token.start, token.end);
    end = token.end;
  }
  expect(joined === tree.text, 'the tokens joined are not the text');
}

function checkNodes(tree: SyntaxTree): void {
  checkRange(tree.root, tree.text, 'the document');
  const open: SyntaxNode[] = [tree.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    let end = node.start;
    for (const child of childrenOf(node)) {
      const name = `a ${child.kind} at ${child.start}-${child.end}`;
      expect(child.start <= child.end, `${name} ends before it begins`);
      expect(
        child.start >= end && child.end <= node.end,
        `${name} is not inside its ${node.kind} or meets its neighbor`,
      );
      expect(child.parent === node, `${name} has another parent`);
      end = child.end;
      open.push(child);
    }
  }
}

function checkProblems(problems: readonly Problem[], text: string): void {
  for (const problem of problems) {
    checkRange(problem.range, text, `the range of "${problem.message}"`);
    expect(problem.line === undefined || problem.line >= 1, `"${problem.message}" is on line ${problem.line}`);
    expect(!problem.message.includes('undefined'), `"${problem.message}" says "undefined"`);
  }
}

function checkRange({ start, end }: TextRange, text: string, name: string): void {
  expect(start >= 0 && start <= end && end <= text.length, `${name}, ${start}-${end}, is not inside the text`);
}

function checkEvaluation(tree: SyntaxTree, environment: (typeof ENVIRONMENTS)[number]): void {
  const sources = { get: (uri: string) => (uri === tree.uri ? tree : undefined), lookedFor: new Set([tree.uri]) };
  const { root, problems } = evaluate([{ uri: tree.uri }], sources, environment);
  checkProblems(problems, tree.text);
  checkOrigins(root, tree.text);
  toJson(root);
  const said = problems.some(({ severity }) => severity === 'error');
  const refused = tree.problems.some(({ severity }) => severity === 'error');
  expect(said || !refused, 'a file with an error evaluates without one');
}

function checkOrigins(root: ConfigValue, text: string): void {
  const open: ConfigValue[] = [root];
  const seen = new Set<ConfigValue>();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    checkRange(value.origin.range, text, `the origin of a ${value.kind}`);
    if (value.kind === 'list') open.push(...value.elements);
    if (value.kind !== 'object') continue;
    for (const [key, entry] of value.entries) {
      for (const definition of entry.definitions) {
        checkRange(definition.key, text, `the key of "${key}"`);
        checkRange(definition.value, text, `the value of "${key}"`);
      }
      open.push(entry.value);
    }
  }
}

import type { SemanticTokens } from 'vscode-languageserver';
import type { Field, FieldMeta, FieldModel } from '../../../../schemas/model';
import { compareVersions } from '../../../../schemas/version';
import {
  childrenOf,
  type IncludeNode,
  type PathElement,
  type ScalarNode,
  type SyntaxNode,
} from '../../hocon/syntax/syntax';
import type { KeyPath } from '../../hocon/values/config-value';
import type { TextRange } from '../../text/location';
import { rangeOf } from '../../text/positions';
import { type DocumentView, fieldOf } from '../shared/document-view';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../shared/lsp-kinds';

type TokenType = (typeof TOKEN_TYPES)[number];
type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** The grammar colors everything else; editors would not draw more tokens in time. */
export const MAX_TOKENS = 50_000;

/** No key of Canton is nested as deep as this. */
const MAX_DEPTH = 64;

/** A node with the path and model of the value that it is part of. */
interface Visit {
  readonly node: SyntaxNode;
  /** The effective path of the object, or of the field with the value; undefined in lists. */
  readonly path: KeyPath | undefined;
  /** The model with which Canton reads the value. */
  readonly model: FieldModel | undefined;
}

/**
 * The tokens that the grammar cannot distinguish: keys that Canton knows, names that the user chose, enumerated values,
 * deprecated keys.
 * @param range limits the tokens to a range
 */
export function semanticTokens(view: DocumentView, range?: TextRange): SemanticTokens {
  const { tree, index } = view;
  const { start, end } = range ?? { start: 0, end: tree.text.length };
  const tokens = new TokenWriter(view);
  const root = tree.root.value;
  const stack: Visit[] = [{ node: root, path: index.pathOf(tree, root), model: undefined }];
  for (let visit = stack.pop(); visit !== undefined && tokens.count < MAX_TOKENS; visit = stack.pop()) {
    const { node } = visit;
    if (node.end < start || node.start > end) continue;
    if (node.kind === 'include') writeInclude(tokens, tree.text, node);
    else if (node.kind === 'scalar') writeScalar(tokens, node, visit.model);
    else if (node.kind === 'substitution') for (const element of node.path.elements) tokens.write(element, 'variable');
    else if (node.kind === 'field') {
      const { path, field } = writeKey(tokens, view, node.path.elements, visit.path);
      if (node.value !== undefined) stack.push({ node: node.value, path, model: field?.model });
    } else {
      const { model } = visit;
      const inner =
        node.kind === 'array'
          ? { path: undefined, model: model?.kind === 'list' ? model.element : undefined }
          : { path: visit.path, model };
      const children = childrenOf(node);
      for (let i = children.length - 1; i >= 0; i--) stack.push({ node: children[i] as SyntaxNode, ...inner });
    }
  }
  return { data: tokens.data };
}

function writeKey(
  tokens: TokenWriter,
  view: DocumentView,
  elements: readonly PathElement[],
  outer: KeyPath | undefined,
): { readonly path: KeyPath | undefined; readonly field: Field | undefined } {
  let path = outer;
  let field: Field | undefined;
  for (const element of elements) {
    const isShallow = path === undefined || path.length < MAX_DEPTH;
    const known = isShallow ? view.index.at(view.tree.uri, element.start)?.path : undefined;
    path = known ?? (path && isShallow ? [...path, element.name] : undefined);
    field = path && fieldOf(view, path);
    // The names of nodes and other map entries have no source of their own.
    const named = field !== undefined && field.meta.source === '';
    const isKnown = (field !== undefined && !named) || (path?.length === 1 && path[0] === 'canton');
    const modifiers: TokenModifier[] = isKnown ? ['defaultLibrary'] : [];
    if (path !== undefined && isDeprecated(view, path, field)) modifiers.push('deprecated');
    tokens.write(element, named ? 'namespace' : 'property', modifiers);
  }
  return { path, field };
}

/** True for a deprecated key, whether Canton still reads it or not. */
function isDeprecated(view: DocumentView, path: KeyPath, field: Field | undefined): boolean {
  if (path[0] !== 'canton') return false;
  const { deprecated } = field?.meta ?? formerKey(view, path) ?? {};
  return deprecated !== undefined && compareVersions(view.version, deprecated.since) >= 0;
}

function formerKey(view: DocumentView, path: KeyPath): FieldMeta | undefined {
  const parent = path.length === 2 ? view.model : fieldOf(view, path.slice(0, -1))?.model;
  return parent?.kind === 'object' ? parent.foreign.get(path.at(-1) ?? '') : undefined;
}

function writeScalar(tokens: TokenWriter, node: ScalarNode, model: FieldModel | undefined): void {
  if (model?.kind === 'enum' && model.values.has(node.value)) tokens.write(node, 'enumMember', ['defaultLibrary']);
}

function writeInclude(tokens: TokenWriter, text: string, { start, targetRange }: IncludeNode): void {
  const keyword = 'include';
  if (text.startsWith(keyword, start)) tokens.write({ start, end: start + keyword.length }, 'keyword');
  if (targetRange !== undefined) tokens.write(targetRange, 'string');
}

/** Writes each token as five numbers, with its position relative to the token before. */
class TokenWriter {
  readonly data: number[] = [];
  private line = 0;
  private character = 0;

  constructor(private readonly view: DocumentView) {}

  get count(): number {
    return this.data.length / 5;
  }

  write({ start, end }: TextRange, type: TokenType, modifiers: readonly TokenModifier[] = []): void {
    const { start: from, end: to } = rangeOf(this.view.lines, { start, end });
    // A token cannot span lines.
    if (to.line !== from.line || to.character === from.character) return;
    const character = from.line === this.line ? from.character - this.character : from.character;
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
    this.data.push(from.line - this.line, character, to.character - from.character, TOKEN_TYPES.indexOf(type), bits);
    this.line = from.line;
    this.character = from.character;
  }
}

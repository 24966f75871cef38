import type { EntryNode, FieldNode, ObjectNode, SyntaxTree, ValueNode } from '../hocon/syntax/syntax';
import type { Style } from './hocon-text';
import { isFirstOnLine, lineIndent } from './lines';

/** How the entries around a place are written, or else those of the file, or else as most people write. */
export function styleNear(tree: SyntaxTree, object: ObjectNode): Style {
  const json = tree.syntax === 'json';
  const fields = [...fieldsOf(object), ...fieldsIn(tree)];
  return {
    eol: /\r?\n/.exec(tree.text)?.[0] ?? '\n',
    indent: indentUnit(tree),
    separator: firstOf(fields, (field) => between(tree, field, isScalar)) ?? (json ? ': ' : ' = '),
    beforeBrace: json ? ': ' : (firstOf(fields, (field) => between(tree, field, isBraced)) ?? ' '),
    json,
  };
}

/** What stands between key and value, where both are on one line. */
function between(tree: SyntaxTree, field: FieldNode, fits: (value: ValueNode) => boolean): string | undefined {
  if (field.value === undefined || field.separator === '+=' || !fits(field.value)) return undefined;
  const text = tree.text.slice(field.path.end, field.value.start);
  return /^ ?[=:]? ?$/.test(text) ? text : undefined;
}

function isScalar(value: ValueNode): boolean {
  return value.kind === 'scalar';
}

function isBraced(value: ValueNode): boolean {
  return value.kind === 'object';
}

function indentUnit(tree: SyntaxTree): string {
  const unit = firstOf(fieldsIn(tree), (field) => {
    if (field.value?.kind !== 'object') return undefined;
    const inner = field.value.entries.find((entry) => isFirstOnLine(tree.text, entry.start));
    if (inner === undefined) return undefined;
    const own = lineIndent(tree.text, field.start);
    const deeper = lineIndent(tree.text, inner.start);
    return deeper.startsWith(own) && deeper.length > own.length ? deeper.slice(own.length) : undefined;
  });
  return unit ?? '  ';
}

function firstOf<T>(fields: Iterable<FieldNode>, read: (field: FieldNode) => T | undefined): T | undefined {
  for (const field of fields) {
    const found = read(field);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fieldsOf(object: ObjectNode): FieldNode[] {
  return object.entries.filter((entry: EntryNode) => entry.kind === 'field');
}

/** A style shows in the first few hundred fields or not at all. */
const ENOUGH_FIELDS = 500;

/** The fields of the file, outer ones first. */
function fieldsIn(tree: SyntaxTree): FieldNode[] {
  const root = tree.root.value;
  const found = root.kind === 'object' ? fieldsOf(root) : [];
  for (let i = 0; i < found.length && found.length < ENOUGH_FIELDS; i++) {
    const value = found[i]?.value;
    if (value?.kind === 'object') found.push(...fieldsOf(value));
  }
  return found;
}

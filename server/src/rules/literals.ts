import type { ConfigEntry, ConfigString, ConfigValue, KeyPath } from '../hocon/values/config-value';
import { locationOfEntry } from '../model/binding/locations';
import type { Fix } from '../model/diagnostic';
import { textOf, type ValueLocation } from './report';
import type { RuleContext } from './rule';

/** A text of the configuration as it is written, including quotes. */
export interface Literal {
  readonly value: ConfigString;
  readonly source: string;
  readonly path: KeyPath;
  readonly location: ValueLocation;
  /** Offers a replacement for it. */
  fix(title: string, newText: string): readonly Fix[];
}

/**
 * The texts below `canton` that match `pattern` as they are written. The files are searched first, so that this is
 * cheap if there are none.
 */
export function literalsLike(context: RuleContext, pattern: RegExp): readonly Literal[] {
  const canton = context.config.entries.get('canton');
  const isWritten = context.files.some((uri) => pattern.test(textOf(context, uri)));
  if (canton === undefined || !isWritten) return [];
  const found: Literal[] = [];
  const open: { readonly value: ConfigValue; readonly entry: ConfigEntry; readonly path: KeyPath }[] = [
    { value: canton.value, entry: canton, path: ['canton'] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, entry, path } = next;
    if (value.kind === 'object') {
      for (const [name, inner] of value.entries) open.push({ value: inner.value, entry: inner, path: [...path, name] });
    } else if (value.kind === 'list') {
      value.elements.forEach((element, i) => {
        open.push({ value: element, entry, path: [...path, String(i)] });
      });
    } else if (value.kind === 'string') {
      const { uri, range } = value.origin;
      const source = textOf(context, uri).slice(range.start, range.end);
      if (!pattern.test(source)) continue;
      const { location, origin } = locationOfEntry(entry);
      const fix = (title: string, newText: string) => [{ title, preferred: true, edits: [{ uri, range, newText }] }];
      found.push({ value, source, path, location: origin === undefined ? location : { ...location, origin }, fix });
    }
  }
  return found;
}

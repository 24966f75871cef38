import type { Unknown } from '../values/config-value';
import { isContainer, type ObjectValue, type Value } from './deferred-value';
import type { EvaluateOptions } from './evaluate';

/**
 * What an unread file may add to an object, it may add to the objects inside, too. The rest of a launch adds nothing to
 * those that are whole.
 */
export function spreadUnknowns(root: ObjectValue, isWhole: EvaluateOptions['isWhole'] = () => false): void {
  const seen = new Set<Value>();
  const open: { value: Value; inherited: readonly Unknown[] }[] = [{ value: root, inherited: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, inherited } = next;
    if (value.kind === 'list' && !seen.has(value)) {
      seen.add(value);
      for (const item of value.items) if (isContainer(item)) open.push({ value: item, inherited: [] });
    }
    if (value.kind !== 'object') continue;
    const fresh = inherited.filter((unknown) => !value.unknowns.includes(unknown));
    if (seen.has(value) && fresh.length === 0) continue;
    seen.add(value);
    if (fresh.length > 0) value.unknowns = [...value.unknowns, ...fresh];
    const passedOn = value.unknowns.filter(({ cause }) => cause !== 'problem');
    for (const [key, { value: inner }] of value.open) {
      if (!isContainer(inner)) continue;
      const isClosed = inner.kind === 'object' && isWhole(key, inner);
      open.push({ value: inner, inherited: isClosed ? passedOn.filter(({ cause }) => cause !== 'rest') : passedOn });
    }
  }
}

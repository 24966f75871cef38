import type { ConfigEntry, Definition } from '../../../hocon/values/config-value';
import { contains } from '../../../text/positions';
import type { DocumentView } from '../../shared/document-view';
import type { KeyPlace } from '../../shared/place';
import type { SkeletonStyle } from './skeleton';
import type { WrittenKey } from './written-keys';

/** Everything that the items of one place have in common. */
export interface KeysAt {
  readonly view: DocumentView;
  readonly place: KeyPlace;
  readonly offset: number;
  readonly as: SkeletonStyle;
  /** What the document has in this object already. */
  readonly written: ReadonlyMap<string, WrittenKey>;
}

/** The last definition besides the one being typed. */
export function elsewhere(
  { view, offset }: Pick<KeysAt, 'view' | 'offset'>,
  entry: ConfigEntry | undefined,
): Definition | undefined {
  return entry?.definitions.findLast(({ uri, key }) => uri !== view.tree.uri || !contains(key, offset));
}

export function textAt(entry: ConfigEntry | undefined): string | undefined {
  return entry?.value.kind === 'string' ? entry.value.value : undefined;
}

import type { TextRange } from '../text/location';
import type { MappedText } from '../text/mapped-text';
import type { PositionMap } from '../text/position-map';
import type { AddVariable } from './new-variable';
import type { HostEdit, Notation } from './notation';

/**
 * - `yaml-block`: HOCON in a scalar of a YAML file
 * - `yaml-splice-kms`: the `kms:` map of the Splice participant chart, read as the HOCON that the chart makes of it
 * - `code-block`: a block of code in a text for people
 * - `shell-heredoc`: a here-document of a shell script
 * - `shell-variable`: a variable of a container that a shell script sets, as an option of `docker run`
 * - `env-variable`: the same in an env file
 * - `template`: a file that a template engine makes a configuration of
 */
export type RegionKind =
  | 'yaml-block'
  | 'yaml-splice-kms'
  | 'code-block'
  | 'shell-heredoc'
  | 'shell-variable'
  | 'env-variable'
  | 'template';

/** HOCON inside another file. */
export interface EmbeddedRegion {
  readonly kind: RegionKind;
  /**
   * The name of the place for users: the environment variable, the YAML key or the language of the fence. It may be
   * empty.
   */
  readonly label: string;
  /** Regions of a document with the same value are launched together, in the order of their `rank`. */
  readonly group: number;
  /** Compared as text; if equal, the place in the document decides. */
  readonly rank: string;
  /** The HOCON text, with `\n` as its line end. Expressions of a template language are written as unknown values. */
  readonly text: string;
  readonly map: PositionMap;
  /** The name of the container image in which the region is launched; undefined if it is not known. */
  readonly image?: string | undefined;
  /** The values of a `kms:` map in the host document, which the chart writes without the quotes of YAML; in order. */
  readonly scalars?: readonly TextRange[] | undefined;
  /** Undefined if the region is in no variable of a container. */
  readonly addVariable?: AddVariable | undefined;
  /**
   * The edit of the host document that replaces `range` of the region's text by `newText`; undefined if the host cannot
   * express it (text that is not written there, or a line end in a plain scalar).
   */
  toHostEdit(range: TextRange, newText: string): HostEdit | undefined;
}

/** The properties of a region other than its text. */
export interface RegionHead extends Pick<EmbeddedRegion, 'kind' | 'label'> {
  /**
   * The start of the element that contains all regions of one launch set; without it, the region is a separate launch
   * set.
   */
  readonly group?: number;
  readonly rank?: string;
  readonly image?: string | undefined;
  readonly addVariable?: AddVariable | undefined;
}

export function createRegion(head: RegionHead, { text, map }: MappedText, notation: Notation): EmbeddedRegion {
  return {
    ...head,
    group: head.group ?? map.host.start,
    rank: head.rank ?? head.label,
    text,
    map,
    toHostEdit: (range, newText) =>
      map.isEditable(range)
        ? notation({ range: { start: map.toHost(range.start), end: map.toHost(range.end) }, newText })
        : undefined,
  };
}

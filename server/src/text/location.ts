/** A half-open range of UTF-16 offsets in one document. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The last part of a URI as a person reads it; unchanged if it cannot be decoded. A region has the name of its
 * enclosing document; its URI ends with a mark and a number.
 */
export function fileName(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf('/') + 1).replace(/%00\d+$/, ''));
}

/** A decoded part of a URI; unchanged if its escapes are not valid text. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A range in the document that `uri` names. */
export interface Location {
  readonly uri: string;
  readonly range: TextRange;
}

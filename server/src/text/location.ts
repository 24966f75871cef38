/** A half-open range of UTF-16 offsets in one document. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The last part of a URI as a person reads it; as it is written where it does not decode. A region has the name of the
 * document around it, whose URI has a mark and a number behind it.
 */
export function fileName(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf('/') + 1).replace(/%00\d+$/, ''));
}

/** A part of a URI without its escapes; as it is where they make no text. */
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

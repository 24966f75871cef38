/** A half-open range of UTF-16 offsets in one document. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A range in the document that `uri` names. */
export interface Location {
  readonly uri: string;
  readonly range: TextRange;
}

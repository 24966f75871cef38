/** Megabytes: room for all that an edit of a large file makes, so that most of it is gone before it is ever copied. */
export const YOUNG_GENERATION = '--max-semi-space-size=64';

/**
 * In megabytes: enough for the allocations of an edit in a large file, so that most of them are freed before they are
 * copied.
 */
export const YOUNG_GENERATION = '--max-semi-space-size=32';

import { changeKmsType } from './change-kms-type';
import { overrideByEnvironment } from './environment';
import { extractToFile, extractToKey } from './extract';
import { inlineInclude, inlineReference } from './inline';
import { flatten, nest } from './nesting';
import type { Refactor } from './refactoring';

export type { Refactoring, Site } from './refactoring';

/** All refactorings, in the order in which editors list them. */
export const refactors: readonly Refactor[] = [
  extractToKey,
  extractToFile,
  inlineReference,
  inlineInclude,
  nest,
  flatten,
  overrideByEnvironment,
  changeKmsType,
];

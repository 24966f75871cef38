import { changeProvider } from './change-provider';
import { overrideByEnvironment } from './environment';
import { extractToFile } from './extract-to-file';
import { extractToKey } from './extract-to-key';
import { flatten } from './flatten';
import { inlineInclude } from './inline-include';
import { inlineReference } from './inline-reference';
import { nest } from './nest';
import type { Refactor } from './refactoring';

export type { Refactoring, Site } from './refactoring';

/** In the order in which editors list them. */
export const refactors: readonly Refactor[] = [
  extractToKey,
  extractToFile,
  inlineReference,
  inlineInclude,
  nest,
  flatten,
  overrideByEnvironment,
  changeProvider,
];

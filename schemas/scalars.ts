import * as z from 'zod';
import { LEAF_TYPES } from './leaf-types';
import { scalar } from './registry';

/** The types of single values as zod schemas. */
export const text = scalar(z.string(), LEAF_TYPES.text);
export const flag = scalar(z.boolean(), LEAF_TYPES.flag);
export const int32 = scalar(z.int(), LEAF_TYPES.int32);
export const raw = scalar(z.unknown(), LEAF_TYPES.raw);
export const positiveInt = scalar(z.int().positive(), LEAF_TYPES.positiveInt);
export const positiveLong = scalar(z.int().positive(), LEAF_TYPES.positiveLong);
export const string300 = scalar(z.string().min(1).max(300), LEAF_TYPES.string300);
export const positiveFinite = scalar(z.string(), LEAF_TYPES.positiveFinite);
export const nonNegativeFinite = scalar(z.string(), LEAF_TYPES.nonNegativeFinite);
export const nonNegative = scalar(z.string(), LEAF_TYPES.nonNegative);
export const positiveSeconds = scalar(z.string(), LEAF_TYPES.positiveSeconds);

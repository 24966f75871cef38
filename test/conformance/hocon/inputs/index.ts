import type { Theme } from '../case';
import { comments } from './comments';
import { concatenations } from './concatenations';
import { delayedMerges } from './delayed-merges';
import { environment } from './environment';
import { includeForms } from './include-forms';
import { includes } from './includes';
import { json } from './json';
import { keys } from './keys';
import { launchSets } from './launch-sets';
import { nullsAndDuplicates } from './nulls-and-duplicates';
import { numbers } from './numbers';
import { numericObjects } from './numeric-objects';
import { properties } from './properties';
import { reserved } from './reserved';
import { root } from './root';
import { appends, selfReferences } from './self-references';
import { separators } from './separators';
import { strings } from './strings';
import { substitutions } from './substitutions';
import { whitespace } from './whitespace';

/** The handwritten inputs, by subject. */
export const THEMES: readonly Theme[] = [
  { name: 'appends', inputs: appends },
  { name: 'comments', inputs: comments },
  { name: 'concatenations', inputs: concatenations },
  { name: 'delayed-merges', inputs: delayedMerges },
  { name: 'environment', inputs: environment },
  { name: 'include-forms', inputs: includeForms },
  { name: 'includes', inputs: includes },
  { name: 'json', inputs: json },
  { name: 'keys', inputs: keys },
  { name: 'launch-sets', inputs: launchSets },
  { name: 'nulls-and-duplicates', inputs: nullsAndDuplicates },
  { name: 'numbers', inputs: numbers },
  { name: 'numeric-objects', inputs: numericObjects },
  { name: 'properties', inputs: properties },
  { name: 'reserved', inputs: reserved },
  { name: 'root', inputs: root },
  { name: 'self-references', inputs: selfReferences },
  { name: 'separators', inputs: separators },
  { name: 'strings', inputs: strings },
  { name: 'substitutions', inputs: substitutions },
  { name: 'whitespace', inputs: whitespace },
];

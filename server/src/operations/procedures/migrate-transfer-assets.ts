import { CANTON_VERSIONS } from '../../../../schemas/version';
import { type Facts, is2x, isAtLeast, option } from '../facts';
import type { Answers, Outcome, Procedure } from '../procedure';
import { type Choice, pick, type Question } from '../question';
import { delegateNamespace } from '../shared/delegate-namespace';
import { editionReasons } from '../shared/envelope';
import { migrate2x } from '../shared/migrate-2x';
import { externalCrypto, newNode } from '../shared/new-node';
import { type KmsSettings, kmsSettings, PROVIDERS, providerQuestions } from '../shared/provider';
import { replicateParties } from '../shared/replicate-parties';

const WAY = 'way';
const ANSWERS: Answers = {
  [WAY]: '`parties` or, from 3.4 on, `delegation`; in 2.10 `same-namespace` or `new-namespace`',
};
/** The old keys are in a KMS, and the new ones are to be in none. */
const NO_KMS = 'none';

const WAYS_3X: readonly Choice[] = [
  {
    value: 'parties',
    label: 'Party by party',
    detail: 'External parties are replicated, assets of local ones transferred; same synchronizer',
  },
  {
    value: 'delegation',
    label: 'By a delegation of the namespace',
    detail: 'All parties at once, to another synchronizer; the old root key is kept',
  },
];
const WAYS_2X: readonly Choice[] = [
  {
    value: 'same-namespace',
    label: 'Same namespace',
    detail: 'Parties keep their ids; the old root key is kept for ever',
  },
  {
    value: 'new-namespace',
    label: 'New namespace',
    detail: 'Parties get new ids, which a script of your own writes into the contracts',
  },
];

/** Procedures (f2), (g) and, for 2.x, (h). */
export const migrateTransferAssets: Procedure = {
  name: 'migrate-transfer-assets',
  title: 'Migrate to external keys by transferring assets',
  summary: 'Move the parties and contracts of an existing participant to a new one with keys in a KMS',
  versions: CANTON_VERSIONS,
  answers: ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionReasons(facts), ...nodeRefusals(facts)],
  questions: (facts) => [...wayQuestion(facts), ...placeQuestions(facts)],
  plan: (facts) => {
    const way = wayOf(facts);
    const ways = waysOf(facts).map(({ value }) => value);
    if (!ways.includes(way)) {
      return { reasons: [`'${way}' is not accepted for '${WAY}' in Canton ${facts.version}: ${ways.join(', ')}.`] };
    }
    if (isLeaving(facts)) return move(facts, way, undefined);
    const settings = kmsSettings(facts, ANSWERS);
    return settings.reasons.length > 0 ? { reasons: settings.reasons } : move(facts, way, settings);
  },
};

function move(facts: Facts, way: string, settings: KmsSettings | undefined): Outcome {
  const next = newNode(facts, settings === undefined ? { provider: 'jce' } : externalCrypto(facts, settings));
  if (is2x(facts)) return migrate2x(facts, settings, next, way === 'new-namespace');
  return way === 'delegation' ? delegateNamespace(facts, settings, next) : replicateParties(facts, settings, next);
}

function nodeRefusals(facts: Facts): string[] {
  const { kind, target } = facts;
  if (kind !== 'participant') {
    return [
      `A ${kind} has no assets: replace ${target.name} by a new node with keys in the KMS (\`enable-external\`), onboarded ${is2x(facts) ? 'on a new domain' : 'where there are several of its kind, or on a new synchronizer'}.`,
    ];
  }
  if (option(facts, 'state') === 'new') return ['A new node needs no migration: `enable-external` or `register-keys`.'];
  return [];
}

/** Canton 3.3 has no test for a delegation (`KmsMigrationIntegrationTest.scala` 3.4 to main). */
function waysOf(facts: Facts): readonly Choice[] {
  if (is2x(facts)) return WAYS_2X;
  return isAtLeast(facts, '3.4') ? WAYS_3X : WAYS_3X.slice(0, 1);
}

function wayOf(facts: Facts): string {
  return option(facts, `set.${WAY}`) ?? waysOf(facts)[0]?.value ?? '';
}

function wayQuestion(facts: Facts): readonly Question[] {
  const ways = waysOf(facts);
  return ways.length > 1 ? [pick(`set.${WAY}`, 'How?', ways)] : [];
}

function isLeaving(facts: Facts): boolean {
  return facts.target.mode === 'external' && option(facts, 'provider') === NO_KMS;
}

function placeQuestions(facts: Facts): readonly Question[] {
  if (facts.target.mode !== 'external') return providerQuestions(facts);
  const where = pick('provider', 'Where are the new keys to be?', [
    ...PROVIDERS,
    { value: NO_KMS, label: 'No KMS', detail: 'In the database, in clear' },
  ]);
  return isLeaving(facts)
    ? [where]
    : [where, ...providerQuestions(facts).filter(({ option: name }) => name !== 'provider')];
}

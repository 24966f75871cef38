import { LINES, type Line, type MatrixCase } from './case';
import { combine, product } from './combine';
import { OBJECT_PLACES } from './object-places';
import { KMS, type ObjectPlace } from './places';

const NODES = [
  { node: 'canton.sequencers.s1', ports: 'admin-api.port = 5018, public-api.port = 5019' },
  { node: 'canton.mediators.m1', ports: 'admin-api.port = 5028' },
];

/** The sections of sequencers and mediators are those of participants, but for one key of `init`. */
export function nodeKinds(): MatrixCase[] {
  const cases = [...OBJECT_PLACES.flatMap(shapes), ...rules()];
  return NODES.flatMap(({ node, ports }) =>
    cases.map(({ statements, lines }) => {
      const inside = statements.map((each) => (each.startsWith('canton') ? each : `${node} { ${each} }`));
      return combine('node-kinds', [`${node} { ${ports} }`, ...inside], lines);
    }),
  );
}

interface Shape {
  readonly statements: readonly string[];
  readonly lines?: readonly Line[];
}

function shapes({ key, keys, required = [], context = [], strictSince = '3.3' }: ObjectPlace): Shape[] {
  const entries = Object.entries(keys);
  const written = (some: readonly (readonly [string, string])[]) =>
    `${key} = { ${some.map(([name, value]) => `${name} = ${value}`).join(', ')} }`;
  const least = entries.filter(([name]) => required.includes(name));
  return [
    { statements: [...context, written(entries)] },
    { statements: [...context, written(least)] },
    { statements: [...context, `${key} = null`] },
    {
      statements: [...context, written([...least, ['unknown-key', '1']])],
      lines: LINES.slice(LINES.indexOf(strictSince)),
    },
  ];
}

function rules(): Shape[] {
  const nonStandard = 'canton.parameters.non-standard-config = true';
  const rows = [
    ['crypto.provider = kms'],
    ['crypto.provider = kms', KMS.driver],
    ['crypto.private-key-store.encryption.type = kms'],
    [KMS.aws, 'crypto.private-key-store.encryption.type = kms'],
    [KMS.aws, 'crypto.private-key-store.encryption.type = kms', 'storage.type = postgres'],
    [KMS.aws, 'crypto.kms.disable-ssl-verification = true'],
    [KMS.aws, 'crypto.kms.disable-ssl-verification = true', nonStandard],
    ['crypto.signing.algorithms { default = ed-25519, allowed = [ec-dsa-sha-256] }'],
    ['crypto.signing.algorithms.default = ec-dsa-sha-256'],
  ];
  const sessions = product(
    ['parameters', 'crypto.kms', 'crypto'].map((place) => `${place}.session-signing-keys.enabled = true`),
    ['', nonStandard],
  );
  return [
    ...rows.map((statements) => ({ statements })),
    ...sessions.flatMap((row) => {
      const statements = row.filter((each) => each !== '');
      return [{ statements }, { statements: ['crypto.provider = kms', KMS.driver, ...statements] }];
    }),
  ];
}

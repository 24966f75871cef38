import { stringify } from 'yaml';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
type Fields = { readonly [key: string]: Value };

/** The same Canton configuration in three languages; substitutions are strings in JSON and YAML. */
export interface Equivalents {
  readonly hocon: string;
  readonly json: string;
  readonly yaml: string;
}

/** Participants with a KMS, all alike, until the HOCON has at least the given size. */
export function configOfSize(characters: number): Equivalents {
  const sample = toHocon(1);
  return config(Math.max(1, Math.round((characters / (toHocon(11).length - sample.length)) * 10)));
}

/** Like {@link configOfSize}, but by lines. */
export function configOfLines(lines: number): Equivalents {
  const perNode = (toHocon(11).split('\n').length - toHocon(1).split('\n').length) / 10;
  return config(Math.max(1, Math.round(lines / perNode)));
}

function config(nodes: number): Equivalents {
  const content = contentOf(nodes);
  return { hocon: toHocon(nodes), json: `${JSON.stringify(content, null, 2)}\n`, yaml: stringify(content) };
}

function toHocon(nodes: number): string {
  return `# Generated; every participant has a database and keys in AWS KMS.\n${fieldsOf(contentOf(nodes), '')}`;
}

function contentOf(nodes: number): Fields {
  const participants = Object.fromEntries(
    Array.from({ length: nodes }, (_, i) => [`participant${i + 1}`, participant(i)]),
  );
  return { _shared: { region: 'eu-central-1', host: 'db.example.org' }, canton: { participants } };
}

function participant(i: number): Fields {
  return {
    storage: {
      type: 'postgres',
      config: {
        dataSourceClass: 'org.postgresql.ds.PGSimpleDataSource',
        properties: {
          serverName: '${_shared.host}',
          portNumber: 5432,
          databaseName: `participant${i + 1}`,
          user: 'canton',
          ssl: true,
        },
      },
    },
    'admin-api': { address: '0.0.0.0', port: 10_000 + (i % 5000) },
    'ledger-api': { address: '0.0.0.0', port: 20_000 + (i % 5000) },
    'http-ledger-api': { address: '0.0.0.0', port: 30_000 + (i % 5000) },
    crypto: {
      provider: 'kms',
      kms: {
        type: 'aws',
        region: '${_shared.region}',
        'multi-region-key': i % 2 === 0,
        'audit-logging': true,
        retries: { failures: { 'initial-delay': '500ms', 'max-delay': '10 seconds', 'max-retries': 20 } },
      },
      signing: { algorithms: { allowed: ['ec-dsa-sha-256', 'ec-dsa-sha-384'], default: 'ec-dsa-sha-256' } },
    },
  };
}

/** Written as people do: `=` before values, none before braces, quotes where needed, a comment here and there. */
function fieldsOf(fields: Fields, indent: string): string {
  return Object.entries(fields)
    .map(([key, value]) => {
      if (typeof value === 'object' && !isList(value)) {
        const comment = key === 'kms' ? `${indent}# The keys never leave the KMS.\n` : '';
        return `${comment}${indent}${key} {\n${fieldsOf(value, `${indent}  `)}${indent}}\n`;
      }
      return `${indent}${key} = ${textOf(value)}\n`;
    })
    .join('');
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function textOf(value: Value): string {
  if (isList(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value !== 'string') return `${value as number | boolean}`;
  return /^[\w$][\w .${}-]*$/.test(value) ? value : JSON.stringify(value);
}

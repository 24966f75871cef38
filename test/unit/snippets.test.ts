import assert from 'node:assert/strict';
import { CANTON_VERSIONS, type CantonVersion, versionsSince } from '../../schemas/version';
import conf from '../../snippets/canton-conf.json';
import consoleScript from '../../snippets/canton-console.json';
import { checkCalls } from '../kit/console-calls';
import { expand, type Snippet, type SnippetFile } from '../kit/snippet';
import { diagnose, launch } from './operations/kit';

const EXTERNAL = 'crypto { provider = kms, kms { type = aws, region = r } }';
const ENVELOPE = 'crypto { kms { type = aws, region = r }, private-key-store.encryption.type = kms }';

/**
 * The versions that the description ends with, `(Canton 2.10)` or `(Canton 3.4 and later)`; all versions if it names
 * none.
 */
function versionsOf({ description }: Snippet): readonly CantonVersion[] {
  const [, name, later] = /\(Canton ([\d.]+)( and later)?\)$/.exec(description) ?? [];
  if (name === undefined) {
    assert.ok(!description.endsWith(')'), `the versions of "${description}" cannot be read`);
    return CANTON_VERSIONS;
  }
  const version = CANTON_VERSIONS.find((known) => known === name);
  assert.ok(version, `"${name}" is no Canton version`);
  return later === undefined ? [version] : versionsSince(version);
}

/** A node with everything that the snippet's description requires, and the snippet. */
function node(text: string, version: CantonVersion): string {
  const isWhole = /^crypto \{/.test(text);
  const base = isWhole ? '' : text.includes('private-key-store') ? ENVELOPE : EXTERNAL;
  const flag =
    version === '3.4' && text.includes('session-signing-keys') ? 'canton.parameters.non-standard-config = yes' : '';
  return `${flag}
canton.participants.p1 {
  admin-api.port = 1
  ledger-api.port = 2
  http-ledger-api.port = 3
  storage.type = postgres
  ${base}
${text}
}
`;
}

function each(file: SnippetFile, check: (name: string, snippet: Snippet, version: CantonVersion) => void): void {
  for (const [name, snippet] of Object.entries(file)) {
    for (const version of versionsOf(snippet)) check(name, snippet, version);
  }
}

describe('configuration snippets', () => {
  each(conf, (name, snippet, version) => {
    it(`${name} is accepted by Canton ${version}`, async () => {
      for (const text of expand(snippet)) {
        const file = node(text, version);
        const set = await launch(new Map([['file:///main.conf', file]]));
        assert.deepEqual(set.problems, []);
        const found = diagnose(set, version).filter(({ severity }) => severity === 'error' || severity === 'warning');
        const expected = name === 'Revert envelope encryption' ? /revert/ : /^$/;
        const unexpected = found.filter(({ code, message }) => !expected.test(`${code} ${message}`));
        assert.deepEqual(
          unexpected.map(({ code, message }) => `${code}: ${message}`),
          [],
          file,
        );
      }
    });
  });
});

describe('console snippets', () => {
  each(consoleScript, (name, snippet, version) => {
    it(`${name} calls commands that Canton ${version} has`, () => {
      for (const text of expand(snippet)) {
        assert.match(text, /participant1\./);
        assert.deepEqual(checkCalls(text, version, new Set(['participant1', 'participant2'])), []);
      }
    });
  });
});

describe('snippets', () => {
  it('have prefixes of their own', () => {
    const prefixes = Object.values(consoleScript).map(({ prefix }) => prefix);
    assert.deepEqual(
      prefixes.filter((prefix, i) => prefixes.indexOf(prefix) !== i),
      [],
    );
  });

  it('of a configuration are inserted by command: in the text the server offers what fits there', () => {
    assert.deepEqual(
      Object.values(conf).filter((snippet) => 'prefix' in snippet),
      [],
    );
  });
});

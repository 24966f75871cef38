import { createLanguageService, type LanguageService } from '../../../server/src/service';
import { PIECES } from '../../conformance/hocon/generator/mutate';
import { Random } from '../../conformance/hocon/generator/random';

const FOLDER = 'file:///fuzz/';
const NAMES = ['main.conf', 'kms.conf', 'nodes.conf', 'values.yaml', 'canton-kms.json'] as const;

const BEGINNINGS: Readonly<Record<(typeof NAMES)[number], string>> = {
  'main.conf': `include "kms"
include "nodes.conf"
canton.participants.p1 {
  storage.type = postgres # comment
  crypto { provider = kms, kms = \${_kms} { audit-logging = yes }, private-key-store.encryption.type = kms }
}
`,
  'kms.conf': '_kms { type = aws, region = us-east-1, region = ${?AWS_REGION} }\n',
  'nodes.conf': 'canton.sequencers.s1 { crypto.kms = ${_kms}, storage { type = memory } }\ncanton.mediators.m1 = {}\n',
  'values.yaml': `env:
  - name: ADDITIONAL_CONFIG
    value: |
      canton.participants.p2.crypto { provider = kms, kms { type = gcp } }
`,
  'canton-kms.json': '{ "launchSets": { "all": ["main.conf"] }, "environment": { "AWS_REGION": "eu-west-1" } }\n',
};

const WORDS = [
  'canton',
  'crypto',
  'kms',
  'provider = kms',
  'type = driver',
  'include "kms"',
  'p1',
  '${_kms}',
  '\n',
  '  ',
  '',
];

/**
 * A session of random edits in files that include each other: after each of them, a service that has seen all edits
 * gives the same answers as one that sees the texts for the first time, and no request fails.
 */
export async function findWrongSession(seed: number, index: number): Promise<string | undefined> {
  const random = new Random(seed, index);
  const disk = new Map<string, string>(NAMES.map((name) => [FOLDER + name, BEGINNINGS[name]]));
  const open = new Map<string, string>();
  const service = serviceOf(disk);
  const session: string[] = [];
  for (let step = 0; step < 6; step++) {
    const uri = FOLDER + random.pick(NAMES);
    const text = edited(random, open.get(uri) ?? disk.get(uri) ?? '');
    const kind = random.below(8);
    session.push(JSON.stringify([kind, uri, text]));
    if (kind === 0) {
      open.delete(uri);
      service.close(uri);
    } else if (kind === 1) {
      disk.set(uri, text);
      service.filesChanged([{ uri, type: 'changed' }]);
    } else if (kind === 2 && !disk.delete(uri)) {
      disk.set(uri, text);
      service.filesChanged([{ uri, type: 'created' }]);
    } else if (kind === 2) {
      service.filesChanged([{ uri, type: 'deleted' }]);
    } else {
      open.set(uri, text);
      service.update(uri, text);
    }
    const fresh = serviceOf(disk);
    for (const [one, content] of open) fresh.update(one, content);
    const where = FOLDER + random.pick(NAMES);
    // A document that was recognized as Canton's remains so, however broken it is in the meantime; only this map knows that.
    const isRecognized = await fresh.classify(where);
    const [held, anew] = [await said(service, where), await said(fresh, where)];
    if (isRecognized && held !== anew) return `${where} after ${session.join(' ')}\n  held: ${held}\n  anew: ${anew}`;
    await askAll(service, where, random);
  }
  return undefined;
}

function serviceOf(disk: ReadonlyMap<string, string>): LanguageService {
  return createLanguageService({
    files: { read: async (uri) => disk.get(uri) },
    list: async () => [...disk.keys()].sort(),
    rootOf: async () => FOLDER.slice(0, -1),
  });
}

function edited(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + (random.oneIn(2) ? 0 : random.below(12)));
  return text.slice(0, start) + random.pick(random.oneIn(3) ? WORDS : PIECES) + text.slice(end);
}

async function said(service: LanguageService, uri: string): Promise<string> {
  const found = await service.diagnostics(uri);
  return JSON.stringify(found.map(({ code, range, message, severity }) => [code, severity, range, message]));
}

async function askAll(service: LanguageService, uri: string, random: Random): Promise<void> {
  const position = { line: random.below(8), character: random.below(40) };
  const range = { start: position, end: { line: position.line + 2, character: 0 } };
  await service.hover(uri, position);
  await service.completion(uri, position, { snippets: true });
  await service.definition(uri, position);
  await service.references(uri, position, true);
  await service.semanticTokens(uri);
  await service.formatting(uri, { tabSize: 2, insertSpaces: true });
  await service.codeActions(uri, range, { diagnostics: [], automatic: false });
  await service.nodes(uri);
  await service.rename(uri, position, 'other');
  await service.moveEntry(uri, position, 'down');
}

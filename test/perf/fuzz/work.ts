import type { LanguageService } from '../../../server/src/service';
import { createLanguageService, INTERNAL_FAULT } from '../../../server/src/service';

/** Growing work: the work of a service with a number of files, documents, nodes or characters. */
export interface Work {
  readonly name: string;
  /** The smallest number; twice and four times as much are compared with it. */
  readonly least: number;
  /** The preparation, which is not counted. */
  prepare(n: number): Promise<() => Promise<unknown>>;
}

const uriOf = (name: string) => `file:///project/${name}`;
const nodeText = (i: number, more = '') =>
  `canton.participants.p${i} {\n  storage.type = postgres\n  crypto { provider = kms, kms { type = aws, region = us-east-1 } }\n${more}}\n`;

function serviceOf(files: ReadonlyMap<string, string>): LanguageService {
  return createLanguageService({
    files: { read: async (uri) => files.get(uri) },
    list: async () => [...files.keys()],
    rootOf: async () => 'file:///project',
  });
}

/** A folder of a given number of files, each created from its number, and the work of the service on them. */
function folder(
  name: string,
  make: (i: number, n: number) => string,
  work: (service: LanguageService, uris: readonly string[]) => Promise<unknown>,
  nameOf = (i: number) => `n${i}.conf`,
): Work {
  return {
    name,
    least: 100,
    async prepare(n) {
      const numbers = Array.from({ length: n }, (_, i) => i);
      const files = new Map(numbers.map((i) => [uriOf(nameOf(i)), make(i, n)]));
      const service = serviceOf(files);
      return () => work(service, [...files.keys()]);
    },
  };
}

async function check(service: LanguageService, uris: readonly string[]): Promise<void> {
  for (const uri of uris) await service.classify(uri);
  const { files } = await service.check(uris, false);
  for (const { diagnostics } of files.values()) {
    const fault = diagnostics.find(({ code }) => code === INTERNAL_FAULT);
    if (fault !== undefined) throw new Error(fault.message);
  }
}

async function openAndClose(service: LanguageService, uris: readonly string[]): Promise<void> {
  for (const [i, uri] of uris.entries()) service.update(uri, nodeText(i));
  await service.dependents(...uris);
  for (const uri of uris) await service.diagnostics(uri);
  for (const uri of uris) await service.status(uri);
  for (const uri of uris) service.close(uri);
}

async function edit(service: LanguageService, [uri = '']: readonly string[], n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    service.update(uri, nodeText(i));
    await service.diagnostics(uri);
    await service.dependents(uri);
  }
}

const files: readonly Work[] = [
  folder('a folder is checked', (i) => nodeText(i), check),
  folder(
    'a folder is checked that is a tree of folders',
    (i) => nodeText(i),
    check,
    (i) => `s${i % 10}/t${i}/n${i}.conf`,
  ),
  folder(
    'a folder is checked of files that include the same file',
    (i) => (i === 0 ? 'a = 1' : `include "n0"\n${nodeText(i)}`),
    check,
  ),
  folder(
    'a folder is checked of fragments and the file that includes them',
    (i, n) => (i > 0 ? nodeText(i) : Array.from({ length: n - 1 }, (_, j) => `include "n${j + 1}"\n`).join('')),
    check,
  ),
  folder('a folder is checked of files that are not Canton’s', (i) => `server { port = ${i} }\n`, check),
  folder('documents are opened, looked at and closed', (i) => nodeText(i), openAndClose),
  folder(
    'files change on disk that nobody has read',
    () => 'a = 1',
    async (service, uris) => {
      await service.diagnostics(uriOf('main.conf'));
      for (const uri of uris) service.filesChanged([{ uri: uri.replace('.conf', '.json'), type: 'created' }]);
      await service.diagnostics(uriOf('main.conf'));
    },
  ),
  {
    name: 'a document is edited among a hundred open ones',
    least: 50,
    async prepare(n) {
      const numbers = Array.from({ length: 100 }, (_, i) => i);
      const service = serviceOf(new Map());
      for (const i of numbers) service.update(uriOf(`n${i}.conf`), nodeText(i));
      return () => edit(service, [uriOf('n0.conf')], n);
    },
  },
];

/** Keys of Canton's beside sections that know them, each of which may be meant for any of the sections. */
const beside: Work = {
  name: 'keys stand beside the sections of a file',
  least: 200,
  async prepare(n) {
    const service = serviceOf(new Map());
    const uri = uriOf('main.conf');
    const numbers = Array.from({ length: n }, (_, i) => i);
    service.update(uri, numbers.map((i) => `${nodeText(i)}other-key-${i} = 1\n`).join(''));
    return () => service.diagnostics(uri);
  },
};

/** One procedure on the first of so many nodes. */
function planning(procedure: string, options: Readonly<Record<string, string>>): Work {
  return {
    name: `a plan is made among many nodes: ${procedure}`,
    least: 20,
    async prepare(n) {
      const uri = uriOf('main.conf');
      const service = serviceOf(new Map());
      service.update(uri, Array.from({ length: n }, (_, i) => nodeText(i)).join(''));
      const request = { uri, node: 'participants.p0', procedure, options };
      const { reasons } = await service.plan(request);
      if (reasons.length > 0) throw new Error(reasons.join(' '));
      return () => service.runbook(request);
    },
  };
}

const plans: readonly Work[] = [
  planning('rotate-external-keys', { state: 'existing' }),
  planning('change-provider', { state: 'existing', provider: 'none' }),
  planning('restore-keys', { state: 'existing' }),
];

/** A document with a line of `n` characters that every request visits. */
function line(name: string, make: (n: number) => string): Work {
  return {
    name: `a line is read by every request: ${name}`,
    least: 2000,
    async prepare(n) {
      const service = serviceOf(new Map());
      const uri = uriOf('main.conf');
      const text = `${nodeText(0)}${make(n)}\n`;
      const position = { line: 4, character: 12 };
      const range = { start: { line: 4, character: 0 }, end: { line: 4, character: n } };
      return async () => {
        service.update(uri, text);
        await service.diagnostics(uri);
        await service.hover(uri, position);
        await service.completion(uri, position, { snippets: true });
        await service.definition(uri, position);
        await service.references(uri, position, true);
        await service.documentSymbols(uri);
        await service.documentLinks(uri);
        await service.semanticTokens(uri);
        await service.foldingRanges(uri);
        await service.selectionRanges(uri, [position]);
        await service.inlayHints(uri, range, { defaults: true, substitutions: true });
        await service.formatting(uri, { tabSize: 2, insertSpaces: true });
        await service.codeActions(uri, { start: position, end: position }, { diagnostics: [], automatic: false });
        await service.effective(uri, 'participants.p0');
        await service.prepareRename(uri, position);
      };
    },
  };
}

const lines: readonly Work[] = [
  line('one text', (n) => `canton.parameters.text = "${'x'.repeat(n)}"`),
  line('many values', (n) => `canton.parameters.list = [${'1, '.repeat(n / 3)}]`),
  line('a number of many digits', (n) => `canton.parameters.n = ${'1'.repeat(n)}`),
  line('many keys', (n) => `canton.parameters { ${Array.from({ length: n / 8 }, (_, i) => `k${i} = 1`).join(', ')} }`),
  line('many substitutions', (n) => `canton.parameters.text = "x"${' ${?X}'.repeat(n / 6)}`),
  line('blanks', (n) => `canton.parameters.text =${' '.repeat(n)}x`),
  line('a comment', (n) => `canton.parameters.text = x # ${'canton-kms-ignore-next-line x '.repeat(n / 30)}`),
  line('a path', (n) => `canton.parameters.${'a.'.repeat(n / 2)}b = 1`),
  line('passwords', (n) => `canton.parameters.url = "jdbc:x?${'password=x&'.repeat(n / 11)}"`),
];

export const WORK: readonly Work[] = [...files, beside, ...plans, ...lines];

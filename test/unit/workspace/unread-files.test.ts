import assert from 'node:assert/strict';
import { createLanguageService } from '../../../server/src/service';
import { uriOf } from '../../kit/fixture';

const NODE = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }';

/** A service that reads the given files, and knows nothing of those whose names begin with `outside`. */
function serviceOf(texts: Readonly<Record<string, string>>) {
  const files = new Map(Object.entries(texts).map(([name, text]) => [uriOf(name), text]));
  return createLanguageService({
    files: {
      read: async (uri) => files.get(uri),
      refusal: async (uri) => (uri.includes('outside') ? 'is outside the workspace' : undefined),
    },
    list: async () => [...files.keys()].filter((uri) => uri.endsWith('.conf')),
  });
}

describe('a file that is not read', () => {
  for (const include of ['"outside.conf"', 'required("outside.conf")', '"outside"', 'required("/outside/a.conf")']) {
    it(`is unknown and not wrong where it is included by ${include}, and is said`, async () => {
      const text = `include ${include}\n${NODE}\ncanton.participants.p1.crypto.kms.region = \${outer}\n`;
      const found = await serviceOf({ 'a.conf': text }).diagnostics(uriOf('a.conf'));
      assert.deepEqual(
        found.map(({ code, severity }) => [code, severity]),
        [['hocon/include-not-read', 'warning']],
      );
      assert.match(found[0]?.message ?? '', /is not read, because it is outside the workspace\./);
    });
  }

  it('is unknown where the project file names it', async () => {
    const project = { launchSets: { all: ['outside.conf', 'a.conf'] }, envFile: 'outside.env' };
    const texts = { 'a.conf': `${NODE}\nx = \${outer}\n`, 'canton-kms.json': JSON.stringify(project) };
    const service = serviceOf(texts);
    assert.deepEqual(await service.diagnostics(uriOf('a.conf')), []);
    assert.deepEqual(
      (await service.diagnostics(uriOf('canton-kms.json'))).map(({ code, severity }) => [code, severity]),
      [
        ['project/unread-file', 'warning'],
        ['project/unread-file', 'warning'],
      ],
    );
  });
});

import { deepEqual, equal } from 'node:assert/strict';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

/** The new texts of the files, by path. */
async function renamed(marked: string, ...renames: readonly (readonly [from: string, to: string])[]) {
  const { service, fixture } = workbench(marked);
  const found = await service.renameFiles(renames.map(([from, to]) => ({ oldUri: uriOf(from), newUri: uriOf(to) })));
  const texts: Record<string, string> = {};
  for (const [uri, edits] of Object.entries(found?.changes ?? {})) {
    let lines = (fixture.texts.get(uri) ?? '').split('\n');
    for (const { range, newText } of [...edits].sort((a, b) => b.range.start.character - a.range.start.character)) {
      equal(range.start.line, range.end.line);
      lines = lines.map((line, i) =>
        i === range.start.line
          ? line.slice(0, range.start.character) + newText + line.slice(range.end.character)
          : line,
      );
    }
    texts[uri.slice(uriOf('').length)] = lines.join('\n');
  }
  return texts;
}

const NODE = 'canton.participants.p1.storage.type = memory\n';
const TWO = `-- a.conf --\ninclude "shared/b.conf"\n${NODE}-- shared/b.conf --\nx = 1\n`;

describe('includes', () => {
  it('follow a file that gets another name', async () => {
    deepEqual(await renamed(TWO, ['shared/b.conf', 'shared/c.conf']), { 'a.conf': `include "shared/c.conf"\n${NODE}` });
  });

  it('follow a file into another folder, and a folder', async () => {
    deepEqual(await renamed(TWO, ['shared/b.conf', 'b.conf']), { 'a.conf': `include "b.conf"\n${NODE}` });
    deepEqual(await renamed(TWO, ['shared', 'common/parts']), { 'a.conf': `include "common/parts/b.conf"\n${NODE}` });
  });

  it('of a file that is moved still find what they read', async () => {
    deepEqual(await renamed(TWO, ['a.conf', 'nodes/a.conf']), { 'a.conf': `include "../shared/b.conf"\n${NODE}` });
    deepEqual(await renamed(TWO, ['a.conf', 'x/a.conf'], ['shared', 'x/shared']), {});
  });

  it('keep their form: without extension, required, with a leading dot', async () => {
    const texts = (include: string) => `-- a.conf --\n${include}\n${NODE}-- b.conf --\nx = 1\n`;
    const follow = async (include: string) =>
      (await renamed(texts(include), ['b.conf', 'c.conf']))['a.conf']?.split('\n')[0];
    equal(await follow('include "b"'), 'include "c"');
    equal(await follow('include required("./b.conf")'), 'include required("./c.conf")');
    equal(await follow('include file("b.conf")'), 'include file("c.conf")');
    equal(await follow('include classpath("b.conf")'), undefined);
    equal(await follow('include "d.conf"'), undefined);
  });

  it('inside YAML and Markdown follow, in the notation of their document', async () => {
    const files = '-- canton-kms.json --\n{ "mounts": { "/app/on": "conf" } }\n-- conf/kms.conf --\nkms.type = aws\n';
    const values = (include: string) =>
      `additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_KMS\n    value: |\n      ${include}\n      ${NODE}`;
    const follow = (name: string, text: string) =>
      renamed(`-- ${name} --\n${text}${files}`, ['conf/kms.conf', 'conf/aws.conf']);
    deepEqual(await follow('values.yaml', values('include file("/app/on/kms.conf")')), {
      'values.yaml': values('include file("/app/on/aws.conf")'),
    });
    deepEqual(await follow('values.yaml', values('include file("/app/other/kms.conf")')), {});
    const map = (include: string) =>
      `kind: ConfigMap\ndata:\n  node.conf: "${include.replaceAll('"', '\\"')}\\n${NODE.trim()}"\n`;
    deepEqual(await follow('map.yaml', map('include file("/app/on/kms.conf")')), {
      'map.yaml': map('include file("/app/on/aws.conf")'),
    });
    const page = (include: string) => `# Page\n\n> \`\`\`hocon\n> ${include}\n> ${NODE}> \`\`\`\n`;
    deepEqual(await follow('docs/page.md', page('include "../conf/kms"')), {
      'docs/page.md': page('include "../conf/aws"'),
    });
  });

  it('inside a document that is moved itself still find what they read', async () => {
    const page = (include: string) => `\`\`\`hocon\n${include}\n${NODE}\`\`\`\n`;
    const files = `-- page.md --\n${page('include "kms.conf"')}-- kms.conf --\nkms.type = aws\n`;
    deepEqual(await renamed(files, ['page.md', 'docs/page.md']), { 'page.md': page('include "../kms.conf"') });
  });

  it('follow through the mounts of a container', async () => {
    const text = `-- conf/a.conf --\ninclude file("/app/on/b.conf")\n${NODE}-- conf/on/b.conf --\nx = 1\n`;
    const project = '-- canton-kms.json --\n{ "mounts": { "/app/on": "conf/on" } }\n';
    deepEqual(await renamed(text + project, ['conf/on/b.conf', 'conf/on/c.conf']), {
      'conf/a.conf': `include file("/app/on/c.conf")\n${NODE}`,
    });
    deepEqual(await renamed(text + project, ['conf/on/b.conf', 'elsewhere.conf']), {});
    deepEqual(await renamed(text + project, ['conf/on', 'conf/off']), {
      'canton-kms.json': '{ "mounts": { "/app/on": "conf/off" } }\n',
    });
  });
});

describe('a project file', () => {
  it('follows the files that it names', async () => {
    const text = `${TWO}-- canton-kms.json --\n{ "launchSets": { "p": ["shared/b.conf", "a.conf"] }, "envFile": "p.env" }\n-- p.env --\n`;
    deepEqual(await renamed(text, ['shared/b.conf', 'shared/c.conf'], ['p.env', 'env/p.env']), {
      'a.conf': `include "shared/c.conf"\n${NODE}`,
      'canton-kms.json': '{ "launchSets": { "p": ["shared/c.conf", "a.conf"] }, "envFile": "env/p.env" }\n',
    });
  });
});

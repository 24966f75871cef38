import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

const SET = `-- canton-kms.json --
{ "launchSets": { "p1": ["base.conf", "p1.conf", "site.conf"] } }
`;

/** `file:line 2/3 path` */
async function go(marked: string, direction: 'previous' | 'next'): Promise<string | undefined> {
  const { service, cursor } = workbench(marked);
  const found = await service.otherDefinition(cursor.uri, cursor.position, direction);
  if (found === undefined) return undefined;
  const { path, target, number, count } = found;
  const place = target === null ? 'none' : `${target.uri.split('/').at(-1)}:${target.range.start.line}`;
  return `${place} ${number}/${count} ${path}`;
}

describe('the previous and the next definition of a key', () => {
  const files = (p1: string) => `-- base.conf --
canton.participants.p1.crypto {
  provider = jce
  include "kms"
}
-- kms.conf --
kms.region = us-east-1
kms.region = us-east-2
-- p1.conf --
canton.participants.p1.crypto.kms { region = eu-west-1 }
-- site.conf --
${p1}
${SET}`;

  it('lead through the files of a launch and what they include, in the order in which they override', async () => {
    const path = 'canton.participants.p1.crypto.kms.region';
    const text = files('canton.participants { p1.crypto.kms.region = eu‸-central-1 }');
    assert.equal(await go(text, 'previous'), `p1.conf:0 3/4 ${path}`);
    assert.equal(await go(text, 'next'), `none 5/4 ${path}`);
    const first = text.replace('‸', '').replace('region = us-east-1', 'reg‸ion = us-east-1');
    assert.equal(await go(first, 'previous'), `none 0/4 ${path}`);
    assert.equal(await go(first, 'next'), `kms.conf:1 2/4 ${path}`);
    assert.equal(
      await go(first.replace('‸', '').replace('{ region', '{ region‸'), 'previous'),
      `kms.conf:1 2/4 ${path}`,
    );
  });

  it('are about the key of the path that the cursor is in, sections included', async () => {
    const text = files('canton.participants { p1.cry‸pto.kms.region = eu-central-1 }');
    assert.equal(await go(text, 'previous'), 'p1.conf:0 2/3 canton.participants.p1.crypto');
  });

  it('begin at the one in effect where the cursor is in a substitution', async () => {
    const text = 'a = 1\na = 2\nb = ${‸a}\n';
    assert.equal(await go(text, 'previous'), 'main.conf:1 2/2 a');
    assert.equal(await go(text, 'next'), 'none 4/2 a');
  });

  it('of a fragment that two nodes share lead to what overrides it in either', async () => {
    const text = `include "shared"
a { include "shared", ‸region = x }
b { include "shared", region = y }
-- shared.conf --
region = z
`;
    assert.equal(await go(text, 'previous'), 'shared.conf:0 1/2 a.region');
    const shared = text.replace('‸', '').replace('region = z', 'region ‸= z');
    assert.equal(await go(shared, 'next'), 'main.conf:1 2/3 region');
  });

  it('are nothing where there is no key, or one that is not in effect', async () => {
    assert.equal(await go('# a‸\na = 1', 'next'), undefined);
    assert.equal(await go('a { b‸ = 1 }\na = 2', 'next'), undefined);
  });
});

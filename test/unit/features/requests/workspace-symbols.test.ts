import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

const FILES = `canton.participants.alice {}
-- bob.conf --
canton { participants { include "node" } }
-- node.conf --
bob {}
-- web.conf --
server { listen 80; }
`;

async function symbols(query: string): Promise<string[]> {
  const { service } = workbench(FILES);
  const found = await service.workspaceSymbols(query);
  return found.map(({ name, containerName, location }) => `${containerName}.${name} ${location.uri.split('/').at(-1)}`);
}

describe('workspace symbols', () => {
  it('are the nodes of all files, where they are written', async () => {
    assert.deepEqual(await symbols(''), ['participants.alice main.conf', 'participants.bob node.conf']);
  });

  it('are found by some of their letters', async () => {
    assert.deepEqual(await symbols('PaBo'), ['participants.bob node.conf']);
    assert.deepEqual(await symbols('carol'), []);
  });
});

import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver';
import { hoverOn } from '../hover/hover-on';
import { accept, complete, itemFor, keys, labels } from './complete';

const PROJECT = `
-- canton-kms.json --
{ "driverSchemas": { "hsm": "hsm.schema.json" } }
-- hsm.schema.json --
{
  "type": "object",
  "required": ["slot", "pin"],
  "properties": {
    "slot": { "type": "integer", "description": "Number of the slot.", "examples": [3] },
    "pin": { "type": "string", "format": "password" },
    "unlock": { "type": "string", "writeOnly": true },
    "mode": { "enum": ["fast", "safe"], "default": "safe" },
    "pool": { "$ref": "#/$defs/pool" }
  },
  "$defs": { "pool": { "type": "object", "properties": { "size": { "type": "integer" }, "pool": { "$ref": "#/$defs/pool" } } } }
}
`;
const hsm = (config: string) =>
  `canton.participants.p1.crypto.kms { type = driver, name = hsm, config { ${config} } }\n${PROJECT}`;

describe('completion in the config of a driver', () => {
  it('offers the keys of the schema that the project has for it', async () => {
    assert.deepEqual(await keys(hsm('‸')), ['pin', 'slot', 'mode', 'pool', 'unlock']);
    assert.deepEqual(await keys(hsm('slot = 1, pool { ‸ }')), ['pool', 'size']);
    assert.equal((await itemFor(hsm('‸'), 'slot')).detail, 'required');
    const { documentation } = await itemFor(hsm('‸'), 'slot');
    assert.match((documentation as MarkupContent).value, /Number of the slot/);
    assert.ok((await labels(hsm('‸'))).includes('slot, pin'), 'all that is required at once');
  });

  it('offers the values of the schema', async () => {
    assert.deepEqual(await labels(hsm('mode = ‸')), ['fast', 'safe']);
    assert.equal((await itemFor(hsm('mode = ‸'), 'safe')).detail, 'default');
    assert.match(await accept(hsm('mode = fa‸'), 'fast'), /mode = fast }/);
  });

  it("knows Canton's own driver without a schema", async () => {
    const text = (config: string) =>
      `canton.participants.p1.crypto.kms { type = driver, name = aws-kms, config { ${config} } }`;
    assert.equal((await keys(text('‸')))[0], 'region');
    assert.ok((await labels(text('region = ‸'))).includes('eu-central-1'));
    const nobody = text('‸').replace('aws-kms', 'other');
    assert.deepEqual(await keys(nobody), []);
  });

  it('explains the keys in hovers, and hides what the schema calls secret', async () => {
    assert.match(
      await hoverOn(hsm('sl‸ot = 3')),
      /Number of the slot\.\n\n- Type: whole number, required\n- Example: `3`/,
    );
    const unlock = await hoverOn(hsm('unl‸ock = s3cr3t'));
    assert.match(unlock, /\(secret\)/);
    assert.doesNotMatch(unlock, /s3cr3t/);
    assert.ok(
      !JSON.stringify(
        await complete(`x = \${canton.participants.p1.crypto.kms.config.‸}\n${hsm('unlock = s3cr3t')}`),
      ).includes('s3cr3t'),
    );
  });
});

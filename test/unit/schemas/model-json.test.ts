import { deepEqual, equal, throws } from 'node:assert/strict';
import { fieldModelOf } from '../../../schemas/compile';
import type { ObjectModel } from '../../../schemas/model';
import { type ModelJson, readModel, writeModel } from '../../../schemas/model-json';
import { CANTON_VERSIONS, EDITIONS } from '../../../schemas/version';

describe('field models as JSON', () => {
  const through = (model: ObjectModel) => readModel(JSON.parse(JSON.stringify(writeModel(model))) as ModelJson);

  for (const version of CANTON_VERSIONS) {
    for (const edition of EDITIONS) {
      it(`are read as they were compiled for ${version} ${edition}`, () => {
        deepEqual(through(fieldModelOf(version, edition)), fieldModelOf(version, edition));
      });
    }
  }

  it('keep what decides about values and names', () => {
    const participants = through(fieldModelOf('3.5', 'enterprise')).fields.get('participants')?.model;
    equal(participants?.kind === 'map' && participants.checkKey('a b')?.includes('invalid characters'), true);
  });

  it('are refused where they hold what JSON cannot name', () => {
    const model: ObjectModel = { kind: 'object', fields: new Map(), foreign: new Map(), open: false };
    const check = () => undefined;
    throws(() => writeModel({ ...model, moved: check as never }), /function without a name/);
  });
});

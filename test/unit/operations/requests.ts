import assert from 'node:assert/strict';
import { DEFAULT_CANTON_VERSION } from '../../../schemas/version';
import type { PlanRequest } from '../../../server/src/operations/facts';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { launch, planned } from './kit';

const NODES = `
_db.type = postgres
canton {
  participants {
    plain { storage = \${_db} }
    memory { storage.type = memory }
    envelope {
      storage = \${_db}
      crypto { kms { type = aws, region = r }, private-key-store.encryption { type = kms, wrapper-key-id = alias/a } }
    }
    external { crypto { provider = kms, kms { type = aws, region = r } } }
    reverted {
      storage = \${_db}
      crypto { kms { type = aws, region = r }, private-key-store.encryption { type = kms, reverted = true } }
    }
    ed25519 { crypto.signing.keys.default = ec-curve-25519 }
    node-7 { crypto { kms { type = aws, region = r }, private-key-store.encryption.type = kms }, storage = \${_db} }
  }
  sequencers.s1.crypto { provider = kms, kms { type = aws, region = r } }
  mediators.m1.storage = \${_db}
}
`;

export const AWS = { provider: 'aws', 'set.region': 'us-east-1' };

export async function request(
  procedure: string,
  node: string,
  more: Partial<PlanRequest> = {},
  text = NODES,
): Promise<PlanRequest> {
  const set = await launch(text);
  const id = node.includes('.') ? node : `participants.${node}`;
  return {
    procedure,
    node: id,
    options: {},
    ...planned(set, more.version ?? DEFAULT_CANTON_VERSION, more.edition),
    ...more,
  };
}

/** The plan is refused with a matching reason and changes nothing. */
export async function refused(expected: RegExp, ...args: Parameters<typeof request>): Promise<void> {
  const result = plan(await request(...args));
  assert.equal(result.possible, false);
  assert.match(result.reasons.join('\n'), expected);
  assert.deepEqual([result.steps, result.rollback, result.warnings], [[], [], []]);
}

export async function possible(...args: Parameters<typeof request>): Promise<Plan> {
  const result = plan(await request(...args));
  assert.deepEqual(result.reasons, []);
  return result;
}

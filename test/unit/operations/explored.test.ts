import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CantonVersion } from '../../../schemas/version';
import { readNodes } from '../../../server/src/model/facts/view';
import { nextQuestion, plan } from '../../../server/src/operations/planner';
import { procedures } from '../../../server/src/operations/procedures';
import { partCount } from '../../../server/src/operations/script';
import { recording } from '../../kit/recorded';
import { type Launch, launch, planned } from './kit';
import { X } from './plan-cases';
import { DOMAINS, NETWORK } from './plan-network';

/** An answer for a question without choices. */
const TYPED: Readonly<Record<string, string>> = {
  'set.region': 'us-east-1',
  'set.location-id': 'global',
  'set.project-id': 'ledger',
  'set.key-ring-id': 'ring',
  'set.name': 'vault-kms',
  'wrapper-key-id': 'alias/wrapper',
};
/** No procedure asks more than this. */
const MOST_ANSWERS = 12;

interface Explored {
  readonly base: ReturnType<typeof planned>;
  /** So many first questions get every answer. */
  readonly early: number;
}

/** Every way through the questions of a procedure, as a person may answer them. */
function* outcomes({ base, early }: Explored, procedure: string, node: string): Generator<string> {
  const open: { readonly options: Readonly<Record<string, string>>; readonly isUsual: boolean }[] = [
    { options: {}, isUsual: early === 2 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { options, isUsual } = next;
    const request = { procedure, node, options, ...base };
    const question = nextQuestion(request);
    const given = Object.entries(options).map(([key, value]) => `${key}=${value}`);
    const at = `${procedure} ${node} ${given.join(' ')}`;
    if (question !== undefined && given.length < MOST_ANSWERS) {
      const { option, title, choices, optional, suggestions } = question;
      const offered = [...choices, ...suggestions].map(({ value, label }) => `${value} (${label})`).join(', ');
      yield `${at}: ${option}${optional ? '?' : ''} "${title}" ${offered}`;
      const answers = choices.length > 0 ? choices.map(({ value }) => value) : [TYPED[option] ?? 'x'];
      // Where many choices follow each other, one of them is another one than the first.
      const isEarly = given.length < early;
      for (const [i, answer] of (isEarly || isUsual ? answers : answers.slice(0, 1)).entries())
        open.push({
          options: { ...options, [option]: answer },
          isUsual: isUsual && early === 2 && (isEarly || i === 0),
        });
      continue;
    }
    const made = plan(request);
    const { possible, reasons, warnings, steps } = made;
    assert.ok(!possible || partCount(made) > 0, `${at}: every plan has a script, if only for its verification`);
    yield possible
      ? `${at}: ${steps.map(({ kind, title }) => `${kind} ${title}`).join('; ')} -- ${warnings.join(' ')}`
      : `${at}: not possible. ${reasons.join(' ')}`;
  }
}

const USUAL = '3.5';
const fileOf = (name: string) => join(__dirname, `recorded/answers-${name}.txt`);

/** Nodes with less usual settings. */
const ODD = `canton.participants {
  memory { storage.type = memory, admin-api.port = 1 }
  somewhere { storage.type = \${STORAGE} }
  google { storage.type = postgres, crypto { kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }, private-key-store.encryption.type = kms } }
  driven { storage.type = postgres, crypto { kms { type = driver, name = hsm, config { slot = 1 } }, private-key-store.encryption { type = kms, wrapper-key-id = k } } }
  regions { storage.type = postgres, crypto { kms { type = aws, region = us-east-1, multi-region-key = yes }, private-key-store.encryption { type = kms, wrapper-key-id = "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab" } } }
  shared { storage.type = postgres, crypto { kms { type = aws, region = us-east-1, multi-region-key = \${M} }, private-key-store.encryption { type = kms, wrapper-key-id = alias/shared } } }
  sharer { storage.type = postgres, crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms, wrapper-key-id = alias/shared } } }
  curve { storage.type = postgres, crypto { signing { keys.default = ec-curve-25519, algorithms.default = ed-25519 }, encryption { keys.default = ec-p-256, algorithms.default = ecies-hkdf-hmac-sha-256-aes-128-cbc } } }
  koblitz { storage.type = postgres, crypto.signing { keys.default = ec-secp-256k-1, algorithms.default = ec-dsa-sha-256 } }
  strong { storage.type = postgres, replication.enabled = yes, crypto { provider = kms, kms { type = aws, region = us-east-1 }, signing { keys.default = ec-p-384, algorithms.default = ec-dsa-sha-384 } } }
  session { storage.type = postgres, crypto { provider = kms, kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }, session-signing-keys.enabled = yes } }
  module { storage.type = h2, crypto { provider = kms, kms { type = driver, name = hsm, config {} }, private-key-store.encryption.type = kms } }
  some { storage.type = postgres, crypto { provider = \${PROVIDER}, kms { type = aws, region = us-east-1 } } }
  derived = \${canton.participants.google}
  generated { storage.type = postgres, init.generate-intermediate-key = yes }
}
canton.sequencers {
  bft { storage.type = postgres, sequencer.type = BFT, crypto { provider = kms, kms { type = aws, region = us-east-1 } } }
  ref { storage.type = postgres, sequencer.type = reference, crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms } }
}
canton.mediators.ext { storage.type = postgres, crypto { provider = kms, kms { type = gcp, location-id = l, project-id = p, key-ring-id = r } } }
`;

const NETWORKS: Readonly<Record<string, readonly [version: CantonVersion, text: string, early: number]>> = {
  [USUAL]: [USUAL, NETWORK, 2],
  '3.4': ['3.4', NETWORK, 1],
  [X]: [X, NETWORK + DOMAINS, 2],
  odd: [USUAL, ODD, 1],
};

for (const [name, [version, text, early]] of Object.entries(NETWORKS).sort(([a]) => (a === USUAL ? -1 : 0))) {
  describe(`procedures on every node of the network ${name}`, () => {
    const records = recording(fileOf(name));
    // What another network has in common with the usual one is recorded there.
    let known: ReadonlySet<string>;
    let network: Launch;
    let base: ReturnType<typeof planned>;
    before(async () => {
      known = new Set(name === USUAL || name === X ? [] : readFileSync(fileOf(USUAL), 'utf8').split('\n'));
      network = await launch(text);
      base = planned(network, version);
    });

    for (const procedure of procedures) {
      it(`ask, refuse and plan: ${procedure.name}`, () => {
        const nodes = readNodes(network.config, version, 'enterprise');
        const lines = nodes.flatMap((node) =>
          [...outcomes({ base, early }, procedure.name, node.id)].map((line) => withoutNames(line, version, node.name)),
        );
        records.compare(lines.filter((line) => !known.has(line)));
      });
    }

    it('have nothing else recorded', () => records.finish());
  });
}

/** Many nodes have the same answers but for their names. */
function withoutNames(line: string, version: CantonVersion, node: string): string {
  return line.replaceAll(version, '{version}').replace(new RegExp(`\\b${node}\\b`, 'g'), '{node}');
}

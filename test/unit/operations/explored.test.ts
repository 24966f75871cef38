import { join } from 'node:path';
import type { CantonVersion } from '../../../schemas/version';
import { readNodes } from '../../../server/src/model/facts/view';
import { nextQuestion, plan } from '../../../server/src/operations/planner';
import { versionsOf } from '../../../server/src/operations/procedure';
import { procedures } from '../../../server/src/operations/procedures';
import { assertRecorded } from '../../kit/recorded';
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

/** Every way through the questions of a procedure, as a person may answer them. */
function* outcomes(network: Launch, version: CantonVersion, procedure: string, node: string): Generator<string> {
  const open: Readonly<Record<string, string>>[] = [{}];
  for (let options = open.pop(); options !== undefined; options = open.pop()) {
    const request = { procedure, node, options, ...planned(network, version) };
    const question = nextQuestion(request);
    const given = Object.entries(options).map(([key, value]) => `${key}=${value}`);
    const at = `${version} ${procedure} ${node} ${given.join(' ')}`;
    if (question !== undefined && given.length < MOST_ANSWERS) {
      const { option, title, choices, optional, suggestions } = question;
      const offered = [...choices, ...suggestions].map(({ value, label }) => `${value} (${label})`).join(', ');
      yield `${at}: ${option}${optional ? '?' : ''} "${title}" ${offered}`;
      const answers = choices.length > 0 ? choices.map(({ value }) => value) : [TYPED[option] ?? 'x'];
      // Where many choices follow each other, the first of each stands for the others.
      for (const answer of given.length < 2 ? answers : answers.slice(0, 1))
        open.push({ ...options, [option]: answer });
      continue;
    }
    const { possible, reasons, warnings, steps } = plan(request);
    yield possible
      ? `${at}: ${steps.map(({ kind, title }) => `${kind} ${title}`).join('; ')} -- ${warnings.join(' ')}`
      : `${at}: not possible. ${reasons.join(' ')}`;
  }
}

describe('procedures', () => {
  for (const version of ['3.5', X] as const) {
    it(`ask, refuse and plan on every node of a network in Canton ${version}`, async () => {
      const network = await launch(version === X ? NETWORK + DOMAINS : NETWORK);
      const nodes = readNodes(network.config, version, 'enterprise').map(({ id }) => id);
      const lines = procedures
        .filter((procedure) => versionsOf(procedure).includes(version) || nodes.length > 0)
        .flatMap(({ name }) => nodes.flatMap((node) => [...outcomes(network, version, name, node)]));
      assertRecorded(join(__dirname, `recorded/answers-${version}.txt`), [...new Set(lines)]);
    });
  }
});

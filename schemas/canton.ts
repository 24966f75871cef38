import * as z from 'zod';
import {
  domains2x,
  mediators,
  participants,
  remote2x,
  remoteMediators,
  remoteParticipants,
  remoteSequencers,
  sequencers,
} from './nodes';
import { cantonParameters, features, monitoring } from './parameters';
import { absent, key, oneOf } from './registry';

const source = 'config/CantonConfig.scala 3.3, 3.4, 3.5, main';
const source2x = 'config/CantonConfig.scala 2.10';

/** Sequencers and mediators: open source in 3.x, and nodes of their own in the closed 2.x enterprise edition. */
function since3<S extends z.ZodType>(schema: S, doc: string) {
  return oneOf(
    key(schema, {
      doc,
      until: '2.10',
      editions: ['enterprise'],
      source: 'documentation of Canton 2.8.12 (enterprise, closed source)',
    }),
    key(schema, { doc, since: '3.3', source }),
  );
}

function only2x<S extends z.ZodType>(schema: S, doc: string, instead: string) {
  return key(schema, { doc, until: '2.10', deprecated: { since: '3.3', instead }, source: source2x });
}

const misplaced = (doc: string, instead: string) => absent({ doc, deprecated: { since: '3.3', instead }, source });

const shape = {
  participants: key(participants, { doc: 'Participant nodes that run in this process, by name.', source }),
  sequencers: since3(sequencers, 'Sequencer nodes that run in this process, by name.'),
  mediators: since3(mediators, 'Mediator nodes that run in this process, by name.'),
  domains: only2x(domains2x, 'Domain nodes, by name.', 'sequencers and mediators'),
  'domain-managers': key(domains2x, {
    doc: 'Domain manager nodes, by name.',
    until: '2.10',
    editions: ['enterprise'],
    deprecated: { since: '3.3', instead: 'sequencers and mediators' },
    source: 'documentation of Canton 2.8.12 (enterprise, closed source)',
  }),
  'remote-participants': oneOf(
    key(remote2x, { doc: 'Participants of other processes, for the console.', until: '2.10', source: source2x }),
    key(remoteParticipants, { doc: 'Participants of other processes, for the console.', since: '3.3', source }),
  ),
  'remote-sequencers': since3(remoteSequencers, 'Sequencers of other processes, for the console.'),
  'remote-mediators': since3(remoteMediators, 'Mediators of other processes, for the console.'),
  'remote-domains': only2x(
    remote2x,
    'Domains of other processes, for the console.',
    'remote-sequencers and remote-mediators',
  ),
  parameters: key(cantonParameters.prefault({}), { doc: 'Settings for the whole process.', source }),
  features: key(features.prefault({}), { doc: 'Groups of console commands to unlock.', source }),
  monitoring: key(monitoring.prefault({}), { doc: 'Metrics, tracing, logging, health.', source }),
  synchronizers: misplaced('Synchronizers are not configured as one node.', 'sequencers and mediators'),
  crypto: misplaced('There is no crypto section for all nodes.', 'the crypto section of each node'),
  kms: misplaced('There is no KMS for all nodes.', 'crypto.kms of each node'),
};

/** The object at `canton`: what open-source Canton reads. */
export const canton = z.strictObject(shape);

/** 2.x enterprise is closed source: keys that we do not know pass. */
export const canton2xEnterprise = z.looseObject(shape);

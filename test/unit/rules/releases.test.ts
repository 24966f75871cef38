import { deepEqual, equal } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { cantonOfImage, cantonOfSplice } from '../../../schemas/images';
import { keyReleases, newestPatch } from '../../../schemas/releases';
import { CANTON_VERSIONS, type CantonVersion } from '../../../schemas/version';
import { checkText, contextOf, URI } from './check-text';

const KEY = 'canton.participants.p1.traffic-enforcement { enabled = true, reject-multi-party-submissions = true }';

const found = async (text: string, release?: string) => {
  const model = await configurationModel('3.5', 'enterprise');
  return checkText(text, { version: '3.5', model, release })
    .filter(({ severity }) => severity !== 'hint')
    .map(({ severity, code, path }) => `${severity} ${code} ${path?.at(-1)}`);
};

describe('a key of some releases of a line', () => {
  it('is an error in an earlier release', async () => {
    deepEqual(await found(KEY, '3.5.10'), ['error read/other-release reject-multi-party-submissions']);
    deepEqual(await found('canton.participants.p1.traffic-enforcement.enabled = true', '3.5.1'), [
      'error read/other-release traffic-enforcement',
    ]);
  });

  it('is right in this release and later', async () => {
    deepEqual(await found(KEY, '3.5.13'), []);
    deepEqual(await found(KEY, '3.5.14'), []);
  });

  it('is information where nobody says which release it is, and for a snapshot', async () => {
    for (const release of [undefined, '3.5.13-snapshot.20260801.1']) {
      deepEqual(await found(KEY, release), ['information read/other-release reject-multi-party-submissions']);
    }
  });

  it('of the BFT sequencer and of the servers is known as well', async () => {
    const config = 'canton.sequencers.s1.sequencer { type = BFT, config';
    const fetch = `${config}.output-fetch-how-many-recipients = 3 }`;
    const timeout = `${config}.view-change-timeout-override = 20s }`;
    const server = `${config}.initial-network.server-endpoint { external-address = a, external-port = 5, address = b, port = 6, keep-alive-server {} } }`;
    const window = 'canton.mediators.m1.admin-api.initial-flow-control-window = 100';
    for (const text of [fetch, server, window]) {
      deepEqual(await found(text, '3.5.13'), []);
      equal((await found(text, '3.5.12'))[0]?.split(' ')[1], 'read/other-release');
    }
    deepEqual(await found(timeout, '3.5.13'), ['error read/other-release view-change-timeout-override']);
    deepEqual(await found(timeout, '3.5.14'), []);
  });

  it('may be missing in what is known of a later release', async () => {
    const [unknown] = await found('canton.participants.p1.brand-new = 1', '3.5.99');
    equal(unknown, 'warning read/unknown-key brand-new');
    deepEqual(await found('canton.participants.p1.brand-new = 1', '3.5.14'), ['error read/unknown-key brand-new']);
    for (const release of ['3.3.9', '3.6.9', undefined])
      deepEqual(
        checkText('canton.participants.p1.crypto.brand-new = 1', {
          version: release === '3.3.9' ? '3.3' : '3.6',
          release,
        }).map(({ severity }) => severity),
        ['error'],
      );
  });
});

describe('the data of releases', () => {
  for (const version of CANTON_VERSIONS) {
    it(`names keys that the model of ${version} knows`, async () => {
      const model = await configurationModel(version, 'enterprise');
      for (const { path, since } of keyReleases(version)) {
        const sections = path[0] === '*' ? ['participants', 'sequencers', 'mediators'] : [path[0] ?? ''];
        const known = sections.some((section) => {
          const names = [section, ...path.slice(1).map((name) => (name === '*' ? 'n1' : name))];
          const text = `canton.${names.join('.')} = 1`;
          const failures = contextOf(new Map([[URI, text]]), { version, model }).view.failures;
          return !failures.some(({ kind }) => kind === 'unknown-key');
        });
        equal(known, true, path.join('.'));
        if (since !== undefined) equal(since <= (newestPatch(version) ?? 0), true, path.join('.'));
      }
    });
  }
});

describe('the Canton of an image', () => {
  it('is the one of Splice, or that of the tag', () => {
    deepEqual(cantonOfImage('registry.example:5000/mirror/canton-participant:0.7.2'), {
      version: '3.5',
      release: '3.5.13',
    });
    deepEqual(cantonOfImage('canton-participant:0.6.11@sha256:00ff'), { version: '3.5' });
    deepEqual(cantonOfImage('europe-docker.pkg.dev/da-images/public/docker/canton-participant:3.4.11'), {
      version: '3.4',
      release: '3.4.11',
    });
    deepEqual(cantonOfImage('$' + '{REPO}canton-participant:$' + '{TAG:-0.5.9}'), {
      version: '3.4',
      release: '3.4.7',
    });
  });

  it('is unknown by a digest, another image or another tag', () => {
    for (const image of ['canton-participant@sha256:00ff', 'postgres:17.1.0', 'canton-participant:latest']) {
      equal(cantonOfImage(image), undefined, image);
    }
    equal(cantonOfSplice('0.9.1'), undefined);
  });
});

describe('a key of another line', () => {
  const hints = async (text: string, version: CantonVersion) => {
    const model = await configurationModel(version, 'community');
    return checkText(`canton.${text}`, { version, edition: 'community', model })
      .filter(({ code }) => code === 'read/unknown-key')
      .map(({ message, fixes }) => [
        message.replace(/^Unknown key .*?\. ?/, ''),
        fixes?.map(({ title }) => title) ?? [],
      ]);
  };

  it('says since when it exists, and suggests no other key', async () => {
    const key = 'parameters.dev-version-support';
    deepEqual(await hints(`${key} = yes`, '3.5'), [
      ['It requires Canton 3.6; this file is checked against 3.5.', ["Remove 'dev-version-support'"]],
    ]);
    deepEqual(await hints(`${key} = yes`, '3.6'), []);
    deepEqual(await hints(`${key} = yes`, '2.10'), []);
  });

  it('says after which it was removed, and what the line has in its place', async () => {
    deepEqual(await hints('monitoring.health {}', '3.5'), [['Canton removed it after 2.10.', ["Remove 'health'"]]]);
    const [[hint] = []] = await hints('participants.p1.features.profile-dir = a', '3.5');
    equal(hint, "Canton removed it after 3.4. Canton reads 'parameters.engine.profile-dir'.");
  });
});

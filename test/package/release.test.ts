import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, type Manifest, ROOT, readManifest, readTexts } from '../../scripts/manifest';
import { channelOf, notesOf, obstacles, withOwner } from '../../scripts/release';

const TEXT = readFileSync(join(ROOT, 'package.json'), 'utf8');
const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-31\n\n### Added\n\n- All.\n\n## [0.0.9] - 2025-01-01\n\n- Less.\n';
const owned: Manifest = JSON.parse(withOwner(TEXT, 'acme', 'https://github.com/acme/kms'));
const fit = { ...owned, version: '0.1.0' };

describe('the release check', () => {
  it('lets a release pass that has an owner, its tag and its notes', () => {
    deepEqual(obstacles(fit, CHANGELOG, 'v0.1.0', 'https://github.com/acme/kms'), []);
  });

  it('refuses a release without an owner', () => {
    const unowned = JSON.parse(withOwner(TEXT, 'canton-kms', 'https://github.com/set-before-release/canton-kms'));
    const [reason = ''] = obstacles({ ...unowned, version: '0.1.0' }, CHANGELOG, 'v0.1.0');
    match(reason, /no owner/);
  });

  it('refuses another repository, another tag and a version without notes', () => {
    equal(obstacles(fit, CHANGELOG, 'v0.1.0', 'https://github.com/fork/kms').length, 1);
    equal(obstacles(fit, CHANGELOG, 'v0.2.0').length, 1);
    equal(obstacles({ ...fit, version: '0.3.0' }, CHANGELOG, 'v0.3.0').length, 1);
  });

  it('takes the notes of this version alone', () => {
    equal(notesOf(CHANGELOG, '0.1.0'), '### Added\n\n- All.');
    equal(notesOf(CHANGELOG, '0.2.0'), undefined);
  });

  it('takes odd minor versions for pre-releases', () => {
    equal(channelOf('0.1.0'), 'pre-release');
    equal(channelOf('1.2.3'), 'release');
  });
});

describe('the owner in the manifest', () => {
  it('is in every address, and replaced everywhere', () => {
    const { publisher, repository, homepage, bugs } = owned;
    deepEqual(
      { publisher, url: repository.url, homepage, bugs: bugs.url },
      {
        publisher: 'acme',
        url: 'https://github.com/acme/kms.git',
        homepage: 'https://github.com/acme/kms#readme',
        bugs: 'https://github.com/acme/kms/issues',
      },
    );
    const replaced = withOwner(TEXT, 'acme', 'https://github.com/acme/kms');
    ok(!replaced.includes(addressOf(readManifest())));
    const { publisher: now, name } = readManifest();
    ok(!JSON.stringify(readTexts()).includes(`${now}.${name}`), 'a text names the publisher');
  });
});

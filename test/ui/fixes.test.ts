import { deepEqual, equal, ok } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';
import type { Workbench } from './kit/workbench';

const AWS = 'kms {\n    type = aws\n    region = eu-central-1\n  }';
const node = (name: string, text: string) => `canton.participants.${name}.crypto {\n  provider = kms\n  ${text}\n}\n`;
const FILES = {
  'add.canton.conf': node('p1', 'kms {\n    type = gcp\n    project-id = ledger\n    key-ring-id = ring\n  }'),
  'level.canton.conf': node('p2', 'region = eu-central-1\n  kms.type = aws'),
  'name.canton.conf': node('p3', AWS.replace('region', 'regoin')),
  'text.canton.conf': node('p4', 'kms = aws'),
  'unit.canton.conf': node(
    'p5',
    `${AWS}\n  session-signing-keys {\n    enabled = true, key-validity-duration = 5\n  }`,
  ),
  'type.canton.conf': node('p6', 'kms {\n    type = gcp\n    region = eu-central-1\n  }'),
};

describe('the menu of fixes', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await use(openWorkbench({ files: FILES }));
  });

  /** The entries at a place, each of them once. */
  async function menu(file: string, line: number, column: number, expected: string): Promise<string[]> {
    await workbench.openFile(file);
    await workbench.status('Canton 3.5').waitFor();
    await workbench.goTo(line, column);
    await workbench.squiggles('error').first().waitFor();
    const titles = await workbench.fixes(expected);
    deepEqual(titles, [...new Set(titles)]);
    return titles;
  }

  it('adds a required key with a place to fill that is selected', async () => {
    await menu('add.canton.conf', 3, 4, "Add 'location-id'");
    await workbench.take("Add 'location-id'");
    await workbench.shows(/^ {4}location-id = \S+$/m);
    await workbench.type('europe-west3');
    await workbench.shows(/^ {4}location-id = europe-west3$/m);
    await workbench.press('Escape');
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('moves a key one level', async () => {
    const titles = await menu('level.canton.conf', 3, 4, "Move to 'crypto.kms.region'");
    deepEqual(titles.slice(0, 2), ["Move to 'crypto.kms.region'", "Remove 'region'"]);
    // One mistake is one problem, although 'kms' lacks the key as long as it is on the wrong level.
    equal(await workbench.squiggles('error').count(), 1);
    await workbench.take("Move to 'crypto.kms.region'");
    await workbench.shows(/^ {2}kms\.region = eu-central-1$/m);
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('renames a key, and offers no refactoring for one that Canton does not read', async () => {
    const titles = await menu('name.canton.conf', 5, 6, "Rename to 'region'");
    ok(!titles.some((title) => title.includes('environment variable')), titles.join());
    await workbench.take("Rename to 'region'");
    await workbench.shows(/^ {4}region = eu-central-1$/m);
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('wraps a text into the object that it stands for', async () => {
    const titles = await menu('text.canton.conf', 3, 10, "Convert to '{ type = aws }'");
    ok(!titles.some((title) => title.includes('environment variable')), titles.join());
    await workbench.take("Convert to '{ type = aws }'");
    await workbench.shows(/^ {2}kms = \{ type = aws \}$/m);
  });

  it('offers the units that a duration may have', async () => {
    const titles = await menu('unit.canton.conf', 8, 45, "Change to '5m'");
    deepEqual(
      titles.filter((title) => title.startsWith('Change to')),
      ["Change to '5s'", "Change to '5m'", "Change to '5h'", "Change to '5ms'"],
    );
    await workbench.take("Change to '5m'");
    await workbench.shows(/key-validity-duration = 5m$/m);
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('changes the type of a section where the other keys are those of another type', async () => {
    await menu('type.canton.conf', 5, 6, "Change the type to 'aws'");
    await workbench.take("Change the type to 'aws'");
    await workbench.shows(/^ {4}type = aws$/m);
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  });
});

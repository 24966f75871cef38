import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';
import type { Workbench } from './kit/workbench';

const KMS = 'canton.participants.p1.crypto {\n  provider = kms\n  kms {\n    type = aws\n    \n  }\n}\n';
const FILES = {
  'begun.conf': '',
  'path.canton.conf': '',
  'node.canton.conf': 'canton.participants.p2 {\n  \n}\n',
  'section.canton.conf': 'canton.participants.p3 {\n  crypto {\n    \n  }\n}\n',
  'key.canton.conf': KMS,
  'left.canton.conf': KMS.replace('p1', 'p4').replace('type = aws', 'type = aws, region = eu-central-1'),
};

/** No test of this suite requests suggestions, except for their details: they must open automatically. */
describe('typing a configuration', () => {
  let workbench: Workbench;

  let isFresh = false;
  beforeEach(async () => {
    if (!isFresh) workbench = await use(openWorkbench({ files: FILES }));
    isFresh = true;
  });
  // A second try begins with the files as they were.
  afterEach(function () {
    isFresh = this.currentTest?.state === 'passed';
  });

  /** Opens a file of Canton's and puts the cursor at a place in it. */
  async function at(file: string, line: number, column: number): Promise<void> {
    await workbench.openFile(file);
    await workbench.status('Canton 3.5').waitFor();
    await workbench.goTo(line, column);
  }

  it('begins in an empty file with three letters, and goes on by accepting alone', async () => {
    await workbench.openFile('begun.conf');
    await workbench.status('Properties').waitFor();
    await workbench.nodesView.waitFor();
    await workbench.type('can');
    deepEqual(await workbench.suggestions(), ['canton']);
    await workbench.press('Enter');
    await workbench.status('Canton configuration').waitFor();
    await workbench.suggestion('participants').click();
    await workbench.suggestion('new participant').click();
    await workbench.shows(
      /^canton \{\n {2}participants \{\n {4}participant1 \{\n {6}storage \{\n {8}type = postgres\n/,
    );
    await workbench.shows(/password = \$\{POSTGRES_PASSWORD\}/);
    await workbench.type('alice');
    await workbench.shows(/^ {4}alice \{$/m);
    await workbench.press('Escape');
    equal(await workbench.squiggles('error').count(), 0);
  });

  it('completes a path from the dot on, and a new node at its end', async () => {
    await at('path.canton.conf', 1, 1);
    await workbench.type('can');
    ok((await workbench.suggestions()).includes('new participant'));
    await workbench.type('ton.');
    await workbench.suggestion('participants').waitFor();
    await workbench.type('par');
    await workbench.suggestion('remote-participants').waitFor();
    // Those come first that real configurations set most.
    deepEqual(await workbench.suggestions(), ['participants', 'parameters', 'remote-participants']);
    await workbench.press('Escape');
    await workbench.type('ticipants.');
    await workbench.suggestion('new participant').waitFor();
    deepEqual(await workbench.suggestions(), ['new participant']);
    await workbench.press('Escape');
  });

  it('completes whole sections in a node, with places to fill', async () => {
    await at('node.canton.conf', 2, 3);
    await workbench.type('cry');
    await workbench.suggestion('crypto (gcp, external keys)').click();
    await workbench.shows(
      /^ {2}crypto \{\n {4}provider = kms\n {4}kms \{\n {6}type = gcp\n {6}location-id = us-east1\n/m,
    );
    // The first place is selected, and Tab leads to the next ones.
    await workbench.type('europe-west3');
    await workbench.shows(/location-id = europe-west3$/m);
    await workbench.nextPlace(7);
    await workbench.type('ledger');
    await workbench.shows(/project-id = ledger$/m);
    await workbench.nextPlace(8);
    await workbench.type('ring');
    await workbench.shows(/key-ring-id = ring$/m);
    equal(await workbench.squiggles('error').count(), 0);
  });

  it('offers only what fits: in a crypto section no second one, and the preview is indented as the text will be', async () => {
    await at('section.canton.conf', 3, 5);
    await workbench.type('kms');
    const offered = await workbench.suggestions();
    ok(offered.includes('kms (aws)'), offered.join());
    ok(!offered.some((label) => label.startsWith('crypto')), offered.join());
    const focused = workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused', {
      hasText: 'kms (aws)',
    });
    for (let i = 0; i < offered.length && !(await focused.isVisible()); i++) await workbench.press('ArrowDown');
    const lines = workbench.page.locator('.suggest-details .monaco-tokenized-source');
    // The details stay open from one list to the next.
    if (!(await workbench.page.locator('.suggest-details').isVisible())) await workbench.press('Control+Space');
    await lines.filter({ hasText: 'region' }).first().waitFor();
    match(
      (await lines.first().innerText()).replaceAll('\u00a0', ' '),
      /^kms \{\n {2}type = aws\n {2}region = us-east-1\n\}/,
    );
    await workbench.press('Enter');
    await workbench.shows(/^ {4}kms \{\n {6}type = aws\n {6}region = us-east-1\n {4}\}$/m);
    await workbench.press('Escape');
  });

  it('of a key is not interrupted by its problems, which come when it is left, one for each mistake', async () => {
    await at('left.canton.conf', 5, 5);
    for (const letter of 'audit-loging') {
      await workbench.type(letter);
      equal(await workbench.squiggles('error').count(), 0, letter);
    }
    await workbench.press('Escape');
    await workbench.press('ArrowUp');
    await workbench.squiggles('error').first().waitFor();

    await at('key.canton.conf', 5, 5);
    await workbench.type('regoin = eu-central-1');
    await workbench.press('Escape');
    const rows = await workbench.problems();
    await rows
      .filter({ hasText: "Unknown key 'regoin' in 'crypto.kms' of type 'aws'. Did you mean 'region'?" })
      .waitFor();
    await rows.filter({ hasText: "Missing required key 'region'" }).waitFor({ state: 'detached' });
    equal(await workbench.squiggles('error').count(), 1);
  });
});

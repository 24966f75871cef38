import { deepEqual } from 'node:assert/strict';
import { checkText, codes } from './check-text';

const found = (text: string, options = {}) =>
  checkText(text, options)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, configPath }) => `${code} ${configPath}`);

describe('what is unknown is not wrong:', () => {
  it('the sections of Splice’s applications', () => {
    for (const section of ['validator-apps', 'sv-apps', 'scan-apps', 'splitwell-apps']) {
      deepEqual(found(`canton.${section}.backend { storage.type = postgres, anything = 1 }`), []);
      deepEqual(
        found(`canton { ${section}.backend {}, features.enable-testing-commands = yes }`, { isWhole: true }),
        [],
      );
    }
  });

  it('but a section that nearly has such a name', () => {
    const [diagnostic] = checkText('canton.validator-app.backend.storage.type = postgres');
    deepEqual(diagnostic?.code, 'read/unknown-key');
    deepEqual(diagnostic?.message.includes("'validator-apps'"), true);
  });

  it('the keys of a scheme that a variable may set', () => {
    for (const purpose of ['signing', 'encryption'])
      for (const version of ['3.3', '3.5', '3.6'] as const)
        deepEqual(found(`canton.participants.p1.crypto.${purpose}.keys = \${?KEYS}`, { version }), []);
  });

  it('a node named by a template', () => {
    for (const name of [
      '"{{ .Values.name }}"',
      '"<participant>"',
      '"{participant-name}"',
      '"…"',
      '"p-{{ .Release.Name }}"',
      '"$(NODE)"',
      '"participant_$index"',
    ]) {
      deepEqual(
        codes(checkText(`canton.participants.${name} { admin-api.port = 1, ledger-api.port = 2 }`), 'error'),
        [],
      );
    }
    deepEqual(codes(checkText('canton.participants."p 1".admin-api.port = 1'), 'error'), ['read/node-name']);
  });
});

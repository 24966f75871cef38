import { deepEqual, ok } from 'node:assert/strict';
import { type CantonVersion, DEFAULT_CANTON_VERSION, type Edition, versionsSince } from '../../../schemas/version';
import { checkText, codes } from './check-text';

/** Ports make the file complete; a tested line is inside the participant unless it begins with `canton`. */
export function whole(text: string): string {
  const ports = 'canton.participants.n1 { admin-api.port = 4002, ledger-api.port = 4001, http-ledger-api.port = 4003 }';
  const lines = text
    .split('\n')
    .map((line) => (line.startsWith('canton') ? line : `canton.participants.n1 { ${line} }`));
  return [ports, ...lines].join('\n');
}

export const NON_STANDARD = 'canton.parameters.non-standard-config = true\n';

export const ALL3 = versionsSince('3.3');
export const SINCE4 = versionsSince('3.4');
export const SINCE5 = versionsSince('3.5');
export const SINCE6 = versionsSince('3.6');

export type Verdict = readonly [
  text: string,
  /** The error that is reported; undefined: Canton loads and starts this. */
  code: string | undefined,
  versions?: readonly CantonVersion[],
  edition?: Edition,
];

export function describeVerdicts(verdicts: Readonly<Record<string, readonly Verdict[]>>): void {
  for (const [family, list] of Object.entries(verdicts)) {
    describe(`on ${family}`, () => {
      for (const [text, code, versions = [DEFAULT_CANTON_VERSION], edition = 'enterprise'] of list) {
        for (const version of versions) {
          it(`${version} ${edition}: ${text.replaceAll('\n', ' ⏎ ').slice(0, 150)} → ${code ?? 'starts'}`, () => {
            const errors = codes(checkText(whole(text), { version, edition }), 'error');
            if (code === undefined) deepEqual(errors, []);
            else ok(errors.includes(code), `reported: ${errors.join(', ') || 'nothing'}`);
          });
        }
      }
    });
  }
}

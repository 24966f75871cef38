import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANTON_VERSIONS } from '../../schemas/version';
import type { ConfigValue } from '../../server/src/hocon/values/config-value';
import { readForCoverage } from '../../server/src/model/facts/view';
import { workbench } from '../kit/service';

const EXAMPLES = ['participant1.conf', 'participant2.conf', 'sequencer1.conf', 'mediator1.conf'].map((name) =>
  readFileSync(join(__dirname, '../../examples', name), 'utf8'),
);

const OWN = `_shared { region = eu-central-1, storage { type = postgres, config.properties.portNumber = 5432 } }
canton {
  parameters { non-standard-config = no, timeouts.processing.unbounded = 5 minutes }
  monitoring { metrics.reporters = [{ type = prometheus, port = 10013 }], logging.api.message-payloads = true }
  participants.p1 {
    admin-api { port = 5012, tls { cert-chain-file = a, private-key-file = b } }
    ledger-api { port = 5011, auth-services = [{ type = wildcard }], port = \${?PORT} }
    storage = \${_shared.storage}
    parameters.caching.contract-store.maximum-size = 1000
    crypto {
      provider = kms
      kms { type = aws, region = \${_shared.region}, audit-logging = yes, endpoint-override = null }
      session-signing-keys { enabled = true, key-validity-duration = 5m }
      signing.algorithms { default = ed25519, allowed = [ed25519] }
    }
  }
  participants.p2.crypto.kms { type = driver, name = d, config { a { b = 1 } } }
  participants.p3.crypto.kms { type = \${TYPE}, region = x }
  sequencers.s1 = \${_sequencer} { public-api.port = 5 }
  validator-apps.v.enable-wallet = false
}
`;

/** The set values with their paths. */
function leaves(value: ConfigValue, path: readonly string[] = []): (readonly [readonly string[], ConfigValue])[] {
  if (value.kind !== 'object' || value.entries.size === 0) return [[path, value]];
  return [...value.entries].flatMap(([name, entry]) => leaves(entry.value, [...path, name]));
}

describe('what an answer calls checked', () => {
  for (const version of CANTON_VERSIONS) {
    for (const [i, text] of [OWN, ...EXAMPLES].entries()) {
      it(`turns red with a value of another type: configuration ${i + 1} at ${version}`, async () => {
        const diagnose = async (written: string) => {
          const { workspace, fixture } = workbench(written, { force: { version } }, []);
          return workspace.snapshot(fixture.main.uri);
        };
        const snapshot = await diagnose(text);
        const log = readForCoverage(snapshot.config, snapshot.choice.version, snapshot.model);
        const all = leaves(snapshot.config);
        const { checked, unknown, notLookedAt } = snapshot.coverage;
        assert.equal(checked + unknown + notLookedAt, all.length);
        const green: string[] = [];
        for (const [path, value] of all) {
          // A value from a substitution is changed where it is written.
          if (!log.has(value) || path[0] !== 'canton') continue;
          const wrong = value.kind === 'object' ? 'zz' : '{ zz { } }';
          const changed = await diagnose(`${text}\n${path.map((name) => JSON.stringify(name)).join('.')} = ${wrong}\n`);
          const isRed = changed.diagnostics.some(({ severity, configPath = '' }) => {
            const at = configPath.replaceAll('"', '');
            return severity === 'error' && (at === path.join('.') || path.join('.').startsWith(`${at}.`));
          });
          if (!isRed) green.push(path.join('.'));
        }
        assert.deepEqual(green, []);
      });
    }
  }
});

import { version } from '../../../package.json';
import { check } from './commands/check';
import { doctor } from './commands/doctor';
import { effective } from './commands/effective';
import { explain } from './commands/explain';
import { hocon } from './commands/hocon';
import { lsp } from './commands/lsp';
import { plan } from './commands/plan';
import { policy } from './commands/policy';
import { rules } from './commands/rules';
import { schema } from './commands/schema';
import { processIo } from './process-io';
import { run } from './run';

const commands = [check, hocon, effective, plan, policy, rules, explain, schema, doctor, lsp];

run(process.argv.slice(2), commands, version, processIo()).then((code) => {
  // Not `process.exit`: what was written may still be on its way.
  process.exitCode = code;
});

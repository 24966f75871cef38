import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CantonVersion, DEFAULT_CANTON_VERSION, releaseLine } from '../../schemas/version';

/** The settings from the environment; `run.ts` explains them. */
export const VERSION: CantonVersion = versionNamed(process.env.CANTON_VERSION ?? DEFAULT_CANTON_VERSION);
const PORT = Number(process.env.CANTON_PORT ?? 17400);
const KMS_PORT = PORT + 290;
export const KMS_URL = `http://127.0.0.1:${KMS_PORT}`;
/** The alias of the synchronizer shared by all cases. */
export const SYNCHRONIZER_URL = `http://127.0.0.1:${PORT + 1}`;

function versionNamed(text: string): CantonVersion {
  const line = releaseLine(text);
  if (line === undefined) throw new Error(`CANTON_VERSION is '${text}', which is no release line of Canton`);
  return line;
}

function command(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; see the head of run.ts`);
  return resolve(value);
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CANTON_VERSION: VERSION,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    // Each process lives for a minute: what compiles little and collects in one thread is the fastest. With one compiler,
    // Java reserves 48 MB for code, and compiles nothing any more when a busy node has filled it.
    JAVA_OPTS:
      process.env.JAVA_OPTS ??
      '-Xmx2500m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:MetaspaceSize=512m -XX:+UseSerialGC',
  };
}

/**
 * Runs a command in a separate process group that ends with its standard input, so that no started process outlives
 * this one.
 */
const UNTIL_END_OF_INPUT = `exec 3<&0
"$@" </dev/null 3<&- &
command=$!
{ cat <&3 >/dev/null 2>&1; kill -s KILL -- -$$; } >/dev/null 2>&1 &
exec 3<&-
wait "$command"
`;

interface Running {
  readonly child: ChildProcess;
  /** The exit status, or the signal. */
  readonly ended: Promise<number | string>;
  readonly stop: () => Promise<void>;
}

function running(program: string, args: readonly string[], folder: string, output: string, minutes?: number): Running {
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, output), 'w');
  const child = spawn('sh', ['-c', UNTIL_END_OF_INPUT, 'sh', program, ...args], {
    cwd: folder,
    env: environment(),
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const stop = () => child.stdin?.end();
  const late = minutes === undefined ? undefined : setTimeout(stop, minutes * 60_000);
  const ended = new Promise<number | string>((settle, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      clearTimeout(late);
      stop();
      settle(code ?? signal ?? 'not run');
    });
  });
  return {
    child,
    ended,
    stop: async () => {
      stop();
      await ended;
    },
  };
}

/** A server that is stopped after the run. */
export interface Server {
  readonly stop: () => Promise<void>;
}

export async function startKms(folder: string): Promise<Server> {
  const server = running(command('KMS_COMMAND'), [folder, `${KMS_PORT}`], folder, 'out');
  await until(server, folder, async () => (await fetch(KMS_URL).catch(() => undefined)) !== undefined);
  return server;
}

async function until(server: Running, folder: string, isUp: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 900 && server.child.exitCode === null; i++) {
    if (await isUp()) return;
    await sleep(1000);
  }
  await server.stop();
  throw new Error(`no server: ${join(folder, 'out')}`);
}

/** One call of the emulated KMS. */
export async function kms(operation: string, request: object, region = 'us-east-1'): Promise<Record<string, unknown>> {
  const response = await fetch(KMS_URL, {
    method: 'POST',
    body: JSON.stringify(request),
    headers: {
      'X-Amz-Target': `TrentService.${operation}`,
      'Content-Type': 'application/x-amz-json-1.1',
      Authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${region}/kms/aws4_request, SignedHeaders=host, Signature=x`,
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${text}`);
  return JSON.parse(text);
}

/** The synchronizer `da` in memory, which the participants of all cases connect to. */
export async function startSynchronizer(folder: string): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'nodes.conf'),
    `canton.sequencers.s1 { storage.type = memory, admin-api.port = ${PORT + 2}, public-api.port = ${PORT + 1}, sequencer.type = BFT }
canton.mediators.m1 { storage.type = memory, admin-api.port = ${PORT + 3} }
`,
  );
  writeFileSync(join(folder, 'boot.canton'), `${bootstrap('s1', 'm1')}better.files.File("up").overwrite("")\n`);
  const args = ['daemon', '-c', 'nodes.conf', '--bootstrap', 'boot.canton'];
  const server = running(command('CANTON_COMMAND'), args, folder, 'out');
  await until(server, folder, () => existsSync(join(folder, 'up')));
  return server;
}

export function bootstrap(sequencer: string, mediator: string, name = 'da'): string {
  return `bootstrap.synchronizer("${name}", Seq(${sequencer}), Seq(${mediator}), Seq(${sequencer}), synchronizerThreshold = PositiveInt.one,
  staticSynchronizerParameters = StaticSynchronizerParameters.defaultsWithoutKMS(ProtocolVersion.latest))
`;
}

/** A file database, which outlives the process. A commit is written before it returns, as Postgres does, so a kill loses none. */
function storage(name: string): string {
  return `storage { type = h2, config { driver = org.h2.Driver, url = "${databaseUrl(name)}" } }`;
}

export function databaseUrl(name: string): string {
  return `jdbc:h2:file:./${name};MODE=PostgreSQL;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1;WRITE_DELAY=0`;
}

interface Attempt {
  readonly output: string;
  readonly status: number | string;
}

/** The folder of a case with its configuration and its own ports. */
export class Bench {
  readonly conf = 'node.conf';
  private scripts = 0;

  constructor(
    readonly folder: string,
    private readonly index: number,
    /** Each part of a script is killed before its last step, then at its end, and run again after each. */
    readonly isKilled = false,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  private port(offset: number): number {
    return PORT + 10 + 10 * this.index + offset;
  }

  /**
   * A participant on a database file.
   * @param more further settings
   */
  participant(name: string, crypto: string, more = ''): string {
    return `canton.participants.${name} {
  ${storage(name)}
  admin-api.port = ${this.port(4)}
  ledger-api.port = ${this.port(5)}
  http-ledger-api.enabled = false
  crypto { ${crypto} }
  ${more}
}
`;
  }

  /** A participant in memory, for a process of its own beside that of the case. */
  counterpart(name: string): string {
    return `canton.participants.${name} { storage.type = memory, admin-api.port = ${this.port(6)}, ledger-api.port = ${this.port(7)}, http-ledger-api.enabled = false }\n`;
  }

  /** A sequencer `s2` and a mediator `m2` on database files. @param crypto by the name of the node */
  synchronizer(crypto: Readonly<Record<string, string>> = {}): string {
    return `canton.sequencers.s2 {
  ${storage('s2')}
  admin-api.port = ${this.port(0)}
  public-api.port = ${this.port(1)}
  sequencer.type = BFT
  crypto { ${crypto.s2 ?? ''} }
}
canton.mediators.m2 {
  ${storage('m2')}
  admin-api.port = ${this.port(2)}
  crypto { ${crypto.m2 ?? ''} }
}
`;
  }

  /** The port of that synchronizer. */
  get url(): string {
    return `http://127.0.0.1:${this.port(1)}`;
  }

  configure(text: string): void {
    writeFileSync(join(this.folder, this.conf), text);
  }

  /** Adds a node that a plan wrote, as its operator would: with its own ports and database. */
  addNode(name: string, text: string): void {
    const own = `canton.participants.${name} { ${storage(name)}, admin-api.port = ${this.port(6)}, ledger-api.port = ${this.port(7)}, http-ledger-api.enabled = false }\n`;
    const file = join(this.folder, this.conf);
    writeFileSync(file, `${readFileSync(file, 'utf8')}${own}${text}\n`);
  }

  /** Runs a script in a separate process, in which the nodes of the configuration are started. */
  async script(name: string, text: string, conf = this.conf): Promise<string> {
    const { output, status } = await this.attempt(name, text, conf);
    if (status !== 0) throw new Error(`${name} failed (${status}):\n${output.slice(-4000)}`);
    return output;
  }

  async attempt(name: string, text: string, conf = this.conf): Promise<Attempt> {
    const { file, run } = this.begin(name, text, conf);
    const status = await run.ended;
    return { output: readFileSync(join(this.folder, `${file}.out`), 'utf8'), status };
  }

  /** Runs a script at the same time as others, with the nodes of another configuration. */
  beside(name: string, text: string, conf: string): Server & { readonly ended: Promise<number | string> } {
    return this.begin(name, text, conf).run;
  }

  private begin(name: string, text: string, conf: string): { readonly file: string; readonly run: Running } {
    const file = `${String(++this.scripts).padStart(2, '0')}-${name}.canton`;
    writeFileSync(join(this.folder, file), text);
    const args = ['run', file, '-c', conf];
    return { file, run: running(command('CANTON_COMMAND'), args, this.folder, `${file}.out`, 30) };
  }

  /** Runs a script in a process in which no node of the configuration is started, but a participant `idle` in memory. */
  idle(text: string): Promise<string> {
    const node = `canton.participants.idle { storage.type = memory, admin-api.port = ${this.port(8)}, ledger-api.port = ${this.port(9)}, http-ledger-api.enabled = false }\n`;
    writeFileSync(join(this.folder, 'idle.conf'), node);
    return this.script('idle', text, 'idle.conf');
  }

  /** Statements on the database of a stopped node. */
  async sql(database: string, ...statements: readonly string[]): Promise<void> {
    const lines = statements.map((one) => `statement.execute(${JSON.stringify(one)})`);
    await this.idle(
      `val connection = java.sql.DriverManager.getConnection(${JSON.stringify(databaseUrl(database))}, "", "")\nval statement = connection.createStatement()\n${lines.join('\n')}\nstatement.execute("SHUTDOWN")\nconnection.close()\n`,
    );
  }

  backUp(name = 'backup'): void {
    const kept = join(this.folder, name);
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept);
    for (const file of readdirSync(this.folder)) {
      if (file.endsWith('.mv.db')) cpSync(join(this.folder, file), join(kept, file));
    }
  }

  restore(name = 'backup'): void {
    const kept = join(this.folder, name);
    for (const file of readdirSync(kept)) cpSync(join(kept, file), join(this.folder, file));
  }
}

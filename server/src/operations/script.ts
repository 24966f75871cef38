import { scalaComment, scalaIdentifier, scalaString } from '../text/encoders/scala';
import { madeFromLine } from './made-from';
import { type LineGuard, lastMoment, type Plan, type Step, type VaultState } from './plan';
import { recordHead } from './record';

/*
 * The console lines of a plan as Scala scripts, one for each part. A manual step ends a part, because a script is
 * compiled as a whole and runs without interruption (`HeadlessConsole.scala`, `Runner.scala` 3.5): bare expressions
 * print nothing, and `case e: Exception` does not catch what a failing command throws. Values for later parts are saved
 * in a file.
 */

interface NumberedStep {
  readonly step: Step;
  /** The number of the step in the runbook. */
  readonly number: number;
}

/** Console lines between two manual steps. */
interface Part {
  /** The manual steps before it. */
  readonly manual: readonly NumberedStep[];
  readonly steps: readonly NumberedStep[];
  /** The keys of the node while it runs; undefined if they are not known. */
  readonly vault: VaultState | undefined;
}

/** The number of scripts: at least one if the plan is possible, because every plan ends with a verification. */
export function partCount(plan: Plan): number {
  return partsOf(plan).parts.length;
}

/**
 * One part as a script, or the first one followed by a list of the others.
 * @param part from 1 to `partCount`
 */
export function renderConsole(plan: Plan, part?: number): string {
  const name = `${plan.procedure}: ${plan.node}, Canton ${plan.cantonVersion}`;
  if (!plan.possible) {
    return text([scalaComment(name), ...plan.reasons.map((reason) => scalaComment(`Not possible: ${reason}`))]);
  }
  const { parts, after } = partsOf(plan);
  const index = (part ?? 1) - 1;
  const shown = parts[index] as Part;
  const heading = `${name}, part ${index + 1} of ${parts.length}`;
  const warnings = plan.warnings.map((warning) => scalaComment(`Warning: ${warning}`));
  const next = parts[index + 1];
  const until = lastMoment(plan);
  const others = part === undefined ? parts.slice(1).map((one, i) => listing(one, i + 2)) : [];
  return text([
    scalaComment(heading),
    ...(others.length > 0 ? [scalaComment(ADVICE)] : []),
    ...warnings,
    ...(until === undefined ? [] : [scalaComment(until)]),
    ...manualSteps(shown.manual),
    ...script(plan, parts, index),
    ...ending(plan, index, next?.manual ?? after, next !== undefined),
    ...others,
    ...(next === undefined || part === undefined ? wayBack(plan) : []),
  ]);
}

const ADVICE =
  'Print every part with --part before you edit the configuration, and run all parts in one folder: each part writes a file there that the next one reads.';

function partsOf(plan: Plan): { readonly parts: readonly Part[]; readonly after: readonly NumberedStep[] } {
  const parts: (Omit<Part, 'steps'> & { readonly steps: NumberedStep[] })[] = [];
  let manual: NumberedStep[] = [];
  let vault = plan.vault;
  for (const [i, step] of plan.steps.entries()) {
    const numbered = { step, number: i + 1 };
    vault = step.leaves ?? vault;
    if (step.console.length === 0) {
      manual.push(numbered);
      continue;
    }
    const last = parts.at(-1);
    if (last !== undefined && manual.length === 0) last.steps.push(numbered);
    else parts.push({ manual, steps: [numbered], vault });
    // A printed table must still be stored by hand.
    manual = MANUAL.has(step.kind) ? [numbered] : [];
  }
  return { parts, after: manual };
}

const MANUAL: ReadonlySet<Step['kind']> = new Set(['backup', 'edit', 'external', 'restart']);

function manualSteps(steps: readonly NumberedStep[]): string[] {
  return steps.map(({ step, number }) => `\n${scalaComment(`Manual step: ${titleOf(step, number)}\n${step.text}`)}`);
}

function titleOf({ title, pointOfNoReturn }: Step, number: number): string {
  return `${number}. ${title}${pointOfNoReturn ? ' (point of no return)' : ''}`;
}

function listing({ manual, steps }: Part, number: number): string {
  const byHand = manual.flatMap(({ step, number: n }) => [`Manual step: ${titleOf(step, n)}`, step.text]);
  const lines = steps.flatMap(({ step, number: n }) => [titleOf(step, n), step.text, ...step.console]);
  return `\n${scalaComment([`Part ${number} (--part ${number})`, ...byHand, ...lines].join('\n'))}`;
}

/** Only for reading: what to do and run depends on how far the procedure came. */
function wayBack({ rollback }: Plan): string[] {
  return rollback.map(({ title, text: body, console, guards }) => {
    const lines = console.map((code, i) => {
      const done = guards?.[i]?.done;
      return done === undefined ? code : `if (!(${done})) ${code}`;
    });
    return `\n${scalaComment([`To go back: ${title}`, ...(body === '' ? [] : [body]), ...lines].join('\n'))}`;
  });
}

/** The placeholders that the operator must replace. */
const GAP = /<[A-Za-z][^<>]*>/;
const STRING = /"(?:[^"\\]|\\.)*"/g;
/** A string that is replaced as a whole. */
const ANSWER = /^"<([A-Za-z][^<>]*)>"$/;
/** Checks from other nodes are left to the operator, and nothing depends on them. */
const ELSEWHERE = /<(?:another node|a participant)>/;

function script(plan: Plan, parts: readonly Part[], index: number): string[] {
  const part = parts[index] as Part;
  const recalled = recalledValues(parts, index);
  const body = part.steps.flatMap(({ step, number }) => [
    `\n${scalaComment(`${titleOf(step, number)}\n${step.text}`)}`,
    `println(${scalaString(titleOf(step, number))})`,
    `currentStep = ${scalaString(titleOf(step, number))}`,
    ...step.console.flatMap((code, i) => guardedLine(code, step.guards?.[i])),
  ]);
  const lines = withoutRepetitions([...recalled, ...body]);
  const answers = [...new Set(lines.flatMap(codeOf).flatMap(answersIn))];
  return [
    '',
    ...preamble(plan, parts.length, index),
    ...(answers.length === 0 ? [] : answerBlock(answers)),
    ...openLines(lines).map(
      (line) =>
        `require(false, ${scalaString(`Replace the text between < and > in the line below that begins with '${line.slice(0, 60)}', uncomment that line, and remove this one.`)})`,
    ),
    ...nodeChecks(plan, part),
    ...lines.map((line) => (line.trimStart().startsWith('//') ? line : runnable(line))),
  ];
}

/** A script contains each definition once, even if two steps need the same value. */
function withoutRepetitions(lines: readonly string[]): string[] {
  return lines.filter((line, i) => !/^(?:val|def) /.test(line) || lines.indexOf(line) === i);
}

/** The beginning of the names of the files that the scripts of a plan write. */
export function fileNameOf({ procedure, node }: Pick<Plan, 'procedure' | 'node'>): string {
  return `${procedure}-${node}`.replace(/[^\w.-]/g, '_');
}

/** Helpers, and the text that every part has. Only plain Scala and `better.files`, which the console has. */
function preamble({ procedure, node, cantonVersion, madeFrom }: Plan, count: number, index: number): string[] {
  const notes = fileNameOf({ procedure, node });
  return [
    `println(${scalaString(`${procedure}: ${node}, Canton ${cantonVersion}, part ${index + 1} of ${count}`)})`,
    ...(madeFrom === undefined ? [] : [`println(${scalaString(madeFromLine(madeFrom))})`]),
    `val notes = better.files.File(${scalaString(`${notes}.notes`)})`,
    'def noted(name: String): Option[String] = if (notes.exists) notes.lines.toSeq.reverse.collectFirst { case line if line.startsWith(name + " = ") => line.drop(name.length + 3) } else None',
    'def note(name: String, value: String): String = { if (!noted(name).contains(value)) notes.appendLine(name + " = " + value); value }',
    ...recordHelpers(`${notes}.record.md`, { procedure, node, cantonVersion, madeFrom }, index),
    'def check(what: String)(holds: => Boolean): Unit = { val isTrue = holds; record(if (isTrue) "PASS" else "FAIL", what, currentExpression, "true", isTrue.toString); currentExpression = ""; require(isTrue, "Stopped, because this is not true: " + what) }',
    'def skipped(why: String): String = { recordRow("SKIPPED", why, currentExpression, "", ""); "  SKIPPED " + why }',
    'def show(value: => Any): Unit = value match { case () => recordRow("DONE", "", currentExpression, "", "") case many: Iterable[_] => many.foreach(showOne) case one => showOne(one) }',
    ...(index === 0
      ? [
          'if (noted("finished").isDefined) notes.renameTo(notes.name + "." + System.currentTimeMillis)',
          'if (notes.exists) println("NOTE an earlier run left " + notes + ": this run continues it. Delete the file to start again.")',
        ]
      : [
          `check(${scalaString(`part ${index} was run, in this folder`)})(noted(${scalaString(`part ${index}`)}).isDefined)`,
        ]),
    `check(${scalaString(`this is a console of Canton ${cantonVersion}`)})(com.digitalasset.canton.buildinfo.BuildInfo.version.startsWith(${scalaString(`${cantonVersion}.`)}))`,
  ];
}

/**
 * Every check and every value that is shown becomes a row of the record, which stays beside the script for auditors. `recordRow`
 * only writes it; `record` prints it as well.
 */
function recordHelpers(
  file: string,
  plan: Pick<Plan, 'procedure' | 'node' | 'cantonVersion' | 'madeFrom'>,
  index: number,
): string[] {
  const head = recordHead(plan)
    .map((line) => scalaString(line))
    .join(', ');
  return [
    'var currentStep = "before the first step"',
    'var currentExpression = ""',
    `val records = better.files.File(${scalaString(file)})`,
    ...(index === 0
      ? [
          'if (noted("finished").isDefined && records.exists) records.renameTo(records.name + "." + System.currentTimeMillis)',
        ]
      : []),
    `if (!records.exists) records.appendLines(${head})`,
    'def recordCell(text: String): String = { val line = text.replace("|", "\\\\|").replaceAll("\\\\s+", " "); if (line.length > 2000) line.take(2000) + "…" else line }',
    'def recordRow(result: String, what: String, expression: String, expected: String, observed: String): Unit = records.appendLine(Seq(java.time.Instant.now.toString, currentStep, what, expression, expected, observed, result).map(recordCell).mkString("| ", " | ", " |"))',
    'def record(result: String, what: String, expression: String, expected: String, observed: String): Unit = { println(result + " " + what); recordRow(result, what, expression, expected, observed) }',
    'def showOne(value: Any): Unit = { println("  " + value); recordRow("SHOWN", "", currentExpression, "", value.toString) }',
  ];
}

function answerBlock(answers: readonly string[]): string[] {
  return [
    '// Replace the texts between < and >. The script does nothing before that.',
    'val answer = Map(',
    ...answers.map((what) => `  ${scalaString(what)} -> ${scalaString(`<${what}>`)},`),
    ')',
    'answer.foreach { case (what, value) => require(!value.startsWith("<"), "Enter a value at the top of this script: " + what) }',
  ];
}

function answersIn(code: string): string[] {
  return (code.match(STRING) ?? []).flatMap((literal) => ANSWER.exec(literal)?.[1] ?? []);
}

/**
 * If the placeholders of a line are strings, they come from the answers at the top; any other placeholder turns the
 * line into a comment.
 */
function runnable(line: string): string {
  const answered = line.replace(STRING, (literal) => {
    const what = ANSWER.exec(literal)?.[1];
    return what === undefined ? literal : `answer(${scalaString(what)})`;
  });
  return GAP.test(answered.replace(/answer\("[^"]*"\)/g, '')) ? scalaComment(answered) : answered;
}

function codeOf(line: string): string[] {
  return line.trimStart().startsWith('//') ? [] : [line];
}

/** Lines that cannot run without changes. */
function openLines(lines: readonly string[]): string[] {
  return lines.flatMap(codeOf).filter((line) => runnable(line).startsWith('//') && !ELSEWHERE.test(line));
}

/** The code as a text of the record, in which no gap is to be filled. */
function expressionText(code: string): string {
  return scalaString(code.replace(/<([A-Za-z][^<>]*)>/g, '[$1]'));
}

function guardedLine(code: string, guard: LineGuard | undefined): string[] {
  const until =
    guard?.until === undefined
      ? []
      : [`utils.retry_until_true(timeout = 2.minutes, maxWaitPeriod = 5.seconds) { ${guard.until} }`];
  const asked = `currentExpression = ${expressionText(code)}`;
  if (ELSEWHERE.test(code)) {
    return [scalaComment(code), asked, 'println(skipped("this is asked on another node, by hand"))'];
  }
  if (guard?.holds !== undefined) {
    const line = `check(${scalaString(guard.holds)})(${code})`;
    const wait =
      guard.until === undefined
        ? []
        : [
            `scala.util.Try(utils.retry_until_true(timeout = 10.minutes, maxWaitPeriod = 5.seconds) { ${guard.until} })`,
          ];
    const done = scalaString(`${guard.holds}: not asked, because the effect is there already`);
    return [
      ...wait,
      asked,
      guard.done === undefined ? line : `if (!(${guard.done})) ${line} else println(skipped(${done}))`,
    ];
  }
  const line = valueLine(code, guard) ?? (STATEMENT.test(code) ? code : `show(${code})`);
  if (guard?.done !== undefined) {
    return [asked, `if (${guard.done}) println(skipped("the effect is there already")) else ${line}`, ...until];
  }
  return STATEMENT.test(code) ? [line, ...until] : [...until, asked, line];
}

/** A line that is not an expression whose value can be printed. */
const STATEMENT = /^(?:val |def |import |require\(|locally |if |\/\/)/;
const VALUE = /^val (\w+) = (.*)$/s;

/** A value that is needed beyond its part is saved, so that no other part or run creates it again. */
function valueLine(code: string, guard: LineGuard | undefined): string | undefined {
  const [, name = '', expression = ''] = VALUE.exec(code) ?? [];
  const kind = guard?.value;
  const stored = kind === undefined || kind === 'query' ? undefined : STORED[kind];
  if (stored === undefined || name === '') return undefined;
  const known = stored.read(`noted("${name}")`, referenceIn(expression));
  return `val ${name} = ${known}.getOrElse { val made = ${expression}; println("  ${name}: " + note("${name}", ${stored.write('made')})); made }`;
}

interface StoredValue {
  /** Converts an option of the text to an option of the value. */
  readonly read: (option: string, ref: string) => string;
  readonly write: (value: string) => string;
}

const keyOf = (type: string) => (option: string, ref: string) =>
  `${option}.map(id => ${ref}.keys.secret.list().map(_.publicKey).collectFirst { case key: ${type} if key.id.unwrap == id => key }.getOrElse(sys.error("The key " + id + " is in the notes, but not in the vault: the database is older than " + notes.name + ". If no topology store announces the key, remove its line from that file, and run the script again.")))`;
const fingerprintOf = (value: string) => `${value}.id.unwrap`;

type StoredKind = Exclude<LineGuard['value'], 'query' | undefined>;

const STORED: Readonly<Record<StoredKind, StoredValue>> = {
  text: { read: (option) => option, write: (value) => value },
  number: { read: (option) => `${option}.map(_.toLong)`, write: (value) => `${value}.toString` },
  texts: {
    read: (option) => `${option}.map(_.split(",").toSeq)`,
    write: (value) => `${value}.mkString(",")`,
  },
  // The number of contracts by party.
  counts: {
    read: (option) =>
      `${option}.map(_.split(",").filter(_.nonEmpty).map(_.split("=")).map(pair => PartyId.tryFromProtoPrimitive(pair(0)) -> pair(1).toInt).toMap)`,
    write: (value) => `${value}.map { case (party, size) => party.toProtoPrimitive + "=" + size }.mkString(",")`,
  },
  'signing-key': { read: keyOf('SigningPublicKey'), write: fingerprintOf },
  'encryption-key': { read: keyOf('com.digitalasset.canton.crypto.EncryptionPublicKey'), write: fingerprintOf },
};

/** The node at the beginning of a command. */
function referenceIn(expression: string): string {
  return /(`[^`]+`|[A-Za-z_]\w*)\.(?:keys|topology|ledger_api)\b/.exec(expression)?.[1] ?? '';
}

/** The values of earlier parts that this one uses, in order, including the values that they depend on. */
function recalledValues(parts: readonly Part[], index: number): string[] {
  const known = parts.slice(0, index).flatMap((part, partIndex) =>
    part.steps.flatMap(({ step, number }) =>
      step.console.flatMap((code, i) => {
        const [, name, expression = ''] = VALUE.exec(code) ?? [];
        return name === undefined
          ? []
          : [{ name, expression, code, guard: step.guards?.[i], number, part: partIndex + 1 }];
      }),
    ),
  );
  const own = (parts[index]?.steps ?? []).flatMap(({ step }) => step.console);
  const needed = new Set<(typeof known)[number]>();
  const uses = [...own];
  for (const one of [...known].reverse()) {
    const isRedefined = own.some((code) => VALUE.exec(code)?.[1] === one.name);
    if (isRedefined || [...needed].some(({ name }) => name === one.name)) continue;
    if (!uses.some((code) => new RegExp(`\\b${one.name}\\b`).test(withoutStrings(code)))) continue;
    needed.add(one);
    if (one.guard?.value === 'query') uses.push(one.expression);
  }
  return known
    .filter((one) => needed.has(one))
    .map(({ name, expression, code, guard, number, part }) => {
      if (guard?.value === 'query') return code;
      const missing = `'${name}' of step ${number} is required`;
      if (guard?.value === undefined) {
        return `require(false, ${scalaString(`${missing}: run this part in the console session of part ${part}, and remove this line.`)})`;
      }
      const read = STORED[guard.value].read(`noted("${name}")`, referenceIn(expression));
      return `val ${name} = ${read}.getOrElse(sys.error(${scalaString(`${missing}: run part ${part} first, in this folder.`)}))`;
    });
}

function withoutStrings(code: string): string {
  return code.replace(STRING, '""');
}

/**
 * Checks that the nodes of a part run, are active and are the same as in earlier parts, and that the keys of the node
 * are as expected.
 */
function nodeChecks(plan: Plan, part: Part): string[] {
  const code = part.steps.flatMap(({ step }) => step.console).map(withoutStrings);
  const refs = new Set(code.flatMap((line) => [...line.matchAll(NODE)].map(([, ref = '']) => ref)));
  const own = scalaIdentifier(plan.node.slice(plan.node.indexOf('.') + 1));
  // All its replicas are active; a node without its keys reports that it is not.
  const isSequencer = plan.node.startsWith('sequencers.') && plan.cantonVersion !== '2.10';
  return [...refs].flatMap((ref) => [
    isSequencer && ref === own
      ? `check(${scalaString(`${ref} is running`)})(${ref}.health.status.isRunning)`
      : `check(${scalaString(`${ref} is running, and is the active replica`)})(${ref}.health.status.isActive.contains(true))`,
    `if (${ref}.health.initialized()) check(${scalaString(`${ref} is the node of the other parts`)})(noted(${scalaString(`id of ${ref}`)}).forall(_ == ${ref}.id.toProtoPrimitive))`,
    `if (${ref}.health.initialized()) println("  " + note(${scalaString(`id of ${ref}`)}, ${ref}.id.toProtoPrimitive))`,
    ...(ref === own ? vaultCheck(ref, part.vault, plan.cantonVersion) : []),
  ]);
}

const NODE =
  /(?<![\w.`])(`[^`]+`|(?!utils\b|repair\b)[A-Za-z_]\w*)\.(?:keys\.|topology\.|health\.|synchronizers\.|domains\.|parties\.|ledger_api\.|pruning\.|repair\.|dars\.|setup\.|replication\.)/g;

function vaultCheck(ref: string, vault: VaultState | undefined, version: string): string[] {
  const hasIds = version !== '2.10';
  const conditions: Readonly<Record<VaultState, readonly [string, string] | undefined>> = {
    clear: [
      'no key is in the KMS or encrypted with it',
      hasIds ? 'k.wrapperKeyId.isEmpty && k.kmsKeyId.isEmpty' : 'k.wrapperKeyId.isEmpty',
    ],
    wrapped: ['every key is encrypted with a wrapper key', 'k.wrapperKeyId.isDefined'],
    external: hasIds ? ['every key is in the KMS', 'k.kmsKeyId.isDefined'] : undefined,
  };
  const found = vault === undefined ? undefined : conditions[vault];
  if (found === undefined) return [];
  const [what, condition] = found;
  return [`check(${scalaString(`of ${ref}, ${what}`)})(${ref}.keys.secret.list().forall(k => ${condition}))`];
}

function ending(plan: Plan, index: number, by: readonly NumberedStep[], hasNext: boolean): string[] {
  const titles = by.map(({ step, number }) => titleOf(step, number)).join('; ');
  const rest = titles === '' ? '' : ` Manual steps now: ${titles}.`;
  const next = hasNext ? ` Then part ${index + 2}.` : '';
  const notes = hasNext ? `note("part ${index + 1}", "done")` : 'note("finished", "yes")';
  const manual = hasNext ? [] : manualSteps(by);
  return [
    '',
    notes,
    `println(${scalaString(`Part ${index + 1} of ${plan.procedure} is done.${rest}${next}`)})`,
    ...manual,
  ];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

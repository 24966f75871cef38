import { github } from '../../../server/src/cli/reporters/github';
import { gitlab } from '../../../server/src/cli/reporters/gitlab';
import { json } from '../../../server/src/cli/reporters/json';
import { junit } from '../../../server/src/cli/reporters/junit';
import { pretty } from '../../../server/src/cli/reporters/pretty';
import { sarif } from '../../../server/src/cli/reporters/sarif';
import { createLanguageService, POLICY_FORMATS } from '../../../server/src/service';
import { Random } from '../../conformance/hocon/generator/random';
import { HOSTILE_PIECES, OBEYED } from '../../kit/hostile-text';
import { targetsIn } from '../../kit/markdown';

const URI = 'file:///fuzz/main.conf';
/** The targets of our links. */
const OURS = /^(?:file:\/\/\/fuzz\/|https:\/\/docs\.|command:cantonKms)/;

/** Texts that command something elsewhere, as names, keys and values of a configuration: none leaves its place. */
export async function findInjection(seed: number, index: number): Promise<string | undefined> {
  const random = new Random(seed, index);
  const hostile = () => {
    let text = '';
    for (let i = 1 + random.below(4); i > 0; i--) text += random.pick(HOSTILE_PIECES);
    return text;
  };
  const quoted = () => JSON.stringify(random.oneIn(2) ? hostile() : random.pick(['p1', 'us-east-1', 'alias/x']));
  const node = random.oneIn(2) ? 'p1' : hostile();
  const text = `# ${hostile().replaceAll('\n', ' ')}
_x { ${quoted()} = ${quoted()} }
canton.participants.${JSON.stringify(node)} {
  storage.type = postgres
  crypto.kms { type = ${random.pick(['aws', 'gcp', 'driver', quoted()])}, region = ${quoted()}, name = ${quoted()}, config { ${quoted()} = ${quoted()} } }
  crypto.private-key-store.encryption { type = kms, wrapper-key-id = ${quoted()} }
  ${quoted()} = \${?${quoted()}}
}
`;
  const service = createLanguageService({ files: { read: async () => undefined }, list: async () => [] });
  service.update(URI, text);
  const checks = await Promise.all([
    reported(service),
    hovered(service, text, random),
    planned(service, node, hostile(), random),
    policies(service, node),
  ]);
  const reason = checks.find((one) => one !== undefined);
  return reason && `${reason}\n  in ${JSON.stringify(text)}`;
}

type Service = ReturnType<typeof createLanguageService>;

async function reported(service: Service): Promise<string | undefined> {
  const { files, choice, coverage } = await service.check([URI], true);
  const report = {
    cantonVersion: choice.version,
    edition: choice.edition,
    coverage,
    kinds: {},
    projects: [],
    files: [...files].map(([path, { text, diagnostics }]) => ({
      path,
      text,
      diagnostics: diagnostics.map((one) => ({
        ...one,
        related: one.related.map((place) => ({ ...place, path: place.uri })),
      })),
    })),
  };
  const found = report.files.reduce((count, { diagnostics }) => count + diagnostics.length, 0);
  for (const [name, reporter] of Object.entries({ pretty, github, gitlab, json, junit, sarif: sarif([]) })) {
    const shown = reporter(report, { colors: false });
    if (OBEYED.test(shown)) return `${name} has a control character: ${JSON.stringify(shown)}`;
    const commands = shown.split('\n').filter((line) => /^\s*::|##\w*\[/.test(line));
    if (name === 'github' && commands.length !== found)
      return `${name} has ${commands.length} commands for ${found}: ${shown}`;
    if (name === 'pretty' && commands.length > 0) return `${name} has commands: ${commands.join('\n')}`;
    if (['json', 'sarif', 'gitlab'].includes(name)) JSON.parse(shown);
  }
  return undefined;
}

async function hovered(service: Service, text: string, random: Random): Promise<string | undefined> {
  for (const [line, content] of text.split('\n').entries()) {
    for (let i = 0; i < 3; i++) {
      const hover = await service.hover(URI, { line, character: random.below(content.length + 1) });
      const shown = JSON.stringify(hover?.contents ?? '');
      const { value = '' } = (hover?.contents ?? {}) as { readonly value?: string };
      const strange = targetsIn(value).filter((target) => !OURS.test(target));
      if (strange.length > 0) return `a hover leads to ${strange.join(', ')}: ${shown}`;
    }
  }
  return undefined;
}

const ANSWERS = ['wrapper-key-id', 'new-key-id', 'fingerprint', 'provider', 'mode', 'set.region', 'set.name'];

async function planned(service: Service, node: string, answer: string, random: Random): Promise<string | undefined> {
  const request = { uri: URI, node: `participants.${node}`, options: {} };
  const procedures = await service.procedures(request);
  for (let i = 0; i < 3 && procedures.length > 0; i++) {
    const { name: procedure } = random.pick(procedures);
    for (const option of [random.pick(ANSWERS)]) {
      const options = { state: 'existing', [option]: answer };
      const shown = await service.runbook({ ...request, procedure, options });
      const strange = targetsIn(shown.markdown).filter((target) => !OURS.test(target));
      if (strange.length > 0) return `the runbook of ${procedure} leads to ${strange.join(', ')}`;
      for (const one of [shown.markdown, shown.console]) {
        if (OBEYED.test(one)) return `what ${procedure} prints has a control character: ${JSON.stringify(one)}`;
      }
      for (const line of shown.console.split('\n')) {
        if (/^\s*\/\//.test(line)) continue;
        const code = line.replace(/"(?:[^"\\]|\\.)*"/g, '');
        if (/["\r\u2028\u2029]/.test(code)) return `the script of ${procedure} has code of an answer: ${line}`;
      }
    }
  }
  return undefined;
}

async function policies(service: Service, node: string): Promise<string | undefined> {
  for (const format of POLICY_FORMATS) {
    const answer = await service.policy(URI, { node: `participants.${node}`, format });
    if (answer.kind === 'none') continue;
    if (answer.ending === 'json') JSON.parse(answer.text);
    if (OBEYED.test(answer.text)) return `the policy as ${format} has a control character: ${answer.text}`;
  }
  return undefined;
}

import { URI } from 'vscode-uri';
import { CANTON_VERSIONS, releaseLine } from '../../../../schemas/version';
import type { Upgrade } from '../../service';
import { jsonText } from '../../text/encoders/json';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { UsageError } from '../io';
import { openFiles, shown } from '../targets';

const FORMATS = ['text', 'markdown', 'json'] as const;

export const upgrade: Command = {
  name: 'upgrade',
  usage: '--to VERSION [OPTION...] FILE...',
  summary: 'Shows what changes under another Canton version.',
  options: [
    ['--to V', `The other version: ${CANTON_VERSIONS.join(', ')}`, CANTON_VERSIONS],
    ['--format F', `${FORMATS.join(', ')}; text by default`, FORMATS],
    ['--canton-version V', 'The present version of all files', CANTON_VERSIONS],
    ...LAUNCH_HELP.filter(([option]) => !option.startsWith('--canton-version')),
  ],
  examples: ['canton-kms upgrade --to 3.5 --canton-version 3.4 p1.conf storage.conf'],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      to: { type: 'string' },
      format: { type: 'string' },
    });
    const format = choice(values.format, FORMATS, '--format') ?? 'text';
    if (values.to === undefined) throw new UsageError('--to is required');
    const to = releaseLine(values.to);
    if (to === undefined)
      throw new UsageError(`--to is "${values.to}"; known versions are ${CANTON_VERSIONS.join(', ')}`);
    if (positionals.length === 0) throw new UsageError('no file given');
    const { service, uris } = await openFiles(positionals, io, await launchSettings(values, io));
    const nameOf = (uri: string) => shown(URI.parse(uri).fsPath, io.cwd);
    const { upgrades, text, markdown } = await service.upgrade(uris, to, nameOf);
    if (format === 'json')
      io.out(`${jsonText({ version: 1, launchSets: upgrades.map((one) => withPaths(one, nameOf)) })}\n`);
    else io.out(format === 'text' ? text : markdown);
    return upgrades.every(({ changes, procedures }) => changes.length + procedures.length === 0) ? 0 : 1;
  },
};

function withPaths(upgrade: Upgrade, nameOf: (uri: string) => string): object {
  return {
    ...upgrade,
    from: upgrade.from.version,
    to: upgrade.to.version,
    edition: upgrade.to.edition,
    changes: upgrade.changes.map(({ place, edits, ...change }) => ({
      ...change,
      ...(place && { path: nameOf(place.uri), line: place.line }),
      edits: edits.map(({ file, ...edit }) => ({ file: nameOf(file), ...edit })),
    })),
  };
}

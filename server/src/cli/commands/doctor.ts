import { URI } from 'vscode-uri';
import { version } from '../../../../package.json';
import { createLanguageService, listRules } from '../../service';
import { terminalLines } from '../../text/encoders/terminal';
import { type Command, parse } from '../command';
import { findTargets, readNamed, shown } from '../targets';

/** The same report as in editors, for the files that a command line names. */
export const doctor: Command = {
  name: 'doctor',
  usage: '[PATH...]',
  summary: 'Shows how files are checked: project file, launch sets, versions.',
  options: [],
  examples: ['canton-kms doctor deploy'],
  async run(args, io) {
    const { positionals } = parse(args, {});
    const targets = await findTargets(positionals.length > 0 ? positionals : ['.'], io);
    for (const { path, named } of targets) if (named) await readNamed(path, io);
    const uris = targets.map(({ path }) => URI.file(path).toString());
    const service = createLanguageService({ files: io.disk.files, list: async () => uris });
    const text = await service.doctor(uris, (uri) => shown(URI.parse(uri).fsPath, io.cwd));
    io.out(
      terminalLines(`canton-kms ${version}, Node ${process.versions.node}, ${listRules().length} rules\n\n${text}`),
    );
    return 0;
  },
};

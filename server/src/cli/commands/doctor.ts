import { URI } from 'vscode-uri';
import { version } from '../../../../package.json';
import { diskFiles } from '../../fs/node';
import { rules } from '../../rules';
import { LanguageService } from '../../service';
import { report } from '../../service/report';
import { type Command, parse } from '../command';
import { findTargets, readNamed, shown } from '../targets';

/** The report of the files that a command line names; editors have the same. */
export const doctor: Command = {
  name: 'doctor',
  usage: '[PATH...]',
  summary: 'Tells how files are checked: project file, launch sets, versions, includes, rules that are off.',
  options: [],
  async run(args, io) {
    const { positionals } = parse(args, {});
    const targets = await findTargets(positionals.length > 0 ? positionals : ['.'], io.cwd);
    for (const { path, named } of targets) if (named) await readNamed(path, io.cwd);
    const uris = targets.map(({ path }) => URI.file(path).toString());
    const service = new LanguageService({ files: diskFiles, list: async () => uris });
    const text = await report(service, uris, (uri) => shown(URI.parse(uri).fsPath, io.cwd));
    io.out(`canton-kms ${version}, Node ${process.versions.node}, ${rules.length} rules\n\n${text}`);
    return 0;
  },
};

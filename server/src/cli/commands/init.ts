import { relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { kindOfFile } from '../../service';
import { jsonText } from '../../text/encoders/json';
import { type Command, parse } from '../command';
import { UsageError } from '../io';
import { NamedFiles } from '../named-files';
import { draftProject, type FoundFile, STARTS_CANTON } from '../project-draft';
import { shown } from '../targets';

const PROJECT_FILE = 'canton-kms.json';

export const init: Command = {
  name: 'init',
  usage: '[--print] [FOLDER]',
  summary: 'Writes canton-kms.json, from what starts Canton in a folder.',
  options: [['--print', 'Print the project file, and write nothing']],
  examples: ['canton-kms init deploy'],
  async run(args, io) {
    const { values, positionals } = parse(args, { print: { type: 'boolean', default: false } });
    if (positionals.length > 1) throw new UsageError('one folder, please');
    const folder = resolve(io.cwd, positionals[0] ?? '.');
    const path = resolve(folder, PROJECT_FILE);
    const name = shown(path, io.cwd);
    if (!values.print && (await io.disk.read(path)).kind !== 'missing') {
      throw new UsageError(`"${name}" exists already, and is not overwritten; --print shows the new one`);
    }
    const targets = await new NamedFiles(io).take([positionals[0] ?? '.'], false);
    const inside = (file: string) => relative(folder, file).replaceAll(sep, '/');
    const configurations = targets
      .map((uri) => URI.parse(uri).fsPath)
      .filter((file) => kindOfFile(file) === 'hocon')
      .map(inside);
    const found: FoundFile[] = [];
    for (const file of await io.disk.filesIn(folder, (name) => STARTS_CANTON.test(name))) {
      const read = await io.disk.read(file);
      if (read.kind === 'text') found.push({ path: inside(file), text: read.text });
    }
    const { project, notes } = draftProject(found, configurations);
    const text = `${jsonText(project)}\n`;
    for (const note of notes) io.err(note);
    if (Object.keys(project).length === 0)
      io.err('nothing here says how Canton is started, so each file is a launch of its own');
    if (values.print) {
      io.out(text);
      return 0;
    }
    const reason = await io.writer.create(path, text);
    if (reason !== undefined) throw new UsageError(`"${name}" ${reason}`);
    io.err(`wrote "${name}"`);
    return 0;
  },
};

import { DEFAULT_CANTON_VERSION, DEFAULT_EDITION } from '../../../../schemas/version';
import { cantonJsonSchema } from '../../model/json-schema';
import { type Command, parse } from '../command';
import { VERSION_HELP, VERSION_OPTIONS, versionWish } from '../version-options';

export const schema: Command = {
  name: 'schema',
  usage: '[OPTION...]',
  summary: 'Prints the JSON Schema of a resolved configuration.',
  options: VERSION_HELP,
  async run(args, io) {
    const { version = DEFAULT_CANTON_VERSION, edition = DEFAULT_EDITION } = versionWish(
      parse(args, VERSION_OPTIONS).values,
    );
    io.out(`${JSON.stringify(cantonJsonSchema(version, edition), null, 2)}\n`);
    return 0;
  },
};

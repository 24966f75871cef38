import { DEFAULT_CANTON_VERSION, DEFAULT_EDITION } from '../../../../schemas/version';
import { jsonSchemaOf } from '../../service';
import { type Command, parse, requestedVersion, VERSION_HELP, VERSION_OPTIONS } from '../command';

export const schema: Command = {
  name: 'schema',
  usage: '[OPTION...]',
  summary: 'Prints a JSON Schema for resolved configurations.',
  options: VERSION_HELP,
  examples: ['canton-kms schema --canton-version 3.5 >canton.schema.json'],
  async run(args, io) {
    const { version = DEFAULT_CANTON_VERSION, edition = DEFAULT_EDITION } = requestedVersion(
      parse(args, VERSION_OPTIONS).values,
    );
    io.out(`${JSON.stringify(await jsonSchemaOf(version, edition), null, 2)}\n`);
    return 0;
  },
};

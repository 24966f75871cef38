import type { CantonVersion, Edition } from '../../../schemas/version';
import type { Environment, RootFile } from '../hocon/source';

/** The files of one Canton process in the order of its `-c` options, and what they are checked against. */
export interface LaunchSet {
  readonly name: string;
  readonly roots: readonly RootFile[];
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly environment: Environment;
}

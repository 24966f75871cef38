import { projectModel } from '../../../../schemas/project-model';
import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { ConfigObject } from '../../hocon/values/config-value';
import { fieldAt } from '../../model/binding/lookup';
import { isSecretName } from '../../model/facts/secret-name';

export { isSecretName, withoutCredentials } from '../../model/facts/secret-name';

/** Stands for a value that is not to be shown. */
export const MASKED = '(secret)';

/** Whether the value at a full path must not be shown: the schema says so of it or of what it is in, or its name does. */
export function secretsIn(
  config: ConfigObject,
  version: CantonVersion,
  edition: Edition,
): (path: readonly string[]) => boolean {
  const canton = config.entries.get('canton')?.value;
  const section = canton?.kind === 'object' ? canton : undefined;
  const model = projectModel(version, edition);
  const isSecret = (path: readonly string[]): boolean => {
    const field = path[0] === 'canton' ? fieldAt(model, path.slice(1), section) : undefined;
    if (field !== undefined && field.meta.source !== '') return field.meta.secret === true;
    return isSecretName(path.at(-1) ?? '');
  };
  return (path) => path.some((_, i) => isSecret(path.slice(0, i + 1)));
}

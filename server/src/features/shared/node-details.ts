import type { ConfigObject } from '../../hocon/values/config-value';
import type { Diagnostic } from '../../model/diagnostic';
import { type CantonNode, objectAt } from '../../model/facts/nodes';

/** What a list tells of a node besides its mode and provider. */
export interface NodeDetails {
  /** Where the KMS is: region, location with key ring, or the name of the driver; undefined where that is not known. */
  readonly place: string | undefined;
  /** The wrapper key that the configuration names. */
  readonly wrapperKey: string | undefined;
  /** Anywhere in the node's configuration, whichever file they stand in. */
  readonly problems: { readonly errors: number; readonly warnings: number };
}

export function nodeDetails(node: CantonNode, diagnostics: readonly Diagnostic[]): NodeDetails {
  const { crypto, mode, path } = node;
  const kms = objectAt(crypto, 'kms');
  const encryption = objectAt(objectAt(crypto, 'private-key-store'), 'encryption');
  const isOwn = ({ configPath = '' }: Diagnostic) => {
    const prefix = path.join('.');
    return configPath === prefix || configPath.startsWith(`${prefix}.`);
  };
  return {
    place: mode === 'none' ? undefined : placeOf(kms),
    wrapperKey: mode === 'envelope' ? textIn(encryption, 'wrapper-key-id') : undefined,
    problems: problemsIn(diagnostics.filter(isOwn)),
  };
}

export function problemsIn(diagnostics: readonly Diagnostic[]): NodeDetails['problems'] {
  const count = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

function placeOf(kms: ConfigObject | undefined): string | undefined {
  const parts = ['region', 'location-id', 'key-ring-id', 'name'].map((key) => textIn(kms, key));
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join('/');
}

function textIn(object: ConfigObject | undefined, key: string): string | undefined {
  const value = object?.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}

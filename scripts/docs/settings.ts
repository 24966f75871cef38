import {
  CANTON_VERSIONS,
  type CantonVersion,
  DEFAULT_CANTON_VERSION,
  DEFAULT_EDITION,
  EDITIONS,
  isReleased,
} from '../../schemas/version';

/** `package.json` with the versions and editions that its settings offer: the newest version first. */
export function manifestWithVersions(text: string): string {
  const manifest = JSON.parse(text);
  const settings = manifest.contributes.configuration.properties;
  const versions = [...CANTON_VERSIONS].reverse();
  Object.assign(settings['cantonKms.cantonVersion'], {
    enum: versions,
    enumDescriptions: versions.map(describe),
    default: DEFAULT_CANTON_VERSION,
  });
  Object.assign(settings['cantonKms.edition'], { enum: [...EDITIONS].reverse(), default: DEFAULT_EDITION });
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The key of the description in `package.nls.json`; empty where there is nothing to say. */
function describe(version: CantonVersion): string {
  if (version === DEFAULT_CANTON_VERSION) return '%setting.cantonVersion.default%';
  if (version.startsWith('2.')) return '%setting.cantonVersion.last2%';
  return isReleased(version) ? '' : '%setting.cantonVersion.unreleased%';
}

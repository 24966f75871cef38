/** Language ids and file names that package.json contributes. */
export const CANTON_CONF = 'canton-conf';
export const CANTON_CONSOLE = 'canton-console';
export const PROJECT_FILE = 'canton-kms.json';
export const SETTINGS = 'cantonKms';

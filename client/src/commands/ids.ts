/** Command ids, as package.json contributes them. */
export const CHOOSE_VERSION = 'cantonKms.chooseCantonVersion';
export const CONFIGURE_KMS = 'cantonKms.configureKms';
export const ENABLE_ENVELOPE = 'cantonKms.enableEnvelope';
export const ENABLE_EXTERNAL = 'cantonKms.enableExternal';
export const ROTATE_WRAPPER_KEY = 'cantonKms.rotateWrapperKey';
export const ROTATE_EXTERNAL_KEYS = 'cantonKms.rotateExternalKeys';
export const PLAN_PROCEDURE = 'cantonKms.planProcedure';
export const WRITE_POLICY = 'cantonKms.writePolicy';
export const PREVIEW_EDITS = 'cantonKms.previewEdits';
export const OPEN_CONSOLE_SCRIPT = 'cantonKms.openConsoleScript';
export const SHOW_NODE = 'cantonKms.showNode';
export { SHOW_EFFECTIVE } from '../../../server/src/lsp/protocol';
export const REFRESH_NODES = 'cantonKms.refreshNodes';
export const PREVIOUS_DEFINITION = 'cantonKms.previousDefinition';
export const NEXT_DEFINITION = 'cantonKms.nextDefinition';
export const COPY_KEY_PATH = 'cantonKms.copyKeyPath';
export const MOVE_ENTRY_UP = 'cantonKms.moveEntryUp';
export const MOVE_ENTRY_DOWN = 'cantonKms.moveEntryDown';

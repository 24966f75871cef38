/** Command ids, as package.json contributes them. */
export const CHOOSE_VERSION = 'cantonKms.chooseCantonVersion';
export const CONFIGURE_KMS = 'cantonKms.configureKms';
export const ROTATE_WRAPPER_KEY = 'cantonKms.rotateWrapperKey';
export const PLAN_PROCEDURE = 'cantonKms.planProcedure';
export const SHOW_NODE = 'cantonKms.showNode';
export const REFRESH_NODES = 'cantonKms.refreshNodes';

/**
 * The parts of the engine that most sessions never ask for, in one bundle: plans, policies, the effective configuration
 * as a document and the JSON Schema. Load it with `import()`; any other import makes every start slower.
 */
export { effectiveDocument } from '../features/requests/effective/effective-document';
export { cantonJsonSchema } from '../model/json-schema';
export { drawMermaid, drawText } from '../operations/keys/draw';
export { keyHierarchy } from '../operations/keys/hierarchy';
export { versionsOf } from '../operations/procedure';
export { procedures } from '../operations/procedures';
export { comparing } from './comparing';
export { keyPage } from './key-pages';
export { logs } from './logs';
export { planning } from './planning';

/**
 * The parts of the engine that most sessions never ask for, in one bundle: plans, policies, the effective configuration
 * as a document and the JSON Schema. Load it with `import()`; any other import makes every start slower.
 */
export { effectiveDocument } from '../features/requests/effective/effective-document';
export { cantonJsonSchema } from '../model/json-schema';
export { driftFor } from '../operations/drift/drift';
export { drawMermaid, drawText } from '../operations/keys/draw';
export { keyHierarchy } from '../operations/keys/hierarchy';
export { configurationHash, madeFrom, readMadeFrom, staleness } from '../operations/made-from';
export { answerFault, nextQuestion, offeredProcedures, plan } from '../operations/planner';
export { policyFor } from '../operations/policy/policy';
export { creationFor } from '../operations/preflight/create';
export { preflightFor } from '../operations/preflight/preflight';
export { versionsOf } from '../operations/procedure';
export { procedures } from '../operations/procedures';
export { renderMarkdown } from '../operations/render';
export { partCount, renderConsole } from '../operations/script';
export { outlookAfter } from '../operations/trouble/outlook';
export { comparing } from './comparing';
export { keyPage } from './key-pages';
export { logs } from './logs';

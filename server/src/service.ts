import { withEmbedded } from './service/embedded';
import { type HoconService, hoconService } from './service/hocon-service';
import { createWorkspace, type LanguageServiceHost } from './workspace/workspace';

/**
 * The only door to the engine: one factory, functions that need no workspace, and types of plain data. Importers need
 * nothing else.
 */
export type LanguageService = HoconService;

export function createLanguageService(host: LanguageServiceHost): LanguageService {
  const workspace = createWorkspace(host);
  return withEmbedded(hoconService(workspace), workspace);
}

export { cantonOfImage } from '../../schemas/images';
export { KMS_TYPE_NAMES } from '../../schemas/kms-types';
export type { Upgrade } from './comparison/upgrade';
export { FILE_GLOBS, kindOfFile, mayHoldCanton } from './embedded';
export type { LocatedDiagnostic } from './features/requests/diagnostics';
export type { EffectiveDocument, EffectiveLink } from './features/requests/effective/effective-document';
export type { Refusal } from './features/requests/rename';
export {
  CODE_ACTION_KIND,
  DIAGNOSTIC_TAG,
  FORMATTING_CHARACTERS,
  isWanted,
  MAX_ITEMS,
  SEVERITY,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
} from './features/shared/lsp-kinds';
export type { NodeSummary } from './features/shared/nodes';
export type { Environment, FileAccess } from './hocon/source';
export type { Coverage } from './model/binding/coverage';
export { INTERNAL_FAULT, type Severity } from './model/diagnostic';
export { MODE_NAMES } from './model/facts/nodes';
export type { RequestedVersion } from './model/facts/version-choice';
export type { DriftResult, KeyVerdict } from './operations/drift/drift';
export type { Need } from './operations/drift/needs';
export type { Plan, PlannedEdit, Step } from './operations/plan';
export { LAUNCH_SET } from './operations/plan';
export type { AnswerFault } from './operations/planner';
export { POLICY_FORMATS } from './operations/policy/formats';
export { CREATE_FORMATS, type GivenKey, KEY_ROLES } from './operations/preflight/given-keys';
export type { Question } from './operations/procedure';
export type { RequestedHints } from './service/authoring';
export type { CheckedFile } from './service/checking';
export type { DiffSide, PlacedChange, PlacedValue, SetDiff } from './service/comparing';
export type { MovedEntry } from './service/editing';
export type { ChangedText } from './service/fixing';
export type { ExplainedFailure, LogAnswer, PlacedKey } from './service/logs';
export type { OtherDefinition } from './service/navigation';
export type { ListedNode, PlacedNode } from './service/nodes';
export type {
  PlannedProcedure,
  PolicyAnswer,
  PolicyRequest,
  ProcedureRequest,
  ProcedureSummary,
} from './service/planning';
export {
  evaluateHocon,
  explainKey,
  type HoconError,
  jsonSchemaOf,
  listProcedures,
  listRules,
  rulePage,
} from './service/reference';
export type { FileEvent } from './workspace/file-list';
export { readEnvFile } from './workspace/project-files';
export type { ServiceSettings } from './workspace/snapshots';
export type { LanguageServiceHost } from './workspace/workspace';

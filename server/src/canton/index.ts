export { projectModel } from '../../../schemas/project-model';
export { isCantonDocument } from './classify';
export { readEnvFile } from './env-file';
export type { LaunchSet } from './launch-set';
export { fieldAt, fieldsAt } from './lookup';
export { type CantonNode, findNodes, type KmsMode, NODE_SECTIONS, type NodeSection } from './nodes';
export {
  launchSetRoots,
  PROJECT_FILE_NAME,
  type ProjectReading,
  projectEnvironment,
  readProjectFile,
} from './project-file';
export { chooseVersion, type Directive, readDirective, type VersionChoice, type VersionWish } from './version-choice';
export { isWholeSection } from './whole-section';

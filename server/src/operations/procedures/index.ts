import type { Procedure } from '../procedure';
import { changeProvider } from './change-provider';
import { configure } from './configure';
import { deleteKeys } from './delete-keys';
import { deploySplice } from './deploy-splice';
import { enableEnvelope } from './enable-envelope';
import { enableExternal } from './enable-external';
import { enableSessionSigningKeys } from './enable-session-signing-keys';
import { failoverRegion } from './failover-region';
import { isolateRootKey } from './isolate-root-key';
import { migrateExportKeys } from './migrate-export-keys';
import { migrateTransferAssets } from './migrate-transfer-assets';
import { registerKeys } from './register-keys';
import { repairSkippedMessage } from './repair-skipped-message';
import { restoreKeys } from './restore-keys';
import { revertEnvelope } from './revert-envelope';
import { rotateExternalKeys } from './rotate-external-keys';
import { rotateWrapperKey } from './rotate-wrapper-key';

/** The procedures in the order in which an operator needs them. */
export const procedures: readonly Procedure[] = [
  configure,
  enableEnvelope,
  revertEnvelope,
  enableExternal,
  registerKeys,
  migrateExportKeys,
  migrateTransferAssets,
  changeProvider,
  rotateWrapperKey,
  rotateExternalKeys,
  deleteKeys,
  enableSessionSigningKeys,
  isolateRootKey,
  restoreKeys,
  repairSkippedMessage,
  failoverRegion,
  deploySplice,
];

export function findProcedure(name: string): Procedure | undefined {
  return procedures.find((procedure) => procedure.name === name);
}

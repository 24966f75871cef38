import { stringify } from 'yaml';
import type { GcpRole } from './gcp';

/** A file for `gcloud iam roles create --file`, with the commands that create and grant the role. */
export function renderGcpRole(role: GcpRole): string {
  const { id, project, location, keyRing, cryptoKeys, email } = role;
  const grant = `--member=serviceAccount:${email} --role=projects/${project}/roles/${id}`;
  const where = `--location=${location} --project=${project}`;
  const grants = cryptoKeys.map(
    (key) => `gcloud kms keys add-iam-policy-binding ${key} --keyring=${keyRing} ${where} ${grant}`,
  );
  if (grants.length === 0) grants.push(`gcloud kms keyrings add-iam-policy-binding ${keyRing} ${where} ${grant}`);
  const commands = [`gcloud iam roles create ${id} --project=${project} --file=ROLE.yaml`, ...grants];
  const body = { title: role.title, stage: 'GA', includedPermissions: role.permissions };
  return `${commands.map((command) => `# ${command}\n`).join('')}${stringify(body, { lineWidth: 0 })}`;
}

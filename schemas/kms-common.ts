import { key } from './registry';
import { retries } from './retries';
import { flag } from './scalars';
import { sessionSigningKeys } from './session-signing-keys';

const source = 'config/KmsConfig.scala 3.3, 3.4, 3.5, main';

export const auditLogging = key(flag.default(false), {
  doc: 'Logs every call to the KMS, to the normal log or to the file that `KMS_LOG_FILE_NAME` names.',
  source,
});

/** What every kind of `kms` has. */
export const common = {
  retries: key(retries.prefault({}), { doc: 'How failed calls to the KMS are tried again.', source }),
  'session-signing-keys': key(sessionSigningKeys.prefault({ enabled: false }), {
    doc: 'Session signing keys, in the place where Canton 3.4 has them. Since 3.5 they stand at `crypto.session-signing-keys`, and this place is only an alias.',
    since: '3.4',
    deprecated: { since: '3.5', instead: 'crypto.session-signing-keys' },
    manual: 'sessionKeys',
    source,
  }),
};

import { choice } from './registry';

/**
 * The cryptographic schemes of Canton 3.x, in the order in which Canton declares them
 * (`crypto/{Signing,Encryption,Hash,CryptoKeys,PasswordBasedEncryption}.scala`, all 3.x lines).
 */
export const provider = choice({
  jce: {
    doc: 'Software cryptography: private keys are used inside the node. Together with `private-key-store.encryption` they are stored encrypted.',
    displayName: 'JCE',
  },
  kms: {
    doc: 'Private keys are in the KMS and never leave it; the node asks the KMS to sign and decrypt. Requires a `kms` section.',
    displayName: 'KMS',
  },
  tink: { doc: 'Tink, the default of Canton 2.x.', displayName: 'Tink', until: '2.10', instead: 'jce' },
});

function spellingOf2x(displayName: string, instead: string) {
  return { doc: 'Spelling of Canton 2.x.', displayName, until: '2.10', instead } as const;
}

export const signingAlgorithm = choice({
  'ed-25519': {
    doc: 'EdDSA over Curve25519. AWS KMS cannot sign with it; Cloud KMS can since Canton 3.4.',
    displayName: 'Ed25519',
  },
  'ec-dsa-sha-256': { doc: 'ECDSA with SHA-256, for keys on P-256 or secp256k1.', displayName: 'EC-DSA-SHA256' },
  'ec-dsa-sha-384': { doc: 'ECDSA with SHA-384, for keys on P-384.', displayName: 'EC-DSA-SHA384' },
  'ml-dsa-65': {
    doc: 'ML-DSA-65, a post-quantum signature. Experimental: requires `crypto.enable-experimental = true`.',
    displayName: 'ML-DSA-65',
    since: '3.6',
  },
  'ec-dsa-p-256': spellingOf2x('EC-DSA-P256', 'ec-dsa-sha-256'),
  'ec-dsa-p-384': spellingOf2x('EC-DSA-P384', 'ec-dsa-sha-384'),
});

export const signingKey = choice({
  'ec-curve-25519': { doc: 'Curve25519, for `ed-25519`.', displayName: 'EC-Curve25519' },
  'ec-p-256': { doc: 'NIST P-256, for `ec-dsa-sha-256`.', displayName: 'EC-P256' },
  'ec-p-384': { doc: 'NIST P-384, for `ec-dsa-sha-384`.', displayName: 'EC-P384' },
  'ec-secp-256k-1': { doc: 'secp256k1, for `ec-dsa-sha-256`.', displayName: 'EC-Secp256k1' },
  'ml-dsa-65': {
    doc: 'ML-DSA-65, for the algorithm of the same name. Experimental: requires `crypto.enable-experimental = true`.',
    displayName: 'ML-DSA-65',
    since: '3.6',
  },
  'ec-dsa-p-256': spellingOf2x('EC-DSA-P256', 'ec-p-256'),
  'ec-dsa-p-384': spellingOf2x('EC-DSA-P384', 'ec-p-384'),
});

export const encryptionAlgorithm = choice({
  'ecies-hkdf-hmac-sha-256-aes-128-gcm': {
    doc: 'ECIES on P-256 with AES-128-GCM. Removed in Canton 3.4.',
    displayName: 'ECIES_HMAC256_AES128-GCM',
    until: '3.3',
    instead: 'ecies-hkdf-hmac-sha-256-aes-128-cbc',
  },
  'ecies-hkdf-hmac-sha-256-aes-128-cbc': {
    doc: 'ECIES on P-256 with AES-128-CBC. Neither AWS KMS nor Cloud KMS can decrypt it.',
    displayName: 'ECIES_HMAC256_AES128-CBC',
  },
  'rsa-oaep-sha-256': {
    doc: 'RSA-OAEP with SHA-256, for RSA-2048 keys; the scheme of the KMS provider.',
    displayName: 'RSA-OAEP-SHA256',
  },
  'rsa-2048-oaep-sha-256': spellingOf2x('RSA2048-OAEP-SHA256', 'rsa-oaep-sha-256'),
  'ecies-p-256-hmac-sha-256-aes-128-cbc': spellingOf2x(
    'ECIES-P256_HMAC256_AES128-CBC',
    'ecies-hkdf-hmac-sha-256-aes-128-cbc',
  ),
  'ecies-p-256-hkdf-hmac-sha-256-aes-128-gcm': spellingOf2x(
    'ECIES-P256_HMAC256_AES128-GCM',
    'ecies-hkdf-hmac-sha-256-aes-128-cbc',
  ),
});

export const encryptionKey = choice({
  'ec-p-256': { doc: 'NIST P-256, for the ECIES algorithms.', displayName: 'EC-P256' },
  'rsa-2048': { doc: 'RSA with 2048 bits, for `rsa-oaep-sha-256`.', displayName: 'RSA-2048' },
});

export const symmetricScheme = choice({
  'aes-128-gcm': { doc: 'AES-128-GCM, the only value.', displayName: 'AES128-GCM' },
});
export const hashAlgorithm = choice({ 'sha-256': { doc: 'SHA-256, the only value.', displayName: 'SHA-256' } });
export const pbkdfScheme = choice({
  'argon-2id-mode-1': { doc: 'Argon2id, the only value.', displayName: 'Argon2idMode1' },
});

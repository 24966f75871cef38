import { choice } from './registry';

/** The flat schemes of Canton 2.x (`crypto/{Signing,Encryption}.scala`, `config/CryptoProvider.scala`, 2.10). */
export const provider2x = choice({
  tink: { doc: 'Tink, the default. Tink nodes cannot work together with KMS nodes.', displayName: 'Tink' },
  jce: { doc: 'Java cryptography.', displayName: 'JCE' },
  kms: {
    doc: 'Private keys live in the KMS and never leave it. Enterprise edition only.',
    displayName: 'KMS',
    editions: ['enterprise'],
  },
});

export const signingScheme2x = choice({
  'ed-25519': { doc: 'EdDSA over Curve25519.', displayName: 'Ed25519' },
  'ec-dsa-p-256': { doc: 'ECDSA on P-256 with SHA-256; the default of provider `kms`.', displayName: 'EC-DSA-P256' },
  'ec-dsa-p-384': { doc: 'ECDSA on P-384 with SHA-384.', displayName: 'EC-DSA-P384' },
});

export const encryptionScheme2x = choice({
  'ecies-p-256-hkdf-hmac-sha-256-aes-128-gcm': {
    doc: 'ECIES on P-256 with AES-128-GCM; the only one of Tink.',
    displayName: 'ECIES-P256_HMAC256_AES128-GCM',
  },
  'ecies-p-256-hmac-sha-256-aes-128-cbc': {
    doc: 'ECIES on P-256 with AES-128-CBC. The published documentation writes it with `hkdf`; the code does not.',
    displayName: 'ECIES-P256_HMAC256_AES128-CBC',
  },
  'rsa-2048-oaep-sha-256': {
    doc: 'RSA-2048 with OAEP and SHA-256; the default of provider `kms`.',
    displayName: 'RSA2048-OAEP-SHA256',
  },
});

/** A participant with no diagnostics but hints. */
export const GOOD = `canton.participants.p1 {
  admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013
  crypto { provider = kms, kms { type = aws, region = eu-central-1 } }
}
`;
/** With a misspelled key. */
export const BAD = GOOD.replace('region =', 'regoin =');
export const NGINX = 'server { listen 80; location / { root /srv; } }\n';

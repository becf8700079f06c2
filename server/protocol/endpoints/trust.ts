// Owns the endpoint that tells how phones learn to trust a server that is its own certificate authority.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { hosts } from './common.ts';

export const readTrust = endpoint({
  method: 'GET',
  path: '/api/v1/trust',
  summary: "The page on which a phone learns to trust this server's own authority, with its QR code; null where the certificate is of a public one, or of a proxy",
  roles: hosts,
  status: 200,
  response: v.object({
    trust: v.nullable(
      v.object({
        url: v.string(),
        qrSvg: v.string(),
        /** SHA-256 of the authority's certificate in hexadecimal. */
        fingerprint: v.string(),
      }),
    ),
  }),
});

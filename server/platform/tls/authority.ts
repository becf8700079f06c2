// Owns a certificate authority of one server: its root certificate, and certificates signed with it.
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
// tsyringe, which @peculiar/x509 is built on, refuses to load without it.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { KeyAndCertificate } from './pem-file.ts';

const DAY_MS = 86_400_000;
/** Installing it on every phone is work that nobody does twice. */
const ROOT_DAYS = 20 * 365;
/** Apple refuses more than 398 days under public roots and 825 under own ones; one limit for both. */
const SERVER_DAYS = 397;
/** Phones' clocks are late by minutes, and by hours when their battery was empty. */
const BACKDATED_MS = DAY_MS;

// P-256: the one curve that every phone since Android 5 and every browser takes.
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** @param name shown on a phone in its list of authorities. */
export async function createAuthority(name: string, now: number): Promise<KeyAndCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [name] }, { O: ['Fieldcast'] }],
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + ROOT_DAYS * DAY_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await toPem(keys.privateKey), cert: `${root.toString('pem')}\n` };
}

/** A server certificate for `names` (host names and addresses) with a new key, the root behind it. */
export async function issueCertificate(authority: KeyAndCertificate, names: readonly string[], now: number): Promise<KeyAndCertificate> {
  const root = new X509Certificate(authority.cert);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: ['Fieldcast server'] }],
    issuer: root.subjectName,
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(Math.min(now - BACKDATED_MS + SERVER_DAYS * DAY_MS, root.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(root),
    ],
  });
  return { key: await toPem(keys.privateKey), cert: `${certificate.toString('pem')}\n${authority.cert}` };
}

// Positive and without a leading zero byte, as DER wants its integers.
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']);
}

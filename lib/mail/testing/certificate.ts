import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A self-signed certificate in PEM; a client that is to accept it takes `cert` as its authority. */
export interface Certificate {
  key: string;
  cert: string;
}

let made: Certificate | null = null;

/** One certificate for localhost and 127.0.0.1, made by openssl at the first call of this process. */
export function testCertificate(): Certificate {
  made ??= makeCertificate('DNS:localhost,IP:127.0.0.1');
  return made;
}

/** A fresh self-signed certificate for other names, e.g. `DNS:elsewhere.example`. */
export function makeCertificate(subjectAltName: string): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-certificate-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${subjectAltName}`];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...names], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

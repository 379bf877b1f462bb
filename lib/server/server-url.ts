import type { ServerUrl } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';

interface Scheme {
  protocol: ServerUrl['protocol'];
  isTls: boolean;
  port: number;
}

const schemes: Record<string, Scheme> = {
  imap: { protocol: 'imap', isTls: false, port: 143 },
  imaps: { protocol: 'imap', isTls: true, port: 993 },
  pop3: { protocol: 'pop3', isTls: false, port: 110 },
  pop3s: { protocol: 'pop3', isTls: true, port: 995 },
  submission: { protocol: 'smtp', isTls: false, port: 587 },
  submissions: { protocol: 'smtp', isTls: true, port: 465 },
  smtp: { protocol: 'smtp', isTls: false, port: 587 },
  smtps: { protocol: 'smtp', isTls: true, port: 465 },
};

/**
 * A mail server as the admin writes it: `scheme[+starttls][+oauth][+insecure]://host[:port]`.
 * - `imaps://host` TLS from the first byte (RFC 8314), the certificate checked. So `pop3s`, `submissions`.
 * - `imap://host` or `imap+starttls://host` STARTTLS before the password, or no sign-in at all. So `pop3`, `submission`.
 * - `imaps+insecure://host`, `imap+starttls+insecure://host` the same, the certificate not checked.
 * - `imap+insecure://host` no encryption: the password travels in the clear.
 * - `imaps+oauth://host` people sign in with an access token (RFC 7628) in place of a password, over TLS only.
 * Throws `invalid` with a sentence on what is wrong.
 */
export function parseServerUrl(text: string, protocol: ServerUrl['protocol'], ca: string | null): ServerUrl {
  const match = /^([a-z0-9]+)((?:\+[a-z]+)*):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?\/?$/i.exec(text.trim());
  if (match === null) throw faulty(`"${text}" is not of the form ${example[protocol]}`);
  const scheme = schemes[match[1]?.toLowerCase() ?? ''];
  if (scheme?.protocol !== protocol) throw faulty(`"${text}" must begin like ${example[protocol]}`);
  const words = (match[2] ?? '').toLowerCase().split('+').slice(1);
  const unknown = words.find((word) => !knownWords.includes(word));
  if (unknown !== undefined) throw faulty(`"+${unknown}" in "${text}" is none of +starttls, +oauth and +insecure`);
  const isStartTls = words.includes('starttls');
  const isInsecure = words.includes('insecure');
  if (isStartTls && scheme.isTls) throw faulty(`"${text}" asks for TLS and for STARTTLS; choose one`);
  const isToken = words.includes('oauth');
  if (isToken && isInsecure) throw faulty(`"${text}" would send access tokens over a wire that is not checked`);
  const port = match[4] === undefined ? scheme.port : Number(match[4]);
  if (port < 1 || port > 65_535) throw faulty(`"${text}" has no valid port`);
  return {
    protocol,
    host: (match[3] ?? '').replace(/^\[|\]$/g, '').toLowerCase(),
    port,
    security: scheme.isTls ? 'tls' : isInsecure && !isStartTls ? 'none' : 'starttls',
    verifiesCertificate: !isInsecure,
    ca,
    ...(isToken ? { secretIs: 'token' as const } : {}),
  };
}

const knownWords = ['starttls', 'oauth', 'insecure'];

const example = {
  imap: 'imaps://mail.example.org',
  pop3: 'pop3s://mail.example.org',
  smtp: 'submission://mail.example.org',
};
const faulty = (sentence: string) => new MailError('invalid', sentence);

import { describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { parseServerUrl } from './server-url.ts';

describe('a server URL', () => {
  test.each([
    ['imaps://Mail.Example.org', 'imap', 'mail.example.org', 993, 'tls', true],
    ['imaps://mail.example.org:1993/', 'imap', 'mail.example.org', 1993, 'tls', true],
    ['imap://mail', 'imap', 'mail', 143, 'starttls', true],
    ['imap+starttls://mail', 'imap', 'mail', 143, 'starttls', true],
    ['imap+starttls+insecure://mail', 'imap', 'mail', 143, 'starttls', false],
    ['imaps+insecure://127.0.0.1', 'imap', '127.0.0.1', 993, 'tls', false],
    ['imap+insecure://[::1]:1143', 'imap', '::1', 1143, 'none', false],
    ['pop3s://mail', 'pop3', 'mail', 995, 'tls', true],
    ['pop3://mail', 'pop3', 'mail', 110, 'starttls', true],
    ['submission://mail', 'smtp', 'mail', 587, 'starttls', true],
    ['submissions://mail', 'smtp', 'mail', 465, 'tls', true],
    ['smtps://mail', 'smtp', 'mail', 465, 'tls', true],
  ] as const)('%s', (text, protocol, host, port, security, verifiesCertificate) => {
    const expected = { protocol, host, port, security, verifiesCertificate, ca: 'PEM' };
    expect(parseServerUrl(text, protocol, 'PEM')).toEqual(expected);
  });

  test('+oauth makes the secret an access token, over TLS that is checked', () => {
    expect(parseServerUrl('pop3s+oauth://mail', 'pop3', null)).toMatchObject({ security: 'tls', secretIs: 'token' });
    expect(parseServerUrl('imap+starttls+oauth://mail', 'imap', null)).toMatchObject({ secretIs: 'token' });
    expect(() => parseServerUrl('pop3+oauth+insecure://mail', 'pop3', null)).toThrow(/access tokens/);
  });

  test.each([
    'mail.example.org',
    'imaps://',
    'imaps://user:pass@mail',
    'imaps://mail/path',
    'imaps://mail:0',
    'imaps://mail:70000',
    'imaps+starttls://mail',
    'imap+plain://mail',
    'pop3s://mail',
    'imaps://ma il',
    'imaps://mail\r\nA1 NOOP',
    'constructor://mail',
  ])('%j is refused in a sentence', (text) => {
    expect(() => parseServerUrl(text, 'imap', null)).toThrow(MailError);
    expect(() => parseServerUrl(text, 'imap', null)).toThrow(/^".*"|^"\+/s);
  });
});

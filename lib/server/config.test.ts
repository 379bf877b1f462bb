import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { readConfig } from './config.ts';
import { doubtsOf } from './config-doubts.ts';
import { serversFor } from './mail-servers.ts';

const directory = mkdtempSync(join(tmpdir(), 'posthorn-config-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const right = {
  AUTH_SECRET: 'a secret of at least thirty-two letters',
  AUTH_URL: 'https://mail.example.org',
  MAIL_IMAP: 'imaps://imap.example.org',
};

function faultsOf(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof MailError && error.code === 'invalid') return (error.detail ?? '').split('\n');
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('three variables are enough, the rest has defaults', () => {
    const config = readConfig(right);
    expect(config).toMatchObject({ dataDir: 'data', databaseUrl: null, isSecure: true, metricsToken: null });
    expect(config.pool).toEqual({ perAccount: 4, perHost: 500, perProcess: 1000, idleMs: 300_000, acquireMs: 15_000 });
    expect(serversFor(config.servers, 'anna@anywhere.example').imap).toMatchObject({ host: 'imap.example.org' });
  });

  test('an empty environment is told all that it lacks at once', () => {
    expect(faultsOf({})).toEqual([
      'AUTH_SECRET is missing.',
      'AUTH_URL is missing.',
      'No mail server is set: set MAIL_IMAP (e.g. imaps://mail.example.org), MAIL_POP3, or MAIL_SERVERS_FILE.',
    ]);
  });

  test('every wrong value has its own sentence, and none repeats a secret', () => {
    const faults = faultsOf({
      AUTH_SECRET: 'hunter2',
      AUTH_URL: 'ftp://mail.example.org',
      DATABASE_URL: 'mysql://root:hunter3@db',
      MAIL_IMAP: 'https://mail.example.org',
      MAIL_SMTP: 'submission+tls://mail.example.org',
      MAIL_HOSTS: 'all',
      MAIL_HOSTS_ALLOW: 'here',
      MAIL_DISCOVERY: 'yes',
      MAIL_DIRECTORY: 'http://directory.example/v1.1/',
      DNS_SERVERS: '10.0.0.53,dns.example',
      POOL_PER_ACCOUNT: '0',
      LOG_LEVEL: 'loud',
      METRICS_TOKEN: 'hunter4',
    });
    expect(faults).toEqual([
      'AUTH_SECRET is shorter than 32 characters; make one with: openssl rand -base64 33.',
      'AUTH_URL must be an http or https address.',
      'DATABASE_URL must be a postgres:// URL; leave it out to keep data in DATA_DIR.',
      'MAIL_HOSTS must be "closed" or "open".',
      'MAIL_HOSTS_ALLOW must be addresses or ranges with commas between, e.g. 10.1.0.0/16,192.168.7.9.',
      'MAIL_DISCOVERY must be "on" or "off".',
      'MAIL_DIRECTORY must be an https address.',
      'DNS_SERVERS must be addresses with commas between, e.g. 10.0.0.53,[fd00::53]:5353.',
      'POOL_PER_ACCOUNT must be a whole number from 1 to 50.',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
      'METRICS_TOKEN is shorter than 16 characters.',
      'MAIL_IMAP: "https://mail.example.org" must begin like imaps://mail.example.org.',
      'MAIL_SMTP: "+tls" in "submission+tls://mail.example.org" is none of +starttls, +oauth and +insecure.',
    ]);
    expect(faults.join()).not.toMatch(/hunter/);
  });

  test('remote images are asked about, from public addresses alone, unless told otherwise', () => {
    expect(readConfig(right).remoteImages).toEqual({ policy: 'ask', allow: [] });
    const { policy, allow } = readConfig({
      ...right,
      REMOTE_IMAGES: 'never',
      REMOTE_IMAGE_ALLOW: '10.1.0.0/16, fd00::7',
    }).remoteImages;
    expect(policy).toBe('never');
    const isAllowed = (address: string) => allow.some((range) => range(address, 8_080));
    expect(['10.1.2.3', 'fd00::7', '10.2.0.1', 'fd00::8'].map(isAllowed)).toEqual([true, true, false, false]);
    expect(faultsOf({ ...right, REMOTE_IMAGES: 'always', REMOTE_IMAGE_ALLOW: '10.1.0.0/16,intranet' })).toEqual([
      'REMOTE_IMAGES must be "ask" or "never".',
      'REMOTE_IMAGE_ALLOW must be addresses or ranges with commas between, e.g. 10.1.0.0/16,192.168.7.9.',
    ]);
  });

  test('a secret may stand in a file, without its line end', () => {
    const path = file('secret', `${right.AUTH_SECRET}\n`);
    expect(readConfig({ ...right, AUTH_SECRET: undefined, AUTH_SECRET_FILE: path }).authSecret).toBe(right.AUTH_SECRET);
  });

  test('a secret file that is not there is told once, by name', () => {
    const faults = faultsOf({ ...right, AUTH_SECRET: undefined, AUTH_SECRET_FILE: join(directory, 'none') });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^AUTH_SECRET_FILE cannot be read: ENOENT/);
  });

  test('a secret given twice is refused rather than guessed', () => {
    const faults = faultsOf({ ...right, AUTH_SECRET_FILE: file('twice', right.AUTH_SECRET) });
    expect(faults).toEqual(['AUTH_SECRET and AUTH_SECRET_FILE are both set; keep one.']);
  });

  test('the servers file chooses by domain in any case, and * takes the rest', () => {
    const path = file(
      'servers.json',
      JSON.stringify({
        'Example.org': { imap: 'imaps://one.example.org', smtp: 'submission://out.example.org' },
        '*': { pop3: 'pop3s://two.example.org' },
      }),
    );
    const { servers } = readConfig({ ...right, MAIL_IMAP: undefined, MAIL_SERVERS_FILE: path });
    expect(serversFor(servers, 'anna@EXAMPLE.ORG').imap).toMatchObject({ host: 'one.example.org', port: 993 });
    expect(serversFor(servers, 'anna@EXAMPLE.ORG').pop3).toBeNull();
    expect(serversFor(servers, 'anna@elsewhere.net').pop3).toMatchObject({ host: 'two.example.org', port: 995 });
    expect(serversFor(servers, 'anna').imap).toBeNull();
  });

  test('the names under which servers are believed stand beside each', () => {
    const path = file(
      'names.json',
      JSON.stringify({ 'example.org': { imap: 'imaps://a', pop3: 'pop3s://a', authservId: 'mx1.a, mx2.a' } }),
    );
    const { servers } = readConfig({ ...right, MAIL_AUTHSERV_ID: 'mx.example.org', MAIL_SERVERS_FILE: path });
    expect(serversFor(servers, 'anna@example.org').imap?.authservIds).toEqual(['mx1.a', 'mx2.a']);
    expect(serversFor(servers, 'anna@example.org').pop3?.authservIds).toEqual(['mx1.a', 'mx2.a']);
    expect(serversFor(servers, 'anna@else.net').imap?.authservIds).toEqual(['mx.example.org']);
    expect(serversFor(readConfig(right).servers, 'anna').imap?.authservIds).toBeUndefined();
    expect(
      faultsOf({ ...right, MAIL_IMAP: undefined, MAIL_AUTHSERV_ID: 'mx', MAIL_SERVERS_FILE: path }).join(),
    ).toMatch(/^MAIL_AUTHSERV_ID is for MAIL_IMAP and MAIL_POP3/);
  });

  test('a domain that is not listed has no server where there is no *', () => {
    const path = file('one.json', JSON.stringify({ 'example.org': { imap: 'imaps://one.example.org' } }));
    const { servers } = readConfig({ ...right, MAIL_IMAP: undefined, MAIL_SERVERS_FILE: path });
    expect(() => serversFor(servers, 'anna@elsewhere.net')).toThrow(MailError);
    expect(serversFor(servers, 'anna@example.org').imap).not.toBeNull();
  });

  test.each([
    ['{', /^MAIL_SERVERS_FILE is not valid JSON/],
    ['[]', /^MAIL_SERVERS_FILE: it: /],
    [
      '{"example.org":{"imap":"imaps://a b"}}',
      /^MAIL_SERVERS_FILE: example.org.imap: "imaps:\/\/a b" is not of the form/,
    ],
    ['{"example.org":{"smtp":"smtps://a"}}', /^MAIL_SERVERS_FILE: example.org names neither imap nor pop3/],
    ['{"example.org":{"imap":"imaps://a","jmap":"x"}}', /^MAIL_SERVERS_FILE: example.org: /],
  ])('a servers file of %s is told', (json, sentence) => {
    const [fault, ...rest] = faultsOf({ ...right, MAIL_IMAP: undefined, MAIL_SERVERS_FILE: file('bad.json', json) });
    expect(fault).toMatch(sentence);
    expect(rest).toEqual([]);
  });

  test('an authority that is no certificate is told', () => {
    expect(faultsOf({ ...right, MAIL_CA_FILE: file('ca.pem', 'nothing') })).toEqual([
      'MAIL_CA_FILE holds no PEM certificate.',
    ]);
  });

  test('that may not be meant so is doubted in words, and not refused', () => {
    const doubtsIn = (more: Record<string, string>) => doubtsOf(readConfig({ ...right, ...more })).join('\n');
    expect(doubtsIn({})).toBe('');
    expect(doubtsIn({ AUTH_URL: 'http://mail.example.org' })).toMatch(/^AUTH_URL is plain http/);
    expect(doubtsIn({ AUTH_URL: 'http://localhost:3000' })).toBe('');
    expect(doubtsIn({ SEND_FROM: 'login' })).toMatch(/^SEND_FROM=login without MAIL_DOMAIN/);
    expect(doubtsIn({ SEND_FROM: 'login', MAIL_DOMAIN: 'example.org' })).toBe('');
    expect(doubtsIn({ MAIL_HOSTS_ALLOW: '10.0.0.1' })).toMatch(/needs MAIL_HOSTS=open/);
    const directory = { MAIL_HOSTS: 'open', MAIL_DIRECTORY: 'https://directory.example/v1.1' };
    expect(doubtsIn({ ...directory, MAIL_HOSTS_ALLOW: '10.0.0.1' })).toBe('');
    expect(doubtsIn({ ...directory, MAIL_DISCOVERY: 'off' })).toMatch(/MAIL_DISCOVERY=on/);
    const byDomain = { 'example.org': { imap: 'imaps://imap.example.org' } };
    const MAIL_SERVERS_FILE = file('by-domain.json', JSON.stringify(byDomain));
    expect(doubtsIn({ SEND_FROM: 'login', MAIL_IMAP: '', MAIL_SERVERS_FILE })).toBe('');
    expect(faultsOf({ ...right, MAIL_DOMAIN: 'not a domain' })).toEqual([
      'MAIL_DOMAIN must be a domain, as example.org.',
    ]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { samplePeople } from '../../../scripts/sample/people.ts';
import { trustOf } from '../../mail/mime/authentication.ts';
import { parseHeaders } from '../../mail/mime/headers.ts';
import { processorMs } from '../../mail/testing/held.ts';
import { doubtsOf, isHint } from './doubts.ts';
import { warmSites } from './site.ts';

const siteOf = await warmSites();
const quiet = { lyingHosts: [], hasForm: false };
const own = 'mx.skarholm.example';

/** The doubts about a message of this header, the weightiest first. */
function doubts(bytes: Buffer) {
  const headers = parseHeaders(bytes);
  return doubtsOf({ ...headers, ...trustOf(headers, [own]) }, quiet, siteOf);
}
const kinds = (...lines: string[]) =>
  doubts(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)).map(({ kind, values }) =>
    [kind, ...Object.values(values)].join(' '),
  );
const found = (results: string) => `Authentication-Results: ${own}; ${results}`;

describe('a name', () => {
  it('that reads as the address of another site is told', () => {
    expect(kinds('From: "service@bank.example" <x@evil.example>')).toEqual([
      'nameCarriesAddress service@bank.example x@evil.example',
    ]);
    expect(kinds('From: =?utf-8?B?PGFkbWluQGJhbmsuZXhhbXBsZT4=?= <x@evil.example>')).toHaveLength(1);
    expect(kinds('From: "Ann (ann@mail.bank.example)" <noreply@bank.example>')).toEqual([]);
    expect(kinds('From: "ann@bank.example" <ANN@bank.example>')).toEqual([]);
    expect(kinds('From: "Ann @ Home" <ann@home.example>')).toEqual([]);
  });

  it('in letters that only look alike is told, and what is hidden in it', () => {
    expect(kinds('From: =?utf-8?Q?P=D0=B0yPal?= <x@evil.example>')).toEqual(['lookalikeName PаyPal']);
    expect(kinds('From: Ann <ann@=?utf-8?Q?p=D0=B0ypal.com?=>')).toEqual([
      'lookalikeAddress pаypal.com xn--pypal-4ve.com',
    ]);
    expect(kinds('From: =?utf-8?Q?Pay=E2=80=8BPal?= <x@evil.example>')).toEqual(['hidden']);
    expect(kinds('From: <x@evil.example>', 'Subject: =?utf-8?Q?=E2=80=AEgpj=2Eexe?=')).toEqual(['hidden']);
  });

  it('of several senders is told, the first of all', () => {
    expect(kinds('From: a@bank.example, b@evil.example', found('dmarc=fail'))).toEqual([
      'severalFrom a@bank.example, b@evil.example',
      'unproven bank.example',
    ]);
  });
});

describe('what the server found', () => {
  const from = 'From: a@bank.example';
  it('is told when it speaks against the sender', () => {
    expect(kinds(from, found('dmarc=fail header.from=bank.example'))).toEqual(['unproven bank.example']);
    expect(kinds(from, found('dmarc=pass header.from=evil.example'))).toEqual([
      'otherChecked evil.example bank.example',
    ]);
    expect(kinds(from, found('spf=fail smtp.mailfrom=x@bank.example; dkim=none'))).toEqual(['notAllowed bank.example']);
  });

  it('is not told when it speaks for the sender, or not clearly against', () => {
    expect(kinds(from, found('dmarc=pass header.from=mail.bank.example; spf=fail; dkim=fail'))).toEqual([]);
    expect(kinds(from, found('spf=fail smtp.mailfrom=x@y.example; dkim=pass header.d=bank.example'))).toEqual([]);
    expect(kinds(from, found('spf=softfail; dkim=fail'))).toEqual([]);
    expect(kinds(from, found('spf=temperror; dkim=temperror; dmarc=temperror'))).toEqual([]);
    expect(kinds(from, found('none'))).toEqual([]);
    expect(kinds(from, 'Authentication-Results: mx.evil.example; dmarc=fail')).toEqual([]);
  });

  it('of a message that a list has signed is a hint', () => {
    const list = [
      'List-Unsubscribe: <https://lists.example/leave>',
      found('dkim=pass header.d=lists.example; dmarc=fail'),
    ];
    expect(kinds(from, ...list)).toEqual(['unprovenByList bank.example lists.example']);
    expect(doubts(Buffer.from([from, ...list].join('\r\n'))).every(isHint)).toBe(true);
    expect(kinds(from, found('dkim=pass header.d=lists.example; dmarc=fail'))).toEqual(['unproven bank.example']);
  });
});

describe('where answers go', () => {
  it('is told when it is to strangers', () => {
    expect(kinds('From: boss@corp.example', 'Reply-To: boss.corp@mail.example')).toEqual([
      'replyElsewhere boss.corp@mail.example boss@corp.example',
    ]);
  });

  it('is not told of the same organisation, of lists, of newsletters, and of those who take no answers', () => {
    expect(kinds('From: news@shop.co.uk', 'Reply-To: help@service.shop.co.uk')).toEqual([]);
    expect(kinds('From: news@shop.co.uk', 'Reply-To: help@other.co.uk')).toHaveLength(1);
    expect(kinds('From: a@corp.example', 'To: Talk <talk@lists.example>', 'Reply-To: talk@lists.example')).toEqual([]);
    expect(
      kinds('From: a@shop.example', 'Reply-To: r@esp.example', 'List-Unsubscribe: <mailto:leave@esp.example>'),
    ).toEqual([]);
    expect(kinds('From: no-reply@site.example', 'Reply-To: visitor@mail.example')).toEqual([]);
  });

  it('another sender stands in the header, and is told here only beside a doubt', () => {
    expect(kinds('From: a@corp.example', 'Sender: list@lists.example')).toEqual([]);
    expect(kinds('From: a@corp.example', 'Sender: list@lists.example', found('dmarc=fail'))).toEqual([
      'unproven corp.example',
      'sentByOther list@lists.example',
    ]);
  });
});

it('links and forms are told as they were found', () => {
  const sender = { ...parseHeaders(Buffer.from('From: a@b.example\r\n')), authentication: null };
  expect(doubtsOf(sender, { lyingHosts: ['evil.example', 'x.example'], hasForm: true }, siteOf)).toEqual([
    { kind: 'lyingLinks', values: { host: 'evil.example', count: 2 } },
    { kind: 'form', values: {} },
  ]);
});

it('a hostile header takes no time', () => {
  const started = process.cpuUsage();
  kinds(`From: "${'a@'.repeat(20_000)}" <x@evil.example>`, `Reply-To: ${'a@b.c,'.repeat(10_000)}`);
  kinds(`From: "${'a'.repeat(60_000)}@" <x@evil.example>`, `Subject: ${'\u202e'.repeat(1_000)}`);
  expect(processorMs(started)).toBeLessThan(2_000);
});

describe('honest mail', () => {
  it('of the sample raises no doubt; all of its junk does', async () => {
    const counts = { honest: 0, doubted: [] as string[], junk: 0, junkDoubted: 0 };
    for (const person of samplePeople(new Date('2026-11-23T12:00:00Z'), { oldLists: 50, routine: 200 })) {
      for (const { path, mails } of await person.folders()) {
        for (const { bytes } of mails) {
          const told = doubts(bytes);
          if (/^junk/i.test(path)) {
            counts.junk += 1;
            if (told.length > 0) counts.junkDoubted += 1;
            continue;
          }
          counts.honest += 1;
          if (told.length > 0) counts.doubted.push(`${parseHeaders(bytes).subject}: ${told.map(({ kind }) => kind)}`);
        }
      }
    }
    expect(counts.doubted).toEqual([]);
    expect(counts.honest).toBeGreaterThan(300);
    expect(counts.junk).toBeGreaterThan(5);
    expect(counts.junkDoubted).toBe(counts.junk);
  }, 60_000);
});

const corpora = resolve(
  fileURLToPath(new URL('../../../', import.meta.url)),
  process.env.POSTHORN_CORPORA ?? '../shared/corpora',
);
describe.skipIf(!existsSync(corpora))('the corpora', () => {
  const filesOf = (corpus: string) =>
    (readdirSync(join(corpora, corpus), { recursive: true, encoding: 'utf8' }) as string[]).filter((file) =>
      file.endsWith('.eml'),
    );
  const told = (corpus: string, file: string) =>
    doubts(readFileSync(join(corpora, corpus, file))).map(({ kind }) => kind);

  it('of mail that tries to be from someone else: every one with two senders is told', () => {
    const several = filesOf('espoofer').filter((file) => told('espoofer', file).includes('severalFrom'));
    expect(several.map((file) => file.replace(/^.*\/|\.eml$/g, '')).sort()).toEqual(
      'client_a1 client_a2 server_a10 server_a11 server_a14 server_a15 server_a17 server_a18 server_a8 server_a9'.split(
        ' ',
      ),
    );
  });

  it('of honest mail: few are doubted, and each for a reason', () => {
    const files = filesOf('stalwart-mail-parser');
    const doubted = files.flatMap((file) => {
      const list = told('stalwart-mail-parser', file);
      return list.length === 0 ? [] : [`${file.replace(/^.*eml\/|\.eml$/g, '')} ${list.join(' ')}`];
    });
    expect(files.length).toBeGreaterThan(100);
    expect(doubted).toEqual([]);
  });
});

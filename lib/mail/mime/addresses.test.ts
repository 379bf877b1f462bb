import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { parseAddresses } from './addresses.ts';

const of = (raw: string | Buffer) => parseAddresses(raw).addresses.map(({ name, email }) => `${name ?? ''}<${email}>`);

describe('parseAddresses', () => {
  it.each([
    ['ann@example.org', ['<ann@example.org>']],
    ['Ann <ann@example.org>, bob@example.org', ['Ann<ann@example.org>', '<bob@example.org>']],
    ['"Lee, Ann \\"A\\"" <ann@example.org>', ['Lee, Ann "A"<ann@example.org>']],
    ['=?utf-8?Q?Lee=2C_Ann?= <ann@example.org>', ['Lee, Ann<ann@example.org>']],
    ['"=?utf-8?B?w4k=?=" <e@example.org>', ['É<e@example.org>']],
    ['ann@example.org (Ann Lee)', ['Ann Lee<ann@example.org>']],
    [
      'Team: ann@example.org, Bob <bob@example.org>;, c@example.org',
      ['<ann@example.org>', 'Bob<bob@example.org>', '<c@example.org>'],
    ],
    ['undisclosed-recipients:;', ['undisclosed-recipients<>']],
    ['用户@例え.テスト', ['<用户@例え.テスト>']],
    ['', []],
    [' , ,; ', []],
  ])('reads %j', (raw, list) => {
    expect(of(raw)).toEqual(list);
  });

  it('reads raw 8-bit names', () => {
    expect(of(Buffer.from('José à la carte <jose@example.org>').toString('latin1'))).toEqual([
      'José à la carte<jose@example.org>',
    ]);
    expect(of(Buffer.from('Jos\xe9 <jose@example.org>', 'latin1'))).toEqual(['José<jose@example.org>']);
  });

  it('never takes an encoded word for an address, nor puts it before a real one', () => {
    const encoded = `=?utf-8?B?${Buffer.from('<admin@bank.example>').toString('base64')}?=`;
    expect(of(`${encoded}, <mallory@evil.example>`)).toEqual(['<mallory@evil.example>', '<admin@bank.example><>']);
    expect(of(`${encoded} <mallory@evil.example>`)).toEqual(['<admin@bank.example><mallory@evil.example>']);
  });

  it('gives 500 addresses at most and says that there were more', () => {
    const list = (count: number) => Array.from({ length: count }, (_, n) => `u${n}@example.org`).join(', ');
    expect(parseAddresses(list(500))).toMatchObject({ isTruncated: false, addresses: { length: 500 } });
    expect(parseAddresses(list(501))).toMatchObject({ isTruncated: true, addresses: { length: 500 } });
    expect(parseAddresses(list(60_000))).toMatchObject({ isTruncated: true, addresses: { length: 500 } });
  });

  it('stays fast and calm on a megabyte of nonsense', () => {
    for (const piece of ['<', '"', '(', 'a:', ';', ',', '\\', 'a@', '<a@b>', 'x ', '=?utf-8?q?']) {
      const started = process.cpuUsage();
      expect(parseAddresses(piece.repeat(1_000_000 / piece.length)).addresses.length).toBeLessThanOrEqual(500);
      expect(processorMs(started), piece).toBeLessThan(2_000);
    }
  });
});

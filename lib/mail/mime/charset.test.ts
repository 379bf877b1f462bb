import encodingJapanese from 'encoding-japanese';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from './charset.ts';

const samples: [charset: string, text: string][] = [
  ['utf-8', 'Zażółć 東京 👩‍👩‍👧'],
  ['utf-16le', 'Grüße 東京'],
  ['utf-16be', 'Grüße 東京'],
  ['utf-32le', 'Grüße 東京'],
  ['utf-7', 'Grüße + 東京'],
  ['iso-8859-2', 'Zażółć gęślą jaźń'],
  ['iso-8859-3', 'Ĉu vi ŝatas ĝin'],
  ['iso-8859-4', 'Ēģļ'],
  ['iso-8859-5', 'Привет'],
  ['iso-8859-6', 'مرحبا'],
  ['iso-8859-7', 'Καλημέρα'],
  ['iso-8859-8', 'שלום'],
  ['iso-8859-10', 'Đŋ'],
  ['iso-8859-13', 'Žąsis'],
  ['iso-8859-14', 'Ŵŷ'],
  ['iso-8859-15', '10 € œuvre'],
  ['iso-8859-16', 'Țară'],
  ['windows-1250', 'Žluťoučký'],
  ['windows-1251', 'Привет'],
  ['windows-1252', '“Smart” – 10 €'],
  ['windows-1253', 'Καλημέρα'],
  ['windows-1254', 'Günaydın'],
  ['windows-1255', 'שלום'],
  ['windows-1256', 'مرحبا'],
  ['windows-1257', 'Žąsis'],
  ['windows-1258', 'Tiêng'],
  ['windows-874', 'สวัสดี'],
  ['koi8-r', 'Привет'],
  ['koi8-u', 'Привіт'],
  ['cp437', 'Ünïcodé ½'],
  ['cp850', 'Größe ½'],
  ['cp866', 'Привет'],
  ['macintosh', '“Café”'],
  ['gb2312', '你好'],
  ['gbk', '你好'],
  ['gb18030', '你好 㐀 𠀀'],
  ['big5', '你好'],
  ['shift_jis', 'こんにちは'],
  ['euc-jp', 'こんにちは'],
  ['euc-kr', '안녕하세요'],
];

describe('decodeText', () => {
  it.each(samples)('decodes %s', (charset, text) => {
    expect(decodeText(iconv.encode(text, charset), charset)).toBe(text);
    expect(decodeText(iconv.encode(text, charset), ` "${charset.toUpperCase()}" `)).toBe(text);
  });

  it('decodes ISO-2022-JP, declared or not', () => {
    const bytes = Buffer.from(
      encodingJapanese.convert('東京 abc カナ', { from: 'UNICODE', to: 'JIS', type: 'arraybuffer' }),
    );
    expect(decodeText(bytes, 'ISO-2022-JP')).toBe('東京 abc カナ');
    expect(decodeText(bytes, null)).toBe('東京 abc カナ');
    expect(decodeText(bytes, 'us-ascii')).toBe('東京 abc カナ');
  });

  it('decodes ISO-2022-KR and HZ', () => {
    const korean = iconv.encode('안녕', 'euc-kr').map((byte) => byte & 0x7f);
    expect(
      decodeText(
        Buffer.from(`\x1b$)C\r\na \x0e${Buffer.from(korean).toString('latin1')}\x0f b`, 'latin1'),
        'iso-2022-kr',
      ),
    ).toBe('\r\na 안녕 b');
    const chinese = Buffer.from(iconv.encode('你好', 'gb2312').map((byte) => byte & 0x7f)).toString('latin1');
    expect(decodeText(Buffer.from(`a ~{${chinese}~} b ~~`, 'latin1'), 'hz-gb-2312')).toBe('a 你好 b ~');
  });

  it('reads iso-8859-1 as windows-1252, every byte of 0x80–0x9f too', () => {
    expect(decodeText(Buffer.from([0x93, 0x48, 0x69, 0x94, 0x20, 0x96, 0x20, 0x80]), 'iso-8859-1')).toBe('“Hi” – €');
    expect(decodeText(Buffer.from([0xe9]), 'latin1')).toBe('é');
  });

  it.each([
    null,
    '',
    'us-ascii',
    'unknown-8bit',
    'x-unknown',
    'no-such-charset',
    'hex',
    'base64',
    '__proto__',
    'constructor',
  ])('reads 8-bit text declared as %j as UTF-8 if it is, else as windows-1252', (charset) => {
    expect(decodeText(Buffer.from('naïve 東京'), charset)).toBe('naïve 東京');
    expect(decodeText(Buffer.from([0x6e, 0x61, 0xef, 0x76, 0x65]), charset)).toBe('naïve');
  });

  it('reads windows-1252 that is declared as UTF-8, and keeps UTF-8 with some damage', () => {
    expect(decodeText(Buffer.from('Gr\xfc\xdfe', 'latin1'), 'utf-8')).toBe('Grüße');
    expect(decodeText(Buffer.concat([Buffer.from('Grüße '), Buffer.from([0xff]), Buffer.from(' ß')]), 'utf-8')).toBe(
      'Grüße \ufffd ß',
    );
  });

  it('does not doubt UTF-8 that was cut inside a character', () => {
    for (const cut of [1, 2, 3])
      expect(decodeText(Buffer.from('Grüße 👩').subarray(0, -cut), null)).toMatch(/^Grüße \ufffd+$/);
  });

  it('takes off a byte order mark and NULs', () => {
    expect(decodeText(Buffer.from('\ufeffa\0b'), 'utf-8')).toBe('ab');
    expect(decodeText(iconv.encode('\ufeffé', 'utf-16le'), null)).toBe('é');
  });

  it('never throws, whatever the bytes and the label', () => {
    const bytes = Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 167 + (n >> 3)) % 256));
    for (const [charset] of samples) expect(typeof decodeText(bytes, charset)).toBe('string');
    for (const charset of ['iso-2022-jp', 'iso-2022-kr', 'hz-gb-2312', 'utf-16', 'utf-32', 'x'.repeat(10_000)]) {
      expect(decodeText(bytes, charset).length).toBeGreaterThan(100);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { kindOf } from './attachment-kind.ts';
import { isShowable, maxPreviewBytes, previewOf } from './attachment-preview.ts';
import { isDisguised, riskOf } from './attachment-risk.ts';
import { isDecodable, pictureSize } from './picture-size.ts';

test.each([
  ['message/delivery-status', null, 'report'],
  ['message/global-disposition-notification', null, 'report'],
  ['message/rfc822', null, 'message'],
  ['message/external-body', null, 'message'],
  ['application/octet-stream', 'old.eml', 'message'],
])('%s, named %j, is a %s', (type, name, kind) => expect(kindOf(type, name)).toBe(kind));

describe('a preview', () => {
  test.each([
    ['image/png', 'a.png', 'picture'],
    ['application/octet-stream', 'a.JPG', 'picture'],
    ['image/svg+xml', 'a.svg', 'text'],
    ['image/heic', 'a.heic', null],
    ['text/html', 'a.html', 'text'],
    ['application/xhtml+xml', null, 'text'],
    ['application/octet-stream', 'page.html', 'text'],
    ['application/pdf', null, 'pdf'],
    ['application/octet-stream', 'a.pdf', 'pdf'],
    ['text/calendar', 'a.ics', 'text'],
    ['text/x-vcard', null, 'text'],
    ['text/csv', 'a.csv', 'text'],
    ['application/json', 'a.json', 'text'],
    ['audio/mpeg', 'a.mp3', 'sound'],
    ['video/mp4', 'a.mp4', 'film'],
    ['message/rfc822', null, 'text'],
    ['application/vnd.ms-outlook', 'a.msg', null],
    ['application/zip', 'a.zip', null],
    ['application/vnd.ms-excel', 'a.xls', null],
    ['application/x-msdownload', 'a.exe', null],
  ])('of %s named %s is %s', (type, name, preview) => {
    expect(previewOf({ type, name, sizeBytes: 1_000 })).toBe(preview);
  });

  test('is of no film that is too long to be fetched whole, but of the beginning of any text', () => {
    const long = { name: null, sizeBytes: maxPreviewBytes + 1 };
    expect(previewOf({ type: 'video/mp4', ...long })).toBeNull();
    expect(previewOf({ type: 'text/plain', ...long })).toBe('text');
    expect(previewOf({ type: 'message/rfc822', ...long, isMessage: true })).toBe('message');
  });

  test('only pictures that cannot run are shown', () => {
    const types = ['image/png', 'image/JPEG', 'image/svg+xml', 'text/html'];
    expect(types.map((type) => isShowable(type))).toEqual([true, true, false, false]);
  });
});

describe('a risk', () => {
  test.each([
    ['setup.EXE', 'program'],
    ['run.js', 'program'],
    ['link.lnk ', 'program'],
    // Saved without what nobody sees, and so opened.
    ['plan.e\u200bxe', 'program'],
    ['plan.exe\u2060.', 'program'],
    ['sheet.xlsm', 'macros'],
    ['invoice.html', 'page'],
    ['plan.pdf', null],
    ['exe', null],
    [null, null],
  ])('of %s is %s', (name, risk) => {
    expect(riskOf(name)).toBe(risk);
  });

  test('a name that looks like another kind of file is told', () => {
    expect(
      ['invoice.pdf.exe', 'photo\u202egpj.exe', 'a      .scr', 'photo.jpg .com', 'a.pdf\u3164\u2800.exe'].every(
        isDisguised,
      ),
    ).toBe(true);
    expect(['setup.exe', 'v1.2.exe', 'plan.tar.gz', 'a.pdf', null].some(isDisguised)).toBe(false);
  });
});

describe('the size of a picture', () => {
  const bytes = (...parts: (string | number[])[]) =>
    new Uint8Array(
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
    );
  const png = (width: number, height: number) => {
    const head = Buffer.alloc(24);
    head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
    head.writeUInt32BE(width, 16);
    head.writeUInt32BE(height, 20);
    return new Uint8Array(head);
  };

  test('is read from its first bytes', () => {
    expect(pictureSize(png(640, 480))).toEqual({ width: 640, height: 480 });
    expect(pictureSize(bytes('GIF89a', [0x80, 2, 0xe0, 1]))).toEqual({ width: 640, height: 480 });
    const exif = [0xff, 0xe1, 0, 6, 1, 2, 3, 4];
    const frame = [0xff, 0xc2, 0, 17, 8, 1, 0xe0, 2, 0x80, 3, 0, 0, 0, 0];
    expect(pictureSize(bytes([0xff, 0xd8], exif, frame))).toEqual({ width: 640, height: 480 });
    const extended = bytes('RIFF\0\0\0\0WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]);
    expect(pictureSize(extended)).toEqual({ width: 640, height: 480 });
  });

  test('a picture that would unpack to gigabytes, or says nothing of its size, is not decoded', () => {
    expect(isDecodable(png(4_000, 3_000))).toBe(true);
    expect(isDecodable(png(50_000, 50_000))).toBe(false);
    expect(isDecodable(png(0xffffffff, 1))).toBe(false);
    expect(isDecodable(png(0, 0))).toBe(false);
    expect(isDecodable(bytes([0xff, 0xd8, 0xff, 0xda, 0, 2], 'x'.repeat(40)))).toBe(false);
    expect(isDecodable(bytes([0xff, 0xd8], [0xff, 0xe1, 0, 0], new Array(64).fill(0xff)))).toBe(false);
    expect(isDecodable(bytes('<svg width="1" height="1"/>'))).toBe(false);
    expect(isDecodable(new Uint8Array(0))).toBe(false);
  });
});

import { expect, test } from 'vitest';
import { inlineType } from './inline-type.ts';

test.each([
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['%PDF-1.7\n', 'application/pdf'],
  ['ID3\x03\0\0\0\0\0\0', 'audio/mpeg'],
  ['\xff\xfb\x90\x64', 'audio/mpeg'],
  ['\xff\xf1\x50\x80', 'audio/aac'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wav'],
  ['fLaC\0\0\0\x22', 'audio/flac'],
  ['OggS\0\x02', 'application/ogg'],
  ['\0\0\0\x20ftypisom', 'video/mp4'],
  ['\0\0\0\x20ftypM4A ', 'audio/mp4'],
  ['\x1a\x45\xdf\xa3\x9f', 'video/webm'],
])('what may be shown is known by its first bytes: %j is %s', (head, type) => {
  expect(inlineType(Buffer.from(head, 'latin1'))).toBe(type);
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg">',
  '<!doctype html>',
  'GIF8',
  '',
  'BM6\0',
  ' %PDF-1.7',
  '%PDF-<html>',
  'ID3<script>',
  '\xff\xfet\0e\0x\0t\0',
  '\0\0\0\x20ftypheic',
  '\0\0\0\x20ftypavif',
  'RIFF\x24\0\0\0ACON',
  'BEGIN:VCARD',
  'PK\x03\x04',
])('anything else is a download: %j', (head) => {
  expect(inlineType(Buffer.from(head, 'latin1'))).toBeNull();
});

import { expect, test } from 'vitest';
import { pictureType } from './picture-type.ts';

test.each([
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
  ['GIF89a\x01\0\x01\0', 'image/gif'],
  ['GIF87a\x01\0\x01\0', 'image/gif'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
])('a picture is known by its first bytes', (head, type) => {
  expect(pictureType(Buffer.from(head, 'latin1'))).toBe(type);
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg">',
  '<!doctype html>',
  'RIFF\x24\0\0\0WAVEfmt ',
  'GIF8',
  '',
  '%PDF-1.7',
  'BM6\0',
])('anything else is none: %j', (head) => {
  expect(pictureType(Buffer.from(head, 'latin1'))).toBeNull();
});

import { expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

const message = (type: string, ...parts: string[]) =>
  Buffer.from(
    parts.length === 0
      ? `Content-Type: ${type}\r\n\r\nx\r\n`
      : `Content-Type: ${type}; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`,
  );
const part = (type: string, body = 'x') => `Content-Type: ${type}\r\n\r\n${body}`;
const text = part('text/plain', 'hello');

it.each([
  [
    'S/MIME beside the text',
    message('multipart/signed', text, part('application/pkcs7-signature; name=smime.p7s')),
    { kind: 'signed', by: 'smime', sealedPartId: null },
  ],
  [
    'PGP beside the text',
    message('multipart/signed', text, part('application/pgp-signature; name=signature.asc')),
    { kind: 'signed', by: 'pgp', sealedPartId: null },
  ],
  [
    'S/MIME around the text',
    message('application/pkcs7-mime; smime-type=signed-data; name=smime.p7m'),
    { kind: 'signed', by: 'smime', sealedPartId: '1' },
  ],
  [
    'S/MIME that hides the text',
    message('application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m'),
    { kind: 'encrypted', by: 'smime', sealedPartId: '1' },
  ],
  [
    'S/MIME that a gateway no longer names',
    message('multipart/mixed', part('application/octet-stream; name=smime.p7m')),
    { kind: 'encrypted', by: 'smime', sealedPartId: '1' },
  ],
  [
    'PGP that hides the text',
    message('multipart/encrypted', part('application/pgp-encrypted', 'Version: 1'), part('application/octet-stream')),
    { kind: 'encrypted', by: 'pgp', sealedPartId: '2' },
  ],
  [
    'the same, made a mixed one by Exchange',
    message('multipart/mixed', text, part('application/pgp-encrypted'), part('application/octet-stream; name=e.asc')),
    { kind: 'encrypted', by: 'pgp', sealedPartId: '3' },
  ],
  [
    'PGP in the text',
    Buffer.from('Subject: x\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n'),
    { kind: 'encrypted', by: 'pgp', sealedPartId: '1' },
  ],
  [
    'a text signed by PGP',
    Buffer.from('Subject: x\r\n\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nhello\r\n'),
    { kind: 'signed', by: 'pgp', sealedPartId: null },
  ],
  ['nothing of the kind', message('multipart/mixed', text, part('application/pdf')), null],
  ['armour that is quoted', Buffer.from('Subject: x\r\n\r\n> -----BEGIN PGP MESSAGE-----\r\n'), null],
  ['a list of certificates', message('application/pkcs7-mime; smime-type=certs-only'), null],
  [
    'an attached message that is signed',
    message(
      'multipart/mixed',
      text,
      part('message/rfc822', message('multipart/signed', text).toString().replaceAll('b', 'c')),
    ),
    null,
  ],
])('tells of %s', async (_, bytes, protection) => {
  expect((await readMessage(bytes)).protection).toEqual(protection);
});

it('lists signature files as files', async () => {
  const signed = message('multipart/signed', text, part('application/pkcs7-signature; name=smime.p7s'));
  expect((await readMessage(signed)).attachments).toMatchObject([{ name: 'smime.p7s' }]);
});

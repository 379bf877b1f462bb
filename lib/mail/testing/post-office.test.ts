import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitMessage } from '../smtp/submit.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { openElsewhere } from './people.ts';
import { startPostOffice } from './post-office.ts';
import type { SubmissionServer } from './submission-server.ts';

const ann = { username: 'ann@harbour.example', password: 'a "quoted" secret' };
const ben = { username: 'ben@quay.example', password: 'secret' };
const raw = Buffer.from('From: ann@harbour.example\r\nSubject: Tide\r\n\r\nHigh at nine.\r\n');
let dovecot: Dovecot;
let post: SubmissionServer;

beforeAll(async () => {
  dovecot = await startDovecot({ users: [ann, ben] });
  post = await startPostOffice({
    people: dovecot,
    houseOf: (domain) => (['harbour.example', 'quay.example'].includes(domain) ? dovecot : null),
    knows: (address) => [ann, ben].some(({ username }) => username === address),
  });
});
afterAll(async () => {
  await post?.stop();
  await dovecot?.stop();
});

function send(to: string[], login = ann) {
  const message = {
    envelope: { from: ann.username, to, wantsDeliveryReport: false },
    id: 'id-1',
    sizeBytes: raw.length,
    is8Bit: false,
    open: () => Readable.from([raw], { objectMode: false }),
  };
  return submitMessage(post.url, login, message, { signal: new AbortController().signal, onCommit: async () => {} });
}

describe('the submission server of a site', () => {
  test('delivers from one of its people to another, in another domain too', async () => {
    expect(await send([ben.username])).toMatchObject({ kind: 'accepted', accepted: [ben.username] });
    const elsewhere = await openElsewhere(dovecot, ben);
    expect(await elsewhere.flagsOf('Tide')).toEqual([]);
    elsewhere.close();
  });

  test('refuses by name whom nobody knows, and what is for others', async () => {
    const outcome = await send([ben.username, 'eve@quay.example', 'far@away.example']);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      refused: [
        { email: 'eve@quay.example', serverText: 'Nobody here is called eve@quay.example' },
        { email: 'far@away.example', serverText: 'Relay access denied: no mail leaves here for away.example' },
      ],
    });
  });

  test('lets in whom the mail server lets in, and nobody else', async () => {
    await expect(send([ben.username], { ...ann, password: 'guess' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { composition } from '../../contract/writing.ts';
import { letter } from '../../mail/testing/letters.ts';
import { openElsewhere } from '../../mail/testing/people.ts';
import type { SubmissionServerOptions } from '../../mail/testing/submission-server.ts';
import { listSubmissions } from '../../store/submission.ts';
import { databases, type TestStore } from '../../store/testing/databases.ts';
import { store } from '../store.ts';
import { decideSubmission } from './answer.ts';
import { saveDraft } from './drafts.ts';
import { type Desk, openDesk, password, type Writer } from './testing/desk.ts';
import { addUpload } from './uploads.ts';
import { wakeSubmissions } from './worker.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
const to = [{ name: null, email: bob }];
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Ann may keep so many kB; what is in the Inbox counts, too. */
async function deskWithQuota(kilobytes: number): Promise<Desk> {
  const extraConfig = `mail_plugins = quota\nplugin {\n  quota = maildir:of ann\n  quota_rule = *:storage=${kilobytes}k\n  quota_grace = 0\n}\n`;
  const desk = await openDesk({ database: libsql, usernames: [ann, bob], dovecot: { extraConfig } });
  stops.push(desk.close);
  return desk;
}
const libsql = databases[0] as (typeof databases)[number];

async function fill(desk: Desk, sizeBytes: number): Promise<() => Promise<void>> {
  const elsewhere = await openElsewhere(desk.dovecot, { username: ann, password });
  stops.push(elsewhere.close);
  await elsewhere.deliver(
    letter({
      subject: 'ballast',
      body: 'x'
        .repeat(70)
        .concat('\r\n')
        .repeat(sizeBytes / 72),
    }),
  );
  return () => elsewhere.expunge('ballast');
}

const draftOf = ({ accountId, username, mail }: Writer, text: string, replaces: string | null, messageId?: string) => {
  const from = { name: null, email: ann };
  const message = composition.parse({ from, subject: 'Long', text, ...(messageId ? { messageId } : {}) });
  return saveDraft({ accountId, username, mail, message, replaces });
};

describe('a mailbox that is full', () => {
  test('keeps the earlier version of a draft, tells the writer, and takes the later one once there is room', async () => {
    const desk = await deskWithQuota(12);
    const writer = await desk.signIn(ann);
    const makeRoom = await fill(desk, 7_200);
    const first = await draftOf(writer, 'short', null);
    const long = 'words and words\n'.repeat(400);
    await expect(draftOf(writer, long, first.id, first.messageId)).rejects.toMatchObject({ code: 'overQuota' });
    expect(await writer.list('drafts')).toMatchObject([{ id: first.id }]);
    await makeRoom();
    const second = await draftOf(writer, long, first.id, first.messageId);
    expect(second).toMatchObject({ otherId: null, left: null });
    expect(await writer.list('drafts')).toMatchObject([{ id: second.id }]);
  });

  test('lets a message go out once; its copy is kept when there is room and the person says so', async () => {
    const desk = await deskWithQuota(12);
    const [writer, reader] = [await desk.signIn(ann), await desk.signIn(bob)];
    const makeRoom = await fill(desk, 9_360);
    const { id } = await writer.send({ to, text: 'words and words\n'.repeat(250) });
    await expect.poll(async () => (await writer.submission(id)).problem, { timeout: 10_000 }).toBe('overQuota');
    const told = await writer.submission(id);
    expect(told).toMatchObject({ state: 'accepted', serverText: expect.stringMatching(/quota/i) });
    expect(await writer.list('sent')).toEqual([]);
    await makeRoom();
    await decideSubmission(writer.signedIn, { accountId: writer.accountId, id, decision: 'again' });
    expect(await writer.reached(id, ['filed'])).toMatchObject({ problem: null });
    expect([(await writer.list('sent')).length, (await reader.list('inbox')).length]).toEqual([1, 1]);
    expect(desk.smtp.received).toHaveLength(1);
  });
});

// A small disk of its own takes root.
describe.runIf(process.getuid?.() === 0)('a disk that is full here', () => {
  /** A database in a folder of ours, so that a disk can be put there. */
  const inFolder = (dataDir: string) => ({
    async open(): Promise<TestStore> {
      const opened = await libsql.open();
      return { ...opened, where: { dataDir, databaseUrl: null } };
    },
  });
  const mounted = (folder: string, size: string) => {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
    // Lazily: the database lets go of its files a little after it was closed.
    stops.push(() => execFileSync('umount', ['--lazy', folder]));
  };
  async function deskOn(dataDir: string, smtp: SubmissionServerOptions = {}) {
    const desk = await openDesk({ database: inFolder(dataDir), usernames: [ann, bob], smtp });
    stops.push(desk.close);
    return { desk, writer: await desk.signIn(ann), reader: await desk.signIn(bob) };
  }
  const folderOfOurs = () => {
    const folder = mkdtempSync(join(tmpdir(), 'posthorn-full-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };
  const uploadOf = async (accountId: string, bytes: Buffer) => {
    const source = Readable.from([bytes], { objectMode: false });
    const { id } = await addUpload(accountId, { name: 'plan', type: 'a/b', source, announcedBytes: bytes.length });
    return { kind: 'upload' as const, uploadId: id, name: 'plan', type: 'a/b' };
  };

  test('refuses a message with files by that name, keeps nothing of it, and takes it once there is room', async () => {
    const dataDir = folderOfOurs();
    mounted(join(dataDir, 'messages'), '1m');
    const { desk, writer, reader } = await deskOn(dataDir);
    const attachments = [await uploadOf(writer.accountId, Buffer.alloc(600_000, 'tide '))];
    const send = () => writer.send({ to, attachments });
    await expect(send()).rejects.toMatchObject({ code: 'storageFull' });
    await expect(uploadOf(writer.accountId, Buffer.alloc(900_000))).rejects.toMatchObject({ code: 'storageFull' });
    expect(await listSubmissions(await store(), writer.accountId)).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=32m', join(dataDir, 'messages')]);
    await writer.reached((await send()).id, ['filed']);
    expect(await reader.list('inbox')).toHaveLength(1);
    expect(desk.smtp.received).toHaveLength(1);
  });

  test('under the database lets nothing out that could not be written down, and goes on with room', async () => {
    const dataDir = join(folderOfOurs(), 'disk');
    const ballast = join(dataDir, 'ballast');
    mounted(dataDir, '4m');
    let ended = 0;
    const { desk, writer, reader } = await deskOn(dataDir, {
      // The message was taken up, and is about to go out.
      onStep: async (step) => {
        if (step !== 'rcpt' || ended > 0) return;
        expect(() => writeFileSync(ballast, Buffer.alloc(8_000_000))).toThrow(/ENOSPC/);
      },
      options: {
        onClose: () => {
          ended += 1;
        },
      },
    });
    const { id } = await writer.send({ to });
    await expect.poll(() => ended).toBe(1);
    expect(desk.smtp.received).toEqual([]);
    rmSync(ballast);
    wakeSubmissions();
    await writer.reached(id, ['filed']);
    expect([(await reader.list('inbox')).length, desk.smtp.received.length]).toEqual([1, 1]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRawImap, type RawImap } from '../../lib/mail/testing/raw-imap.ts';
import { compose } from './compose.ts';
import { letters } from './content/letters.ts';
import { startSampleServer } from './start.ts';

const now = new Date('2026-11-23T12:00:00Z');
let server: Awaited<ReturnType<typeof startSampleServer>>;
let ines: RawImap;

beforeAll(async () => {
  server = await startSampleServer({ oldLists: 300, routine: 40 });
  const [person] = server.people;
  if (person === undefined) throw new Error('nobody');
  ines = await openRawImap(server.dovecot.ports.imap, person);
});
afterAll(async () => {
  ines.close();
  await server.dovecot.stop();
});

describe('the sample mail', () => {
  test('the same day gives the same bytes', async () => {
    const bytes = () => Promise.all(letters(now).map(compose)).then((all) => Buffer.concat(all));
    expect((await bytes()).equals(await bytes())).toBe(true);
  });

  test('a real server lists its folders, odd names and roles among them', async () => {
    const { untagged } = await ines.command('LIST "" "*" RETURN (SPECIAL-USE SUBSCRIBED)');
    const list = untagged.join('\n');
    for (const role of ['\\Drafts', '\\Sent', '\\Archive', '\\Junk', '\\Trash']) expect(list).toContain(role);
    for (const name of ['100% done', '&ANw-n&AO8-code &JxM-', 'Archive/Old lists']) expect(list).toContain(name);
    expect(list).toMatch(/\(\\Subscribed[^)]*\) "\/" "Projects\/Ferry terminal"/);
    expect(list).toMatch(/\\NonExistent[^)]*\) "\/" "?Projects"?$/m);
  });

  test('the server’s sizes are those in the file names, so none is reported as corrupt', async () => {
    await ines.command('SELECT INBOX');
    const { untagged } = await ines.command('FETCH 1:* (RFC822.SIZE)');
    expect(untagged.length).toBeGreaterThan(80);
    await ines.command('FETCH 1:* (BODY.PEEK[])');
    expect(server.dovecot.log()).not.toMatch(/corrupt|wrong/i);
  });

  test('newest first is by number, and the newest came within the hour', async () => {
    const { untagged } = await ines.command('FETCH 1:* (INTERNALDATE)');
    const dates = untagged.map((line) => Date.parse(/INTERNALDATE "([^"]+)"/.exec(line)?.[1]?.trim() ?? ''));
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(Date.now() - (dates.at(-1) ?? 0)).toBeLessThan(3_600_000);
  });

  test('a letter in ISO-2022-JP is one that the server can search', async () => {
    await ines.command('SELECT INBOX');
    const words = '会議の議事録';
    const { untagged } = await ines.command(`SEARCH CHARSET UTF-8 SUBJECT {${Buffer.byteLength(words)}+}\r\n${words}`);
    expect(untagged.join()).toMatch(/SEARCH \d+/);
  });
});

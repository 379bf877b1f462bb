import { describe, expect, test } from 'vitest';
import { attached } from './testing/letters.ts';
import { password, useProduct } from './testing/office.ts';
import { readEvents } from './testing/read-events.ts';

const office = useProduct();

describe('over POP3', () => {
  test('the same calls list, read, flag, file and delete', async () => {
    const ben = office.person();
    expect(await ben.signIn({ username: 'ben@example.org', password, protocol: 'pop3' })).toBeNull();
    const [account] = (await ben.call('getSession')).json.accounts;
    expect(account).toMatchObject({ protocol: 'pop3', capabilities: { watch: false } });
    const params = { accountId: account.id };
    const [inbox] = (await ben.call('listMailboxes', { params })).json.mailboxes;
    const inInbox = { ...params, mailboxId: inbox.id };
    const page = (await ben.call('listMessages', { params: inInbox })).json;
    const id = page.items.find((item: { subject: string }) => item.subject === 'second').id;
    await ben.call('setKeywords', { params, body: { ids: [id], add: ['$flagged'] } });
    const opened = await ben.call('getMessage', { params: { ...params, messageId: id } });
    expect(opened.json.keywords).toEqual(['$flagged']);
    const { partId } = opened.json.attachments.find((part: { type: string }) => part.type === 'application/pdf');
    const part = await ben.open('getPart', {
      params: { ...params, messageId: id, partId },
      headers: { range: 'bytes=10-19' },
    });
    expect(Buffer.from(await part.arrayBuffer()).equals(attached.subarray(10, 20))).toBe(true);
    // The server tells no changes; what is being sent is told all the same.
    const events = readEvents(await ben.open('getEvents', { query: params }));
    expect(await events.until('"live"')).toEqual([{ type: 'live', accountId: account.id }]);
    await events.leave();
    const thread = await ben.call('getThread', { params: { ...params, messageId: id } });
    expect(thread.json.items.map((item: { id: string }) => item.id)).toEqual([id]);
    const made = (await ben.call('createMailbox', { params, body: { name: 'x', parentId: null } })).json;
    await ben.call('moveMessages', { params, body: { ids: [id], to: made.id } });
    const filed = (await ben.call('listMessages', { params: { ...params, mailboxId: made.id } })).json;
    expect(filed.items).toMatchObject([{ id, keywords: ['$flagged'], location: 'both' }]);
    const total = async (where: Record<string, string>) =>
      (await ben.call('listMessages', { params: where })).json.total;
    const inFolder = { ...params, mailboxId: made.id };
    await ben.call('destroyMessages', { params, body: { ids: [id] } });
    expect([await total(inInbox), await total(inFolder)]).toEqual([page.total - 1, 0]);
    const restored = await ben.call('restoreMessages', { params, body: { ids: [id, 'pforged'] } });
    expect(restored.json.results).toMatchObject([{ id }, { error: { code: 'notFound' } }]);
    expect(await total(inFolder)).toBe(1);
    await ben.call('destroyMessages', { params, body: { ids: [id] } });
    expect(await total(inFolder)).toBe(0);
    const ofAda = { params: { accountId: office.accountId }, body: { ids: [await office.idOf('inbox', 'letter 1')] } };
    expect((await office.ada.call('restoreMessages', ofAda)).json.code).toBe('notFound');
  });

  test('a maildrop tells where its mail is, what a rule would do, and is collected when asked', async () => {
    const ben = office.person();
    await ben.signIn({ username: 'ben@example.org', password, protocol: 'pop3' });
    const params = { accountId: (await ben.call('getSession')).json.accounts[0].id };
    await ben.call('startCollection', { params });
    const report = async () => (await ben.call('getMaildrop', { params })).json;
    await expect.poll(async () => (await report()).collection.isRunning, { timeout: 10_000 }).toBe(false);
    const { onServer, here, server, retention } = await report();
    expect(here.messages).toBeGreaterThan(0);
    expect(onServer.messages).toBeGreaterThan(0);
    expect([retention, server.signedInBy]).toEqual([{ rule: 'leave' }, 'PLAIN']);
    const preview = (rule: string, days?: number) =>
      ben.call('previewRetention', { params, query: { rule, ...(days === undefined ? {} : { days: `${days}` }) } });
    expect((await preview('leave')).json).toEqual({ removeNow: 0, deletedHere: 0, removeLater: 0 });
    expect((await preview('removeAfterDays', 30)).json.removeLater).toBeGreaterThan(0);
    expect((await preview('collect')).json.removeNow).toBeGreaterThan(0);
    expect((await preview('removeAfterDays')).status).toBe(400);
    expect((await report()).onServer).toEqual(onServer);
    const changed = { retention: { rule: 'removeAfterDays', days: 30 }, everyMinutes: 60 };
    const { json } = await ben.call('updateMaildrop', { params, body: changed });
    expect(json).toMatchObject({ retention: changed.retention, schedule: { everyMinutes: 60, lastAt: null } });
    const ended = await ben.call('updateMaildrop', { params, body: { everyMinutes: null } });
    expect(ended.json).toMatchObject({ retention: changed.retention, schedule: null });
    expect((await ben.call('updateMaildrop', { params, body: { everyMinutes: 1 } })).status).toBe(400);
    // Where the server keeps the mail there is no maildrop, and nobody sees another's.
    const imap = { accountId: office.accountId };
    expect((await office.ada.call('getMaildrop', { params: imap })).json.code).toBe('notFound');
    expect((await office.ada.call('getMaildrop', { params })).json.code).toBe('notFound');
  });
});

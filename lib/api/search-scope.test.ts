import { expect, test } from 'vitest';
import type { Mailbox } from '../mail/model.ts';
import { parseQuery } from '../mail/query/parse.ts';
import { resolveScope } from './search-scope.ts';

const mailbox = (id: string, path: string, role: Mailbox['role'] = null, isSelectable = true) =>
  ({ id, name: path.split(' / ').at(-1), path, role, isSelectable }) as Mailbox;
const mail = {
  listMailboxes: async () => [
    mailbox('1', 'INBOX', 'inbox'),
    mailbox('2', 'Papierkorb', 'trash'),
    mailbox('3', 'Work / Bills'),
    mailbox('4', 'Bills'),
    mailbox('5', 'Spam', 'junk'),
    mailbox('6', 'Parent', null, false),
    mailbox('7', 'Über uns'),
  ],
};
const scope = (text: string, beside?: string) =>
  resolveScope(parseQuery(text), beside, mail, new AbortController().signal);

test.each([
  ['in:inbox x', '1'],
  ['in:trash x', '2'],
  ['in:Papierkorb x', '2'],
  ['in:bills x', '4'],
  ['in:work/bills x', '3'],
  ['in:"Work / Bills" x', '3'],
  ['in:spam x', '5'],
  ['in:"über uns" x', '7'],
])('%s looks in one folder, and no longer says so', async (text, mailboxId) => {
  expect(await scope(text, '1')).toEqual({ mailboxId, query: { type: 'text', text: 'x' } });
});

test('without in: it looks where it is told, or everywhere', async () => {
  expect(await scope('x', '4')).toEqual({ mailboxId: '4', query: { type: 'text', text: 'x' } });
  expect(await scope('x')).toEqual({ query: { type: 'text', text: 'x' } });
  expect(await scope('x in:anywhere', '4')).toEqual({ query: { type: 'text', text: 'x' } });
});

test('a folder alone means all that is in it', async () => {
  expect(await scope('in:inbox')).toEqual({ mailboxId: '1', query: { type: 'all' } });
});

test('a folder that is not there, or holds no mail, is told by name', async () => {
  await expect(scope('in:nowhere x')).rejects.toMatchObject({ code: 'notFound', detail: 'in:nowhere' });
  await expect(scope('in:parent x')).rejects.toMatchObject({ code: 'notFound' });
});

test.each(['in:inbox OR in:trash', '-in:trash x', 'in:inbox in:trash'])(
  '%s is invalid rather than half obeyed',
  async (text) => {
    await expect(scope(text)).rejects.toMatchObject({ code: 'invalid', detail: 'in:' });
  },
);

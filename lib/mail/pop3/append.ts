import { Readable } from 'node:stream';
import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { pop3MessageIdOf } from '../ids.ts';
import { parseKeyword } from '../keyword.ts';
import { readMessage } from '../mime/read-message.ts';
import type { Pop3Account } from './account.ts';
import { mailboxKeyOf } from './mailboxes.ts';
import { checkOpen } from './refresh.ts';
import { summariseMessage } from './summarise.ts';
import { textOf } from './text.ts';

/** Keeps a message here, in any mailbox; it lives only here. Throws `notFound`, `invalid`, `storageFull`. */
export async function appendMessage(
  account: Pop3Account,
  request: { mailboxId: string; raw: Buffer; keywords: string[]; receivedAt?: string },
  options: CallOptions = {},
): Promise<{ id: string }> {
  const { accountId, contents, store } = account;
  const keywords = [...new Set(request.keywords.map(parseKeyword))];
  const mailboxKey = await mailboxKeyOf(account, request.mailboxId);
  checkOpen(account, options.signal);
  const receivedAt = dateOf(request.receivedAt);
  const parsed = await readMessage(request.raw);
  const header = { ...summariseMessage(parsed, receivedAt, true), receivedAt };
  const { hash, sizeBytes } = await contents.put(accountId, Readable.from([request.raw], { objectMode: false }));
  const text = textOf(parsed);
  const [uidl = ''] = await store.add(accountId, [{ mailboxKey, content: hash, sizeBytes, header, text, keywords }]);
  return { id: pop3MessageIdOf(uidl) };
}

function dateOf(text: string | undefined): string {
  const time = text === undefined ? Date.now() : Date.parse(text);
  if (Number.isNaN(time)) throw new MailError('invalid', 'not a date', { detail: 'receivedAt' });
  return new Date(time).toISOString();
}

import type { Readable } from 'node:stream';
import type { MailDriver } from '../../mail/driver.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import type { PerIdResult } from '../../mail/model.ts';
import { mailFor } from '../mail-for.ts';
import type { SignedIn } from '../session.ts';

/** One is held in memory at a time. */
const mostBytes = 64 * 1024 * 1024;
/** They mean something to the server that set them, and nothing elsewhere. */
const left = ['$deleted', '$recent'];

export interface Transfer {
  ids: readonly string[];
  toAccountId: string;
  /** A folder of that account. */
  to: string;
}

/**
 * Moves messages to a folder of another of the person's accounts: each is read whole, kept there, and taken from here only
 * when that was confirmed. What fails in between is in both; its result is an error with the `newId` of the copy. Throws
 * `notFound` for an account that is not theirs, `invalid` for the same one.
 */
export async function transferMessages(
  signedIn: SignedIn,
  fromAccountId: string,
  { ids, toAccountId, to }: Transfer,
  signal: AbortSignal,
): Promise<PerIdResult[]> {
  if (fromAccountId === toAccountId) throw new MailError('invalid', 'the same account', { detail: 'toAccountId' });
  const from = await mailFor(signedIn, fromAccountId);
  const there = await mailFor(signedIn, toAccountId);
  const results: PerIdResult[] = [];
  for (const id of ids) {
    if (signal.aborted) results.push({ id, error: { code: 'cancelled' } });
    else results.push(await transferOne(from, there, { id, to }));
  }
  return results;
}

// Not given up in the middle by whoever leaves: what is copied is to be taken from here.
async function transferOne(
  from: MailDriver,
  there: MailDriver,
  { id, to }: { id: string; to: string },
): Promise<PerIdResult> {
  let copy: { id: string | null } | null = null;
  try {
    const { keywords, receivedAt } = await from.getMessage({ id });
    const raw = await wholeOf((await from.openRaw({ id })).stream);
    const kept = keywords.filter((keyword) => !left.includes(keyword));
    copy = await there.appendMessage({ mailboxId: to, raw, keywords: kept, receivedAt });
    const [removed] = await from.destroyMessages({ ids: [id] });
    const newId = copy.id === null ? {} : { newId: copy.id };
    return { id, ...newId, ...(removed?.error === undefined ? {} : { error: removed.error }) };
  } catch (error) {
    const newId = copy === null || copy.id === null ? {} : { newId: copy.id };
    return { id, ...newId, error: { code: asMailError(error).code } };
  }
}

async function wholeOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBytes) throw new MailError('tooLarge', 'too large to be moved to another account');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

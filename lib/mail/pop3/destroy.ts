import type { CallOptions } from '../driver.ts';
import { asMailError, MailError } from '../errors.ts';
import type { PerIdResult } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { uidlOf } from './keywords.ts';
import { readListing } from './listing.ts';
import { forgetBytes } from './recent.ts';
import { withMaildrop } from './session.ts';

type Outcome = NonNullable<PerIdResult['error']> | 'marked';

/**
 * Deletes exactly these messages from the server: DELE each, then QUIT, which makes it true (RFC 1939 §6). A result
 * without `error` means that QUIT was answered `+OK`. When QUIT failed, what became of the marked ones is read back in a
 * new session; where that fails too, they are told as `unreachable` with detail `outcomeUnknown`.
 */
export async function destroyMessages(
  account: Pop3Account,
  request: { ids: string[] },
  options: CallOptions = {},
): Promise<PerIdResult[]> {
  const uidls = new Map(request.ids.map((id) => [id, uidlOf(id)]));
  const wanted = new Set([...uidls.values()].filter((uidl) => uidl !== null));
  if (wanted.size === 0) return request.ids.map((id) => ({ id, error: { code: 'notFound' } }));
  const outcomes = new Map<string, Outcome>();
  let isMarked = false;
  try {
    await withMaildrop(account.access, { signal: options.signal, commits: true }, async (wire) => {
      const entries = (await readListing(wire, account.server)).filter(({ uidl }) => wanted.has(uidl));
      await Promise.all(
        entries.map(async ({ uidl, number }) => outcomes.set(uidl, await mark(() => wire.markDeleted(number)))),
      );
      isMarked = true;
    });
  } catch (error) {
    if (!isMarked) throw error;
    await readBack(account, outcomes, asMailError(error));
  }
  const destroyed = [...outcomes].flatMap(([uidl, outcome]) => (outcome === 'marked' ? [uidl] : []));
  await account.store.remove(account.accountId, destroyed);
  for (const uidl of destroyed) forgetBytes(account.accountId, uidl);
  const known = await account.store.find(account.accountId, [...wanted]);
  return request.ids.map((id) => {
    const uidl = uidls.get(id) ?? null;
    const outcome = uidl === null ? undefined : outcomes.get(uidl);
    if (outcome === 'marked') return { id };
    // Not listed now: it went by another client's hand if we knew it, else it never was.
    return { id, error: outcome ?? { code: uidl !== null && known.has(uidl) ? 'stale' : 'notFound' } };
  });
}

/** The message was listed a moment ago under the server's own lock, so `-ERR` is its will and not an absence. */
async function mark(markDeleted: () => Promise<void>): Promise<Outcome> {
  try {
    await markDeleted();
    return 'marked';
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'notFound') throw error;
    return { code: 'forbidden', ...(error.serverText ? { detail: error.serverText } : {}) };
  }
}

async function readBack(account: Pop3Account, outcomes: Map<string, Outcome>, cause: MailError): Promise<void> {
  let listed: Set<string> | null = null;
  try {
    const entries = await withMaildrop(account.access, {}, (wire) => readListing(wire, account.server));
    listed = new Set(entries.map(({ uidl }) => uidl));
  } catch (error) {
    // Both failed: there is nothing more to be known, and the results say so.
    if (!(error instanceof MailError)) throw error;
  }
  for (const [uidl, outcome] of outcomes) {
    if (outcome !== 'marked') continue;
    if (listed === null) outcomes.set(uidl, { code: 'unreachable', detail: 'outcomeUnknown' });
    else if (listed.has(uidl)) outcomes.set(uidl, { code: cause.code, detail: cause.serverText ?? 'notDeleted' });
  }
}

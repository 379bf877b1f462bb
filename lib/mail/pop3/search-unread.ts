import { MailError } from '../errors.ts';
import { readMessage } from '../mime/read-message.ts';
import type { Pop3Account } from './account.ts';
import { reasonOf } from './connect.ts';
import type { Undecided } from './maildrop.ts';
import { hasEnough, type Scope, type Search, tellMatches } from './tell-matches.ts';
import { textOf } from './text.ts';

const stepSize = 50;

/** Reads what is kept here and was never read for its words (a copy, or mail from before there was an index). */
export async function searchUnread(search: Search, scope: Scope): Promise<void> {
  const { account, query, signal } = search;
  const tried = new Set<string>();
  while (!hasEnough(search)) {
    const found = await account.store.findUndecided(
      account.accountId,
      { query, ...scope },
      { isKept: true, limit: stepSize },
    );
    const step = found.filter(({ uidl }) => !tried.has(uidl));
    if (step.length === 0) return;
    const texts = new Map<string, string>();
    for (const undecided of step) {
      if (signal.aborted) throw reasonOf(signal);
      tried.add(undecided.uidl);
      texts.set(undecided.uidl, await readText(account, undecided));
    }
    await account.store.saveTexts(account.accountId, texts);
    await tellMatches(search, { ...scope, uidls: [...texts.keys()] });
  }
}

async function readText({ accountId, contents }: Pop3Account, { content }: Undecided): Promise<string> {
  try {
    return content === null ? '' : textOf(await readMessage(contents.open(accountId, content)));
  } catch (error) {
    // Destroyed meanwhile: it has no text to find anything in.
    if (error instanceof MailError && error.code === 'notFound') return '';
    throw error;
  }
}

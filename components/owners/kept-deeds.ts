import { endToast } from '@/components/ui/toast';
import { accountsOf, type Deed, sizeOf } from '@/lib/client/actions/deed';
import { takeBack } from '@/lib/client/actions/take-back';
import type { KeptDeeds, MailApp } from '@/lib/client/app/mail-app';
import { queryKeys } from '@/lib/client/query-keys';
import type { Session } from '@/lib/contract/operations';
import type { Words } from './commands/words';
import { doneKey, putUnderKey } from './offer-undo';
import { sayMark } from './say-mark';

/** As long as a POP3 account keeps what was deleted for good; later nobody means it who presses the key. */
const keptMs = 3_600_000;
/** So lately that it is said once more when the page is loaded anew. */
const freshMs = 30_000;

/** Lets what was done before this page was loaded, and what another tab does, be taken back here; gives what ends it. */
export function followKeptDeeds(app: MailApp, words: Words): () => void {
  app.keptDeeds.restore();
  offerKept(app, words, { isLoading: true });
  return app.keptDeeds.follow(() => offerKept(app, words, { isLoading: false }));
}

function offerKept(app: MailApp, words: Words, { isLoading }: { isLoading: boolean }): void {
  // Done here before this was loaded, and so later than what was kept.
  if (isLoading && app.lastUndo.get() !== null) return;
  const kept = keptNow(app);
  if (kept === null) {
    // Taken back in another tab: it is not offered here any more.
    if (!isLoading) endToast(doneKey);
    app.lastUndo.set(null);
    return;
  }
  const work = () => takeBackDeeds(app, kept);
  const isFresh = Date.now() - kept.doneAt < freshMs;
  if (isLoading && isFresh) putUnderKey(app, words('undo'), { text: sayDeeds(words, kept.deeds), key: doneKey }, work);
  else app.lastUndo.set(() => work);
}

/** Takes back what this browser did last, also before this page has been told of it; nothing where that is too long ago. */
export function takeBackKept(app: MailApp): void {
  app.keptDeeds.restore();
  const kept = keptNow(app);
  if (kept !== null) takeBackDeeds(app, kept);
}

function takeBackDeeds(app: MailApp, { deeds }: KeptDeeds): void {
  app.keptDeeds.set(null);
  for (const deed of deeds) void takeBack(app.actionsOf, deed);
}

function keptNow(app: MailApp): KeptDeeds | null {
  const kept = app.keptDeeds.get();
  if (kept === null || Date.now() - kept.doneAt > keptMs) return null;
  const accounts = app.queries.getQueryData<Session>(queryKeys.session)?.accounts ?? [];
  const areTheirs = kept.deeds.flatMap(accountsOf).every((id) => accounts.some((account) => account.id === id));
  return areTheirs ? kept : null;
}

/** As it was said when it was done: in several accounts, as one thing. */
function sayDeeds(words: Words, deeds: readonly Deed[]): string {
  const deed = deeds.at(-1);
  const count = sizeOf(deeds);
  switch (deed?.type) {
    case undefined:
      return '';
    case 'moved':
    case 'transferred':
      return words('moved', { count, folder: deed.to.name });
    case 'keywords':
      return sayMark(words, deed.mark, count);
    case 'destroyed':
      return words('destroyed', { count });
    case 'removedMailbox':
      return words('removedMailbox', { name: deed.name });
  }
}

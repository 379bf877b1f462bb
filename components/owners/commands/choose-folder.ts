import type { MailApp } from '@/lib/client/app/mail-app';
import { allAccounts, ownOf } from '@/lib/client/united/united-id';
import type { Mailbox } from '@/lib/mail/model';
import { copyTo, file, transferTo } from './file-messages';
import type { Perform } from './perform';
import { currentIds, mailboxOf } from './subject';

/** A folder and whose it is. */
export interface Target {
  accountId: string;
  mailbox: Mailbox;
}

/** Moves or copies to `given`, else to the folder that is asked for: at once, however long it takes to learn the ids of "all". */
export function intoFolder(
  app: MailApp,
  perform: Perform,
  { type, shownId }: { type: 'move' | 'copy'; shownId: string },
  ids?: readonly string[],
  given?: Target,
): void {
  const location = app.navigation.get();
  const known = ids ?? (app.selection.get().isAll ? undefined : currentIds(app));
  const owners = new Set(known?.map((id) => ownOf(id, shownId).accountId));
  const [accountId = shownId] = owners;
  const onChosen = (to: Mailbox, toAccountId: string) =>
    perform((place, subject) => {
      if (place.env.accountId !== toAccountId)
        return type === 'move' ? transferTo(place, subject, toAccountId, to) : undefined;
      return type === 'move' ? file(place, subject, to) : copyTo(place, subject, to);
    })(known);
  const areOfSeveral = owners.size > 1 || (location.accountId === allAccounts && known === undefined);
  if (given !== undefined) onChosen(given.mailbox, given.accountId);
  else if (known?.length === 0) return;
  else if (areOfSeveral) app.report.set({ type: 'severalAccounts' });
  else app.overlay.set({ type, accountId, from: mailboxOf(app, location, accountId), onChosen });
}

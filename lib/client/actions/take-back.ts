import type { Deed } from './deed.ts';
import { restoreMessages } from './destroy.ts';
import type { ActionEnvironment } from './environment.ts';
import { markMessages } from './keywords.ts';
import { moveBack } from './move.ts';
import { bringBack } from './remove-mailbox.ts';
import { transferBack } from './transfer.ts';

/** Takes back what another page did, or this one before it was loaded anew. Reports whether it could be. */
export async function takeBack(actionsOf: (accountId: string) => ActionEnvironment, deed: Deed): Promise<void> {
  const env = actionsOf(deed.accountId);
  switch (deed.type) {
    case 'moved':
      await moveBack(env, deed.homes);
      return;
    case 'transferred':
      await transferBack(actionsOf(deed.fromAccountId), env, deed.homes);
      return;
    case 'keywords':
      return await markMessages(env, { ids: deed.ids, rows: new Map(), mailboxId: null }, deed.opposite, {
        isQuiet: true,
      });
    case 'destroyed':
      return await restoreMessages(env, deed.ids);
    case 'removedMailbox':
      return await bringBack(env, deed.removed);
  }
}

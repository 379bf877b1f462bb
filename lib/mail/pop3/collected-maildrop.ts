import type { Maildrop } from '../driver.ts';
import type { MaildropReport, Retention } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { collectionOf, collectMessages, stopCollection } from './collect.ts';
import { restoreMessages } from './restore.ts';
import { previewRemoval } from './retention.ts';
import { serverSeen } from './server-seen.ts';
import { maildropName } from './session.ts';

/** What a POP3 account tells of where its mail is, and how it is collected. */
export function createMaildrop(account: Pop3Account): Maildrop {
  const { accountId, collection } = account;
  return {
    report: () => report(account),
    setRetention: (retention) => collection.setRetention(accountId, retention),
    async previewRetention(retention) {
      const copies = await collection.copiesOf(accountId, null);
      return previewRemoval(retention, copies.values(), Date.now());
    },
    collect: async (options) => void (await collectMessages(account, options)),
    stopCollection: () => stopCollection(accountId),
    restoreMessages: (request) => restoreMessages(account, request),
  };
}

async function report({ accountId, access, collection }: Pop3Account): Promise<MaildropReport> {
  // Before the amounts: told as ended, a collection must have its outcome in them.
  const { progress, problem } = collectionOf(accountId);
  const [retention, amounts] = await Promise.all([collection.retentionOf(accountId), collection.amounts(accountId)]);
  const { checkedAtMs, deletedThere, sentThere, ...counted } = amounts;
  return {
    retention,
    ...counted,
    awaitingRemoval: awaitingRemoval(retention.rule, deletedThere, sentThere),
    checkedAt: checkedAtMs === null ? null : new Date(checkedAtMs).toISOString(),
    server: serverSeen(maildropName(access)),
    collection: { isRunning: progress !== null, done: progress?.done ?? 0, total: progress?.total ?? 0, problem },
  };
}

/** By the rule that holds now: what was asked to go under another may stay. */
function awaitingRemoval(rule: Retention['rule'], deleted: number, sent: number): number {
  if (rule === 'leave') return 0;
  return rule === 'removeWhenDeleted' ? deleted : deleted + sent;
}

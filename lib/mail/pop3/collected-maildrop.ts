import type { Maildrop } from '../driver.ts';
import { pop3MessageIdOf } from '../ids.ts';
import type { MaildropReport, Retention } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { collectionOf, collectMessages, stopCollection } from './collect.ts';
import type { Copy } from './collection-store.ts';
import { refusedOf } from './refusals.ts';
import { restoreMessages } from './restore.ts';
import { previewRemoval } from './retention.ts';
import { serverSeen } from './server-seen.ts';
import { maildropName } from './session.ts';

/** Refused messages that are told one by one. */
const mostTold = 20;

/** What a POP3 account tells of where its mail is, and how it is collected. */
export function createMaildrop(account: Pop3Account): Maildrop {
  const { accountId, collection } = account;
  return {
    report: () => report(account),
    setRetention: (retention) => collection.setRetention(accountId, retention),
    async previewRetention(retention) {
      const copies = await collection.copiesOf(accountId, null);
      // They stay on the server, whatever the rule.
      const refused = refusedOf(accountId);
      const stays = ({ uidl, content, deletedAtMs }: Copy) =>
        content === null && deletedAtMs === null && refused.has(uidl);
      const some = [...copies.values()].filter((copy) => !stays(copy));
      return previewRemoval(retention, some, Date.now());
    },
    collect: async (options) => void (await collectMessages(account, options)),
    stopCollection: () => stopCollection(accountId),
    restoreMessages: (request) => restoreMessages(account, request),
  };
}

async function report(account: Pop3Account): Promise<MaildropReport> {
  const { accountId, access, collection } = account;
  // Before the amounts: told as ended, a collection must have its outcome in them.
  const { progress, problem } = collectionOf(accountId);
  const [retention, amounts, refused] = await Promise.all([
    collection.retentionOf(accountId),
    collection.amounts(accountId),
    tellRefused(account),
  ]);
  const { checkedAtMs, deletedThere, sentThere, ...counted } = amounts;
  return {
    retention,
    ...counted,
    refused,
    awaitingRemoval: awaitingRemoval(retention.rule, deletedThere, sentThere),
    checkedAt: checkedAtMs === null ? null : new Date(checkedAtMs).toISOString(),
    server: serverSeen(maildropName(access)),
    collection: { isRunning: progress !== null, done: progress?.done ?? 0, total: progress?.total ?? 0, problem },
  };
}

/** What the server refused, as far as it still lists it and nobody has it. */
async function tellRefused({ accountId, store }: Pop3Account): Promise<MaildropReport['refused']> {
  const refused = refusedOf(accountId);
  const rows = await store.find(accountId, [...refused.keys()]);
  const missing = [...refused].filter(([uidl]) => rows.get(uidl)?.content === null);
  return {
    total: missing.length,
    items: missing.slice(0, mostTold).map(([uidl, { words, isTooLarge, atMs }]) => ({
      id: pop3MessageIdOf(uidl),
      subject: rows.get(uidl)?.header?.subject ?? null,
      words,
      isTooLarge,
      at: new Date(atMs).toISOString(),
    })),
  };
}

/** By the rule that holds now: what was asked to go under another may stay. */
function awaitingRemoval(rule: Retention['rule'], deleted: number, sent: number): number {
  if (rule === 'leave') return 0;
  return rule === 'removeWhenDeleted' ? deleted : deleted + sent;
}

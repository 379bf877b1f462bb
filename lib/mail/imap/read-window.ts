import { createTurns } from '../mime/turns.ts';
import type { Facts } from './facts.ts';
import { fetchRows, type Row } from './fetch.ts';
import { fillPreviews } from './preview.ts';
import { readFlags } from './read-flags.ts';
import { repairNames } from './repair.ts';
import { factItems, translateFacts } from './summary.ts';
import { formatUidSets } from './uid-set.ts';
import type { Selected } from './with-imap.ts';

export interface Item {
  row: Pick<Row, 'seq' | 'flags'>;
  facts: Facts;
}

/**
 * Rows with their flags of now. What is known of them is not asked again: then one FETCH of flags is all, and where
 * nothing is known, one FETCH of everything.
 */
export async function readWindow(selected: Selected, range: string, isUid: boolean): Promise<Item[]> {
  const { client, account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const hasPreview = client.capabilities.has('PREVIEW') || client.capabilities.has('PREVIEW=FUZZY');
  if (known.size === 0) return await readWhole(selected, range, isUid, hasPreview);
  const rows = await readFlags(selected, range, isUid);
  await learnFacts(
    selected,
    rows.map(({ uid }) => uid),
  );
  return rows.flatMap((row) => {
    const facts = known.get(row.uid);
    return facts ? { row, facts } : [];
  });
}

/** Reads what is not known yet of these messages. */
export async function learnFacts(selected: Selected, uids: readonly number[]): Promise<void> {
  const { client, account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const hasPreview = client.capabilities.has('PREVIEW') || client.capabilities.has('PREVIEW=FUZZY');
  const unknown = uids.filter((uid) => !known.has(uid));
  for (const range of formatUidSets(unknown)) await readWhole(selected, range, true, hasPreview);
}

async function readWhole(selected: Selected, range: string, isUid: boolean, hasPreview: boolean): Promise<Item[]> {
  const { client, account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const items: Item[] = [];
  const rows = await fetchRows(client, { range, isUid, items: factItems(hasPreview) });
  const turns = createTurns();
  for (const row of rows) {
    const facts = translateFacts(row);
    if (facts) items.push({ row, facts });
    await turns();
  }
  await repairNames(
    client,
    items.map(({ facts }) => facts),
  );
  if (!hasPreview)
    await fillPreviews(
      client,
      items.map(({ facts }) => facts),
    );
  for (const { facts } of items) known.set(facts.uid, facts);
  return items;
}

import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseImapMessageId } from '../ids.ts';
import { trustOf } from '../mime/authentication.ts';
import { maxHeaderBytes } from '../mime/fields.ts';
import { parseHeaders } from '../mime/headers.ts';
import type { Message } from '../model.ts';
import { planContents } from './contents.ts';
import type { Facts } from './facts.ts';
import { fetchRows, peek, type Row } from './fetch.ts';
import { keepTree, knownTree } from './known-tree.ts';
import { sameLife } from './life.ts';
import type { Account } from './pool-types.ts';
import { repairNames } from './repair.ts';
import type { Structure } from './structure.ts';
import { translateStructure } from './structure.ts';
import { factItems, summaryOf, translateFacts } from './summary.ts';
import { atom } from './wire.ts';
import { catchUp, type Selected, withImap } from './with-imap.ts';

/** ENVELOPE hides a second From and one that is folded oddly: who reads must see what other programs may show. */
const header = peek('HEADER', maxHeaderBytes + 1);

/**
 * One message with the texts that are shown, fetched part by part, never marked as read. One round trip where the list
 * has told its structure, else two. Throws `stale` (an earlier life of the mailbox) or `notFound`.
 */
export function getMessage(account: Account, id: string, { signal }: CallOptions = {}): Promise<Message> {
  const ref = parseImapMessageId(id);
  return withImap(account, { mailbox: ref.path, mode: 'read', signal }, async (selected) => {
    sameLife(selected, ref);
    await catchUp(selected, [ref.uid]);
    const known = account.memory.factsOf(ref.path, ref.uidValidity).get(ref.uid);
    const tree = known && knownTree(selected, ref.uid);
    if (known && tree) return await readBodies(selected, known, tree, null);
    const row = await fetchOne(selected, ref.uid, [...factItems(false), header]);
    const facts = translateFacts(row);
    if (!facts) throw new MailError('protocol', 'the server gave no envelope', { detail: id });
    await repairNames(selected.client, [facts]);
    if (!known && facts.structure) account.memory.factsOf(ref.path, ref.uidValidity).set(ref.uid, facts);
    const structure = facts.structure ?? (row.bodyStructure ? translateStructure(row.bodyStructure) : null);
    if (structure && !facts.structure) keepTree(selected, ref.uid, structure);
    return await readBodies(selected, known ?? facts, structure, row);
  });
}

async function fetchOne(
  selected: Selected,
  uid: number,
  items: Parameters<typeof fetchRows>[1]['items'],
): Promise<Row> {
  const rows = await fetchRows(selected.client, { range: String(uid), isUid: true, items, deadlineMs: 60_000 });
  const row = rows.find((candidate) => candidate.uid === uid);
  // Dovecot gives what it remembers of a message that others have expunged, and NIL for what it would have to read.
  if (!row?.sections.has('HEADER')) throw new MailError('notFound', `there is no message of UID ${uid}`);
  return row;
}

async function readBodies(
  selected: Selected,
  facts: Facts,
  structure: Structure | null,
  first: Row | null,
): Promise<Message> {
  const plan = planContents(structure);
  const needs = [atom('UID'), atom('FLAGS'), header, ...plan.items];
  const row = first && plan.items.length === 0 ? first : await fetchOne(selected, facts.uid, needs);
  const head = parseHeaders(row.sections.get('HEADER') ?? Buffer.alloc(0));
  const { received: _, traceFields: __, unsubscribeSigners: ___, ...fields } = head;
  const contents = await plan.read(row.sections);
  return {
    ...summaryOf(selected.mailbox.path, selected.uidValidity, facts, row.flags ?? []),
    ...fields,
    ...trustOf(head, selected.account.server.authservIds),
    ...contents,
    warnings: [...new Set([...head.warnings, ...contents.warnings])],
  };
}

import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseImapMessageId } from '../ids.ts';
import { trustFields, trustOf } from '../mime/authentication.ts';
import { attachmentOf, chooseBodies } from '../mime/choose.ts';
import { parseHeaders } from '../mime/headers.ts';
import { decodeBytes, maxTextBytes, textBodyOf } from '../mime/text-body.ts';
import type { EmailAddress, Message, MessageWarning, TextBody } from '../model.ts';
import { maxAddresses } from './envelope.ts';
import type { Facts } from './facts.ts';
import { fetchRows, peek, peekFields, type Row } from './fetch.ts';
import { sameLife } from './life.ts';
import type { Account } from './pool-types.ts';
import { repairNames } from './repair.ts';
import type { Structure } from './structure.ts';
import { translateStructure } from './structure.ts';
import { factItems, summaryOf, translateFacts } from './summary.ts';
import { atom } from './wire.ts';
import { catchUp, type Selected, withImap } from './with-imap.ts';

/** ENVELOPE hides a second From, and what a server makes nothing of: who reads must see what other programs may show. */
const fields = ['FROM', 'REFERENCES', 'LIST-UNSUBSCRIBE', 'LIST-UNSUBSCRIBE-POST', 'DISPOSITION-NOTIFICATION-TO'];
/** What nobody would believe is not asked for. */
const fieldsOf = ({ server }: Account) => peekFields(server.authservIds ? [...fields, ...trustFields] : fields);
/** 2 MiB of text take up to 2.8 MiB in base64; a quoted-printable text past this bound is cut a little earlier. */
const maxWireBytes = 3 * 1024 * 1024;
const maxTextParts = 40;

/**
 * One message with the texts that are shown, fetched part by part, never marked as read. One round trip where the list
 * has told its structure, else two. Throws `stale` (an earlier life of the mailbox) or `notFound`.
 */
export function getMessage(account: Account, id: string, { signal }: CallOptions = {}): Promise<Message> {
  const ref = parseImapMessageId(id);
  return withImap(account, { mailbox: ref.path, mode: 'read', signal }, async (selected) => {
    sameLife(selected, ref);
    await catchUp(selected);
    const known = account.memory.factsOf(ref.path, ref.uidValidity).get(ref.uid);
    if (known?.structure) return await readBodies(selected, known, known.structure, null);
    const row = await fetchOne(selected, ref.uid, [...factItems(false), fieldsOf(account)]);
    const facts = translateFacts(row);
    if (!facts) throw new MailError('protocol', 'the server gave no envelope', { detail: id });
    await repairNames(selected.client, [facts]);
    if (!known && facts.structure) account.memory.factsOf(ref.path, ref.uidValidity).set(ref.uid, facts);
    const structure = row.bodyStructure ? translateStructure(row.bodyStructure) : null;
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
  if (!row || row.sections.size === 0) throw new MailError('notFound', `there is no message of UID ${uid}`);
  return row;
}

async function readBodies(
  selected: Selected,
  facts: Facts,
  structure: Structure | null,
  first: Row | null,
): Promise<Message> {
  const chosen = structure ? chooseBodies(structure) : { textBody: [], htmlBody: [], attachments: [], warnings: [] };
  const shown = [...new Set<Structure>([...chosen.textBody, ...chosen.htmlBody])];
  const parts = shown.slice(0, maxTextParts);
  const sections = parts.flatMap(({ partId }) => (partId ? peek(partId, maxWireBytes) : []));
  const needs = [atom('UID'), atom('FLAGS'), fieldsOf(selected.account), ...sections];
  const row = first && sections.length === 0 ? first : await fetchOne(selected, facts.uid, needs);
  const head = parseHeaders(row.sections.get('HEADER.FIELDS') ?? Buffer.alloc(0));
  const texts = new Map(parts.map((part) => [part, readText(part, row.sections.get(part.partId ?? ''))]));
  const textsOf = (list: Structure[]): TextBody[] => list.flatMap((part) => texts.get(part) ?? []);
  const warnings = new Set<MessageWarning>(chosen.warnings);
  if (!structure) warnings.add('tooDeep');
  if (shown.length > parts.length) warnings.add('tooManyParts');
  if ([...texts.values()].some(({ isTruncated }) => isTruncated)) warnings.add('bodyTruncated');
  const addresses = (list: EmailAddress[]): EmailAddress[] => {
    if (list.length > maxAddresses) warnings.add('addressesTruncated');
    return list.slice(0, maxAddresses);
  };
  const { path } = selected.mailbox;
  const summary = summaryOf(path, selected.uidValidity, facts, row.flags ?? []);
  return {
    ...summary,
    from: addresses(head.from.length > 0 ? head.from : facts.from),
    to: addresses(facts.to),
    cc: addresses(facts.cc),
    bcc: addresses(facts.bcc),
    replyTo: addresses(facts.replyTo),
    sender: addresses(facts.sender),
    messageId: facts.messageId,
    inReplyTo: facts.inReplyTo,
    references: head.references,
    textBody: textsOf(chosen.textBody),
    htmlBody: textsOf(chosen.htmlBody),
    attachments: chosen.attachments.map(attachmentOf),
    receiptTo: head.receiptTo,
    ...trustOf(head, selected.account.server.authservIds),
    warnings: [...warnings],
  };
}

function readText(part: Structure, bytes: Buffer | undefined): TextBody {
  const wire = bytes ?? Buffer.alloc(0);
  const isCut = wire.length >= maxWireBytes;
  return textBodyOf(part, decodeBytes(wire, part.encoding).subarray(0, maxTextBytes + 1), isCut);
}

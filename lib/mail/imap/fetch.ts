import type { ImapAttribute, ImapAttributeList, ImapFlow, ImapResponse } from 'imapflow';
import { MailError } from '../errors.ts';
import { atom, execute, failConnection, listOf, passFetchOn, sequence, type Token, textOf } from './wire.ts';

/** One message's answer to FETCH (RFC 9051 §7.5.2): what was asked for, as far as the server gave it. */
export interface Row {
  seq: number;
  uid: number | null;
  flags: string[] | null;
  /** RFC 7162 §3.1.5; only where it was told. */
  modSeq: bigint | null;
  internalDate: string | null;
  sizeBytes: number | null;
  envelope: ImapAttributeList | null;
  bodyStructure: ImapAttributeList | null;
  preview: string | null;
  /** Bytes by section as it was asked for, in upper case: `1.2`, `HEADER.FIELDS`, the empty string for all. */
  sections: Map<string, Buffer>;
}

export interface FetchRequest {
  range: string;
  isUid: boolean;
  items: Token[];
  /** Only messages of which something changed after this mod-sequence (RFC 7162 §3.1.4.1); what `isNews` says so of is told as well. */
  changed?: { since: bigint; isNews(row: Row): boolean };
  deadlineMs?: number;
}

/** A row may come in pieces, as flags that change meanwhile, but not for ever. */
const maxRepeated = 1_000;

/** Fetches rows in the server's order. FETCH answers and flags that nobody asked for are passed on as flag changes. */
export async function fetchRows(client: ImapFlow, request: FetchRequest): Promise<Row[]> {
  const rows = new Map<number, Row>();
  const isAsked = membershipOf(request.range);
  const wantsFlags = request.items.some((item) => textOf(item) === 'FLAGS');
  const { changed } = request;
  let more = maxRepeated;
  await execute(client, {
    name: request.isUid ? 'UID FETCH' : 'FETCH',
    attributes: [
      sequence(request.range),
      request.items,
      ...(changed ? [[atom('CHANGEDSINCE'), atom(String(changed.since))]] : []),
    ],
    ...(request.deadlineMs === undefined ? {} : { deadlineMs: request.deadlineMs }),
    untagged: {
      FETCH(response) {
        const row = translateRow(response);
        if (!row) return;
        const key = request.isUid ? row.uid : row.seq;
        if (key === null || !isAsked(key)) return passFetchOn(client, response);
        // By UID, numbers may shift while the answers come: EXPUNGE may stand between them (RFC 9051 §7.5.1).
        const earlier = rows.get(key);
        if (earlier && more-- <= 0) return failConnection(client, new MailError('protocol', 'rows repeat without end'));
        // Another client's change comes in the midst of our answers too (RFC 9051 §7.5.2), and is not said a second time.
        if (row.flags && (!wantsFlags || earlier?.flags || changed?.isNews(row))) passFetchOn(client, response);
        rows.set(key, earlier ? merge(earlier, row) : row);
      },
    },
  });
  return [...rows.values()];
}

/** A section without setting \Seen, cut to `maxBytes` (RFC 9051 §6.4.5.1). */
export function peek(section: string, maxBytes?: number, startByte = 0): Token {
  return {
    type: 'ATOM',
    value: 'BODY.PEEK',
    section: section === '' ? [] : [atom(section)],
    ...(maxBytes === undefined ? {} : { partial: [startByte, maxBytes] }),
  };
}

/** Some fields of the header; the answer stands in `sections` under HEADER.FIELDS. */
export const peekFields = (fields: string[]): Token => ({
  type: 'ATOM',
  value: 'BODY.PEEK',
  section: [atom('HEADER.FIELDS'), fields.map(atom)],
});

/** Reads one untagged FETCH; null where it is none. */
export function translateRow(response: ImapResponse): Row | null {
  const seq = Number(response.command);
  const items = listOf(response.attributes?.[1]);
  if (!Number.isInteger(seq) || !items) return null;
  const row: Row = {
    seq,
    uid: null,
    flags: null,
    modSeq: null,
    internalDate: null,
    sizeBytes: null,
    envelope: null,
    bodyStructure: null,
    preview: null,
    sections: new Map(),
  };
  for (let at = 0; at + 1 < items.length; at += 2) readItem(row, items[at], items[at + 1]);
  return row;
}

function readItem(row: Row, key: ImapAttribute | undefined, value: ImapAttribute | undefined): void {
  switch (textOf(key)?.toUpperCase()) {
    case 'UID':
      row.uid = numberOf(value);
      break;
    case 'FLAGS':
      row.flags = (listOf(value) ?? []).flatMap((flag) => textOf(flag) ?? []);
      break;
    case 'MODSEQ':
      row.modSeq = modSeqOf(value);
      break;
    case 'INTERNALDATE':
      row.internalDate = textOf(value);
      break;
    case 'RFC822.SIZE':
      row.sizeBytes = numberOf(value);
      break;
    case 'ENVELOPE':
      row.envelope = listOf(value);
      break;
    case 'BODYSTRUCTURE':
      row.bodyStructure = listOf(value);
      break;
    case 'PREVIEW':
      // Dovecot 2.3 gives the draft's form, (FUZZY "text"); RFC 8970 the bare string.
      row.preview = textOf(listOf(value)?.[1] ?? value);
      break;
    case 'BODY':
      readSection(row, key, value);
      break;
  }
}

function readSection(row: Row, key: ImapAttribute | undefined, value: ImapAttribute | undefined): void {
  const section = key && !Array.isArray(key) ? key.section : undefined;
  if (!section || !value || Array.isArray(value)) return;
  const bytes = Buffer.isBuffer(value.value) ? value.value : Buffer.from(String(value.value ?? ''), 'utf8');
  row.sections.set((textOf(section[0]) ?? '').toUpperCase(), bytes);
}

function merge(a: Row, b: Row): Row {
  return {
    seq: a.seq,
    uid: b.uid ?? a.uid,
    flags: b.flags ?? a.flags,
    modSeq: b.modSeq ?? a.modSeq,
    internalDate: b.internalDate ?? a.internalDate,
    sizeBytes: b.sizeBytes ?? a.sizeBytes,
    envelope: b.envelope ?? a.envelope,
    bodyStructure: b.bodyStructure ?? a.bodyStructure,
    preview: b.preview ?? a.preview,
    sections: new Map([...a.sections, ...b.sections]),
  };
}

function numberOf(token: ImapAttribute | undefined): number | null {
  const text = textOf(token) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** 63 bits at most (RFC 7162 §7). */
function modSeqOf(value: ImapAttribute | undefined): bigint | null {
  const text = textOf(listOf(value)?.[0]) ?? '';
  return /^\d{1,19}$/.test(text) ? BigInt(text) : null;
}

function membershipOf(range: string): (value: number) => boolean {
  const spans = range.split(',').map((span) => {
    const [first = 0, last = first] = span
      .split(':')
      .map((end) => (end === '*' ? Number.POSITIVE_INFINITY : Number(end)));
    return [Math.min(first, last), Math.max(first, last)] as const;
  });
  if (spans.length <= 8) return (value) => spans.some(([first, last]) => value >= first && value <= last);
  const set = new Set<number>();
  for (const [first, last] of spans) for (let value = first; value <= last; value += 1) set.add(value);
  return (value) => set.has(value);
}

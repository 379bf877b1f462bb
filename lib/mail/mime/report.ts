import type { Part, Report, ReportAction, ReportOutcome } from '../model.ts';
import { parseDate } from './dates.ts';
import { decodeHeader } from './encoded-word.ts';
import { fieldOf, fieldsOf, type HeaderField, splitFields } from './fields.ts';

/** So many bytes of the part that reports are read. */
export const maxReportBytes = 64 * 1024;
const maxOutcomes = 20;
const maxTextLength = 500;

const kinds: Record<string, Report['kind']> = {
  'message/delivery-status': 'delivery',
  'message/global-delivery-status': 'delivery',
  'message/disposition-notification': 'disposition',
  'message/global-disposition-notification': 'disposition',
  'message/feedback-report': 'complaint',
};

export const isReport = (part: Part): boolean => part.type in kinds;

/** The part that reports, in a message that is a report itself: not deeper than a list's footer puts it (RFC 6522 §3). */
export function reportPartOf<P extends Part>(root: P): P | null {
  const reports = [root, ...(root.subParts as P[])].filter(({ type }) => type === 'multipart/report');
  return [root, ...reports.flatMap(({ subParts }) => subParts as P[])].find(isReport) ?? null;
}

/** Reads a report from the bytes of its part. Null where it names nobody and says nothing. Never throws. */
export function parseReport(type: string, bytes: Buffer): Report | null {
  const kind = kinds[type];
  if (kind === undefined) return null;
  const [first = [], ...more] = blocksOf(bytes);
  const { outcomes, reporter } = readers[kind](first, more);
  if (outcomes.length === 0) return null;
  return {
    kind,
    reportedBy: reporter,
    outcomes: outcomes.slice(0, maxOutcomes),
    isTruncated: outcomes.length > maxOutcomes,
  };
}

/** Groups of fields with an empty line between them (RFC 3464 §2.1). */
function blocksOf(bytes: Buffer): HeaderField[][] {
  return bytes
    .toString('latin1', 0, maxReportBytes)
    .split(/(?:\r?\n[ \t]*){2,}/)
    .map((block) => splitFields(Buffer.from(block, 'latin1')))
    .filter((fields) => fields.length > 0);
}

interface Read {
  outcomes: ReportOutcome[];
  reporter: string | null;
}

const readers: Record<Report['kind'], (first: HeaderField[], more: HeaderField[][]) => Read> = {
  delivery: (first, more) => ({
    reporter: typed(fieldOf(first, 'reporting-mta')),
    // Some servers forget the empty line before the first recipient.
    outcomes: [...(fieldOf(first, 'action') === null ? [] : [first]), ...more]
      .filter((fields) => fieldOf(fields, 'action') !== null || fieldOf(fields, 'final-recipient') !== null)
      .map(deliveryOf),
  }),
  disposition: (first) => ({
    reporter: shown(fieldOf(first, 'reporting-ua')),
    outcomes: fieldOf(first, 'disposition') === null ? [] : [dispositionOf(first)],
  }),
  complaint: (first) => ({
    reporter: shown(fieldOf(first, 'user-agent')),
    outcomes: fieldOf(first, 'feedback-type') === null ? [] : [complaintOf(first)],
  }),
};

function deliveryOf(fields: HeaderField[]): ReportOutcome {
  return {
    recipient: typed(fieldOf(fields, 'original-recipient') ?? fieldOf(fields, 'final-recipient')),
    action: actionOf(fieldOf(fields, 'action'), ['failed', 'delayed', 'delivered', 'relayed', 'expanded']),
    status: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fieldOf(fields, 'status') ?? '')?.[1] ?? null,
    diagnostic: typed(fieldOf(fields, 'diagnostic-code')),
    retryUntil: parseDate(fieldOf(fields, 'will-retry-until')),
  };
}

function dispositionOf(fields: HeaderField[]): ReportOutcome {
  // action-mode/sending-mode; disposition-type/modifiers (RFC 8098 §3.2.6)
  const kind = (fieldOf(fields, 'disposition') ?? '').split(';').at(-1)?.split('/')[0] ?? '';
  return {
    recipient: typed(fieldOf(fields, 'original-recipient') ?? fieldOf(fields, 'final-recipient')),
    action: actionOf(kind, ['displayed', 'deleted', 'dispatched', 'processed', 'denied', 'failed']),
    status: null,
    diagnostic: shown([...fieldsOf(fields, 'failure'), ...fieldsOf(fields, 'error')].join(' ')),
    retryUntil: null,
  };
}

function complaintOf(fields: HeaderField[]): ReportOutcome {
  const kind = fieldOf(fields, 'feedback-type')?.replace(/^not-spam$/i, 'notSpam') ?? null;
  return {
    recipient: shown(fieldOf(fields, 'original-rcpt-to')?.replace(/[<>]/g, '') ?? null),
    action: actionOf(kind, ['abuse', 'fraud', 'virus', 'notSpam']),
    status: null,
    diagnostic: null,
    retryUntil: null,
  };
}

function actionOf(value: string | null, known: ReportAction[]): ReportAction {
  const word = (value ?? '')
    .replace(/\(.*?\)/g, '')
    .trim()
    .toLowerCase();
  return known.find((action) => action.toLowerCase() === word) ?? 'other';
}

/** A value without its type, as `rfc822;` or `smtp;` (RFC 3464 §2.1.2). */
const typed = (value: string | null): string | null => shown(value?.replace(/^\s*[\w-]+\s*;/, '') ?? null);

const shown = (value: string | null): string | null =>
  decodeHeader(value ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, maxTextLength) || null;

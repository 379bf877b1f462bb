import type { Query } from '../query.ts';
import type { Held } from './contents.ts';

/** The decoded text of a message, folded; null while it was not read. */
export type FoldedText = string | null;

/** Lower case without accents: people write "resume" for "résumé". */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');
}

/** Whether a message matches; null when that depends on its text, which was not read. */
export function matches(query: Query, held: Held, text: FoldedText): boolean | null {
  const { entry, row } = held;
  const header = row.header;
  switch (query.type) {
    case 'all':
      return true;
    case 'and':
      return every(query.terms.map((term) => matches(term, held, text)));
    case 'or':
      return negate(every(query.terms.map((term) => negate(matches(term, held, text)))));
    case 'not':
      return negate(matches(query.term, held, text));
    case 'from':
      return includes(addressText(header?.from), query.text);
    case 'to':
      return includes(addressText([...(header?.to ?? []), ...(header?.cc ?? []), ...(header?.bcc ?? [])]), query.text);
    case 'subject':
      return includes(header?.subject ?? '', query.text);
    case 'text':
      return matchesText(query.text, held, text);
    case 'hasAttachment':
      return header?.hasAttachment ?? false;
    case 'keyword':
      return row.keywords.includes(query.keyword.toLowerCase()) === query.isSet;
    case 'before':
      return (header?.receivedAt ?? row.firstSeenAt).slice(0, 10) < query.date;
    case 'after':
      return (header?.receivedAt ?? row.firstSeenAt).slice(0, 10) >= query.date;
    case 'larger':
      return entry.sizeBytes > query.sizeBytes;
    case 'smaller':
      return entry.sizeBytes < query.sizeBytes;
    case 'in':
      return fold(query.mailbox) === fold(held.mailboxName ?? 'Inbox');
  }
}

function matchesText(wanted: string, { row }: Held, text: FoldedText): boolean | null {
  const header = row.header;
  const people = [...(header?.from ?? []), ...(header?.to ?? []), ...(header?.cc ?? []), ...(header?.bcc ?? [])];
  if (includes(`${header?.subject ?? ''}\n${addressText(people)}`, wanted)) return true;
  return text === null ? null : text.includes(fold(wanted));
}

const includes = (text: string, wanted: string) => fold(text).includes(fold(wanted));

function addressText(addresses: { name: string | null; email: string }[] = []): string {
  return addresses.map(({ name, email }) => `${name ?? ''} <${email}>`).join(', ');
}

/** Three-valued: one false decides, else one unknown leaves it open. */
function every(answers: (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

const negate = (answer: boolean | null) => (answer === null ? null : !answer);

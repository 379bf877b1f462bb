import type { MaildropHeader } from '../../mail/pop3/maildrop.ts';

/** The columns that a header fills: itself, and what lists are sorted and filtered by. */
export function headerColumns(header: MaildropHeader) {
  const [sender] = header.from;
  return {
    header: JSON.stringify(header),
    received_at_ms: Date.parse(header.receivedAt),
    has_attachment: header.hasAttachment ? 1 : 0,
    from_key: sortKeyOf(sender?.name || sender?.email || ''),
    subject_key: sortKeyOf(header.subject.replace(/^(\s*(re|fwd?|aw|wg|antw|sv|vs|tr)\s*(\[\d+\])?\s*:)+\s*/i, '')),
  };
}

const keyLength = 120;

/** Without case and accents, numbers by their value: databases then sort as people do, near enough. */
function sortKeyOf(text: string): string {
  const folded = text.slice(0, keyLength).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  // Postgres takes no NUL in a text.
  return folded
    .replaceAll('\0', '')
    .trim()
    .replace(/\d{1,9}/g, (number) => number.padStart(9, '0'));
}

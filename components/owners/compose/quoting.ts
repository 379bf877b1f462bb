import { quotable } from '@/lib/client/compose/bounds';
import { htmlOfText, quoteText, textOfHtml } from '@/lib/client/compose/html';
import { formatRecipient } from '@/lib/client/compose/recipients';
import type { Written } from '@/lib/client/compose/written';
import type { EmailAddress, Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import type { Beginning } from './begin';
import { fileOfMessage, filesIn, htmlBodyOf, textOf } from './message-words';

/**
 * An answer or a message that is passed on: below what is written stands what it is about. What is more than a message may be is
 * passed on whole, as a file, or quoted by its beginning; that is told.
 */
export function quoting(written: Written, message: Message, beginning: Beginning, kind: 'reply' | 'forward'): Written {
  const { sanitize, t } = beginning;
  const lines = (kind === 'reply' ? [wroteLine(message, beginning)] : forwardLines(message, beginning)).map(
    displayText,
  );
  const isHtml = message.htmlBody.some(({ type }) => type === 'text/html');
  const text = isHtml && message.textBody.every(({ type }) => type === 'text/html') ? null : textOf(message, sanitize);
  const html = htmlBodyOf(message, sanitize);
  const files = filesIn(message, html).filter(({ cid }) => kind === 'forward' || cid !== null);
  const { words, isWhole } = quotable(text ?? textOfHtml(html), html, files.length);
  if (!isWhole && kind === 'forward') {
    beginning.tell(t('forwardedWhole'));
    return { ...written, files: [fileOfMessage(message, t('forwardedFile'))] };
  }
  if (!isWhole) beginning.tell(t('quoteShortened'));
  const quoted = kind === 'reply' ? quoteText(words) : words;
  const quote = { html: quoteHtml(lines, isWhole ? html : htmlOfText(words), kind) };
  return {
    ...written,
    text: `\n\n${lines.join('\n')}\n${kind === 'forward' ? '\n' : ''}${quoted}\n`,
    quote: written.isPlain ? null : quote,
    files: isWhole ? files : [],
  };
}

function quoteHtml(lines: readonly string[], html: string, kind: 'reply' | 'forward'): string {
  const page = document.implementation.createHTMLDocument('');
  const head = page.createElement('div');
  head.className = 'moz-cite-prefix';
  for (const [at, line] of lines.entries()) head.append(...(at > 0 ? [page.createElement('br')] : []), line);
  const body = page.createElement(kind === 'reply' ? 'blockquote' : 'div');
  if (kind === 'reply') {
    body.setAttribute('type', 'cite');
    body.setAttribute('style', 'margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex');
  }
  // Whatever it draws ends where it stands, below what was written and who has written it.
  body.style.overflowY = 'clip';
  // Sanitised, and read again into a document that loads nothing; what shows it sanitises it once more.
  body.innerHTML = html;
  const whole = page.createElement('div');
  whole.className = 'gmail_quote';
  whole.append(head, ...(kind === 'forward' ? [page.createElement('br')] : []), body);
  return whole.outerHTML;
}

function wroteLine({ from, sentAt, receivedAt }: Message, { t, say }: Beginning): string {
  const [sender] = from;
  const date = say(sentAt ?? receivedAt);
  return t('wrote', { date, name: sender === undefined ? '?' : formatRecipient(sender) });
}

function forwardLines({ from, to, cc, subject, sentAt, receivedAt }: Message, { t, say }: Beginning): string[] {
  const people = (list: readonly EmailAddress[]) => list.slice(0, 50).map(formatRecipient).join(', ');
  const date = say(sentAt ?? receivedAt, 'full');
  return [
    `---------- ${t('forwarded')} ----------`,
    t('forwardedFields.from', { people: people(from) }),
    t('forwardedFields.date', { date }),
    t('forwardedFields.subject', { subject }),
    t('forwardedFields.to', { people: people(to) }),
    ...(cc.length === 0 ? [] : [t('forwardedFields.cc', { people: people(cc) })]),
  ];
}

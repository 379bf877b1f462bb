import type { useTranslations } from 'use-intl';
import { answerTo, forwardOf, forwardSubject } from '@/lib/client/compose/answer';
import { withinBounds } from '@/lib/client/compose/bounds';
import {
  cidsIn,
  cleanForEditor,
  cleanForQuote,
  htmlOfText,
  quoteText,
  type Sanitizer,
  textOfHtml,
  usableCid,
} from '@/lib/client/compose/html';
import { parseMailto } from '@/lib/client/compose/mailto';
import { createMessageId } from '@/lib/client/compose/message-id';
import type { ComposeFields, ComposeStart } from '@/lib/client/compose/panels';
import { formatRecipient } from '@/lib/client/compose/recipients';
import type { Written, WrittenFile } from '@/lib/client/compose/written';
import { writtenAs } from '@/lib/client/compose/written-as';
import type { Identity } from '@/lib/contract/identities';
import type { EmailAddress, Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { unflow } from '@/lib/text/format-flowed';
import type { Say } from './use-when';

export interface Beginning {
  sanitize: Sanitizer;
  from: EmailAddress;
  ownEmails: readonly string[];
  /** Whose signature, reply-to and blind copy go along. */
  identity: Identity | null;
  /** Text is written plain. */
  isPlain: boolean;
  t: ReturnType<typeof useTranslations<'compose'>>;
  say: Say;
}

/** What a composer begins with, as something written; what is begun here, and not gone on with, is signed. */
export function begin(start: ComposeStart, beginning: Beginning): Written {
  const written = withinBounds(unsigned(start, beginning));
  const { identity, sanitize } = beginning;
  const isBegun = start.kind !== 'written' && start.kind !== 'draft' && start.kind !== 'editAsNew';
  return isBegun && identity !== null ? writtenAs(written, null, identity, sanitize) : written;
}

function unsigned(start: ComposeStart, beginning: Beginning): Written {
  if (start.kind === 'written') return start.written;
  const empty = emptyOf(start.accountId, beginning);
  switch (start.kind) {
    case 'new':
      return withFields(empty, start.fields ?? {});
    case 'mailto': {
      const { inReplyTo, ...fields } = parseMailto(start.url);
      return { ...withFields(empty, fields), inReplyTo, references: inReplyTo };
    }
    case 'reply':
    case 'replyAll':
    case 'replyList': {
      const answer = answerTo(start.message, start.kind, beginning.ownEmails);
      return quoting({ ...empty, ...answer }, start.message, beginning, 'reply');
    }
    case 'forward': {
      return quoting({ ...empty, ...forwardOf(start.message) }, start.message, beginning, 'forward');
    }
    case 'forwardAttached': {
      const [first] = start.messages;
      const files = start.messages.map(({ id, subject, sizeBytes }): WrittenFile => {
        const name = `${
          subject
            .replace(/[\p{Cc}/\\]/gu, ' ')
            .trim()
            .slice(0, 100) || beginning.t('forwardedFile')
        }.eml`;
        return { ...fileOf(id), name, type: 'message/rfc822', sizeBytes, source: { kind: 'message', messageId: id } };
      });
      const answers = start.messages.map(({ id }) => ({ messageId: id, keyword: '$forwarded' as const }));
      return { ...empty, subject: forwardSubject(first?.subject ?? ''), files, answers };
    }
    case 'editAsNew': {
      // Where answers go is seen nowhere: a stranger's mail is not to say it.
      const { identity } = beginning;
      const replyTo = identity?.replyTo == null ? [] : [{ name: null, email: identity.replyTo }];
      return { ...rewritten(empty, start.message, beginning), replyTo };
    }
    case 'draft': {
      const { message } = start;
      const { messageId, inReplyTo, references } = message;
      const written = rewritten(empty, message, beginning);
      const own = { messageId: messageId ?? written.messageId, draftId: message.id, inReplyTo, references };
      return { ...written, ...own, ...start.more };
    }
  }
}

function emptyOf(accountId: string, { from, isPlain }: Beginning): Written {
  return {
    accountId,
    from,
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    isPlain,
    text: '',
    html: '',
    quote: null,
    files: [],
    messageId: createMessageId(from.email),
    draftId: null,
    inReplyTo: [],
    references: [],
    answers: [],
    priority: 'normal',
    wantsReadReceipt: false,
    wantsDeliveryReport: false,
    sendAt: null,
  };
}

function withFields(empty: Written, { text = '', ...fields }: Partial<ComposeFields>): Written {
  return { ...empty, ...fields, text, html: text === '' ? '' : htmlOfText(text) };
}

/** A message that is written anew, or gone on with: its own text and files. */
function rewritten(empty: Written, message: Message, { sanitize, ownEmails }: Beginning): Written {
  const [from] = message.from;
  const isOwn = from !== undefined && ownEmails.includes(from.email.toLowerCase());
  const isPlain = message.htmlBody.every(({ type }) => type === 'text/plain');
  const html = isPlain ? htmlOfText(textOf(message, sanitize)) : htmlBodyOf(message, sanitize, cleanForQuote);
  const [own, quote] = splitQuote(html);
  const { to, cc, bcc, replyTo, subject } = message;
  const written = { ...empty, ...(isOwn ? { from } : {}), to, cc, bcc, replyTo, subject, isPlain };
  return {
    ...written,
    text: textOf(message, sanitize),
    html: cleanForEditor(sanitize, isPlain ? html : own),
    quote: isPlain || quote === null ? null : { html: quote },
    files: filesIn(message, html),
  };
}

/** An answer or a message that is passed on: below what is written stands what it is about. */
function quoting(written: Written, message: Message, beginning: Beginning, kind: 'reply' | 'forward'): Written {
  const lines = (kind === 'reply' ? [wroteLine(message, beginning)] : forwardLines(message, beginning)).map(
    displayText,
  );
  const isHtml = message.htmlBody.some(({ type }) => type === 'text/html');
  const text =
    isHtml && message.textBody.every(({ type }) => type === 'text/html') ? null : textOf(message, beginning.sanitize);
  const html = htmlBodyOf(message, beginning.sanitize, cleanForQuote);
  const words = text ?? textOfHtml(html);
  const quoted = kind === 'reply' ? quoteText(words) : words;
  const quote = { html: quoteHtml(lines, html, kind) };
  return {
    ...written,
    text: `\n\n${lines.join('\n')}\n${kind === 'forward' ? '\n' : ''}${quoted}\n`,
    quote: written.isPlain ? null : quote,
    files: filesIn(message, html).filter(({ cid }) => kind === 'forward' || cid !== null),
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

/** Takes the quote that an earlier sitting put below the text out of it again. */
function splitQuote(html: string): [own: string, quote: string | null] {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const last = page.body.lastElementChild;
  if (last === null || !last.classList.contains('gmail_quote') || page.body.lastChild !== last) return [html, null];
  last.remove();
  const before = page.body.lastElementChild;
  if (before?.nodeName === 'DIV' && before.textContent === '' && before.querySelector('img') === null) before.remove();
  return [page.body.innerHTML, last.outerHTML];
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

const textOf = (message: Message, sanitize: Sanitizer): string =>
  message.textBody
    .map(({ type, text, isFlowed, isDelSp }) =>
      type === 'text/html' ? textOfHtml(cleanForQuote(sanitize, text)) : isFlowed ? unflow(text, isDelSp) : text,
    )
    .join('\n')
    .replace(/\r\n?/g, '\n');

const htmlBodyOf = (message: Message, sanitize: Sanitizer, clean: typeof cleanForQuote): string =>
  message.htmlBody
    .map(({ type, text, isFlowed, isDelSp }) =>
      type === 'text/html' ? clean(sanitize, text) : htmlOfText((isFlowed ? unflow(text, isDelSp) : text).trimEnd()),
    )
    .join('');

const fileOf = (key: string) => ({ key, cid: null, part: null });

/** Its files; with a `cid` the pictures that the text shows. What was meant to be seen where no text names it goes as a file. */
function filesIn(message: Message, html: string): WrittenFile[] {
  const shown = cidsIn(html);
  return partsOf(message).map((file) => (file.cid !== null && shown.has(file.cid) ? file : { ...file, cid: null }));
}

const partsOf = (message: Message): WrittenFile[] =>
  message.attachments.map(({ partId, name, type, sizeBytes, cid }) => ({
    ...fileOf(`${message.id} ${partId}`),
    name: name ?? '',
    type,
    sizeBytes,
    cid: cid === null ? null : usableCid(cid.replace(/^<|>$/g, '')),
    source: { kind: 'part', messageId: message.id, partId },
  }));

import type { useTranslations } from 'use-intl';
import { answerTo, forwardOf, forwardSubject } from '@/lib/client/compose/answer';
import { withinBounds } from '@/lib/client/compose/bounds';
import { cleanForEditor, htmlOfText, type Sanitizer } from '@/lib/client/compose/html';
import { parseMailto } from '@/lib/client/compose/mailto';
import { createMessageId } from '@/lib/client/compose/message-id';
import type { ComposeFields, ComposeStart } from '@/lib/client/compose/panels';
import { isAmong } from '@/lib/client/compose/plus-address';
import { emptyWritten, type Written } from '@/lib/client/compose/written';
import { writtenAs } from '@/lib/client/compose/written-as';
import type { Identity } from '@/lib/contract/identities';
import type { EmailAddress, Message } from '@/lib/mail/model';
import { fileOfMessage, filesIn, htmlBodyOf, textOf } from './message-words';
import { quoting } from './quoting';
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
  /** Says that it begins otherwise than was asked for. */
  tell: (text: string) => void;
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
  const { from, isPlain } = beginning;
  const messageId = createMessageId(from.email);
  const empty = emptyWritten({ accountId: start.accountId, from, isPlain, messageId });
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
      const isOfNoList = start.kind === 'replyList' && start.message.list?.postTo == null;
      if (isOfNoList) beginning.tell(beginning.t('noList'));
      const answer = answerTo(start.message, isOfNoList ? 'replyAll' : start.kind, beginning.ownEmails);
      return quoting({ ...empty, ...answer }, start.message, beginning, 'reply');
    }
    case 'forward': {
      return quoting({ ...empty, ...forwardOf(start.message) }, start.message, beginning, 'forward');
    }
    case 'forwardAttached': {
      const [first] = start.messages;
      const files = start.messages.map((one) => fileOfMessage(one, beginning.t('forwardedFile')));
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

function withFields(empty: Written, { text = '', ...fields }: Partial<ComposeFields>): Written {
  return { ...empty, ...fields, text, html: text === '' ? '' : htmlOfText(text) };
}

/** A message that is written anew, or gone on with: its own text and files. */
function rewritten(empty: Written, message: Message, { sanitize, ownEmails }: Beginning): Written {
  const [from] = message.from;
  const isOwn = from !== undefined && isAmong(from.email, ownEmails);
  const isPlain = message.htmlBody.every(({ type }) => type === 'text/plain');
  const html = isPlain ? htmlOfText(textOf(message, sanitize)) : htmlBodyOf(message, sanitize);
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

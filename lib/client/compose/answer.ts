import type { EmailAddress, Message } from '../../mail/model.ts';
import { isAmong, isSameAddress } from './plus-address.ts';
import { isUsableId, shortened } from './references.ts';
import type { Written } from './written.ts';

type Answer = Pick<Written, 'to' | 'cc' | 'subject' | 'inReplyTo' | 'references' | 'answers'>;

/** Marks of answers and of what is passed on, as programs of many languages write them (RFC 5322 §3.6.5 knows only "Re: "). */
const answerMark = /^\s*(?:re|aw|antw|sv|vs|odp|res|回复|答复|答覆|回覆)\s*(?:[[(]\d{1,4}[\])])?\s*[:：]/i;
const forwardMark = /^\s*(?:fwd?|wg|tr|doorst|vb|enc|转发)\s*[:：]/i;

type Answering = 'reply' | 'replyAll' | 'replyList';

/** Whom an answer goes to, as which subject, and what it answers. Never to oneself, unless one has written only to oneself. */
export function answerTo(message: Message, kind: Answering, ownEmails: readonly string[]): Answer {
  const { to, cc } = recipientsOf(message, kind, ownEmails);
  return {
    to,
    cc,
    subject: answerMark.test(message.subject) ? message.subject : `Re: ${message.subject}`,
    ...threadOf(message),
    answers: [{ messageId: message.id, keyword: '$answered' }],
  };
}

/** The same of a message that is passed on. */
export function forwardOf(message: Message): Answer {
  return {
    to: [],
    cc: [],
    subject: forwardSubject(message.subject),
    inReplyTo: [],
    references: threadOf(message).references,
    answers: [{ messageId: message.id, keyword: '$forwarded' }],
  };
}

export const forwardSubject = (subject: string): string => (forwardMark.test(subject) ? subject : `Fwd: ${subject}`);

/** Each address once, whatever its case; without those of `but`, with a detail behind a plus too, and without entries that name nobody. */
export function withoutDoubles(people: readonly EmailAddress[], but: readonly string[] = []): EmailAddress[] {
  const seen = new Set<string>();
  return people.filter(({ email }) => {
    const key = email.toLowerCase();
    if (key === '' || seen.has(key) || isAmong(email, but)) return false;
    seen.add(key);
    return true;
  });
}

function recipientsOf({ from, replyTo, to, cc, list }: Message, kind: Answering, own: readonly string[]) {
  if (kind === 'replyList' && list?.postTo != null) return { to: [{ name: null, email: list.postTo }], cc: [] };
  const isOwn = ({ email }: EmailAddress) => isAmong(email, own);
  // What one has sent oneself is gone on with: to those that it went to.
  const isMine = from.length > 0 && from.every(isOwn);
  // A form on one's own site writes as oneself to oneself: then whom it asks to answer is meant.
  const places = isMine ? [to, replyTo] : [replyTo, from];
  const reached = places.find((people) => withoutDoubles(people, own).length > 0);
  const wanted = reached ?? places.find((people) => people.length > 0) ?? [];
  const others = kind === 'replyAll' && !isMine ? to : [];
  const first = withoutDoubles([...wanted, ...others], own);
  const answered = first.length > 0 ? first : withoutDoubles(wanted);
  const isAnswered = (one: EmailAddress) => answered.some(({ email }) => isSameAddress(email, one.email));
  const copied = kind === 'reply' ? [] : withoutDoubles(cc, own).filter((one) => !isAnswered(one));
  return { to: answered, cc: copied };
}

/** RFC 5322 §3.6.4: the references of what is answered, else what it answers itself, and then its own id. */
function threadOf({ messageId, references, inReplyTo }: Message): Pick<Answer, 'inReplyTo' | 'references'> {
  const own = messageId !== null && isUsableId(messageId) ? [messageId] : [];
  const earlier = references.length > 0 ? references : inReplyTo.length === 1 ? inReplyTo : [];
  return { inReplyTo: own, references: shortened([...earlier, ...own]) };
}

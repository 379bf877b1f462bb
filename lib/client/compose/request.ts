import type { InputOf } from '../../contract/operations.ts';
import { cidsIn } from './html.ts';
import { faultOf } from './recipients.ts';
import type { Written, WrittenFile } from './written.ts';

type CompositionRequest = InputOf<'createDraft', 'body'>;

/**
 * What is written as the API takes it. Recipients that nothing can be sent to are left out: a draft must be kept all the
 * same, and before sending they are asked for. `isFromDraft`: files are taken from the draft where it has them.
 */
export function compositionOf(written: Written, isFromDraft = false): CompositionRequest {
  const { from, replyTo, isPlain, subject, messageId, inReplyTo, references, priority, wantsReadReceipt } = written;
  const html = isPlain ? null : htmlOf(written);
  return {
    from,
    replyTo,
    to: usable(written.to),
    cc: usable(written.cc),
    bcc: usable(written.bcc),
    subject,
    text: isPlain ? written.text : null,
    html,
    attachments: filesOf(written).map((file) => attachmentOf(file, isFromDraft)),
    messageId,
    inReplyTo,
    references,
    priority,
    wantsReadReceipt,
  };
}

/** The files that go along: all, but of pictures only those that the text shows. */
export function filesOf(written: Written): WrittenFile[] {
  const shown = written.isPlain ? new Set<string>() : cidsIn(`${written.html}${written.quote?.html ?? ''}`);
  return written.files.filter(({ cid, source }) => source.kind !== 'waiting' && (cid === null || shown.has(cid)));
}

/** The message as HTML: what was written, then what it answers. */
function htmlOf({ html, quote }: Written): string {
  return quote === null ? html : `${html}<div><br></div>${quote.html}`;
}

const usable = (people: Written['to']) => people.filter((person) => faultOf(person) === null);

function attachmentOf({ name, type, cid, source, part }: WrittenFile, isFromDraft: boolean) {
  const about = { name: name === '' ? null : name, type, cid };
  const chosen = isFromDraft && part !== null ? { kind: 'part' as const, ...part } : source;
  if (chosen.kind === 'waiting') throw new TypeError('a file that is not uploaded cannot go along');
  return { ...about, ...chosen };
}

/** Answers and forwards, as programs of many languages write them, with the counts that some add: `Re[2]:`, `Aw (3):`. */
const prefix =
  /^(?:re|fwd?|aw|wg|antw|sv|vs|tr|rif|i|r|odp|res|enc|回复|转发|答复|答覆|回覆)\s*(?:[[(]\d{1,4}[\])])?\s*[:：]\s*/i;
/** The name of a list. One that is all of the subject is the subject. */
const listName = /^\[[^[\]]{0,100}\]\s*(?=\S)/;
const forwardMark = /\s*\(fwd\)$/i;
/** A whole subject in a forward's brackets. */
const forwarded = /^\[fwd:\s*(.*)\]$/i;

/** What a subject is about: without marks of answers, forwards and lists (RFC 5256 §2.1, in more languages). */
export function baseSubjectOf(subject: string): string {
  // No mail has more that anybody would read; a hostile one would have thousands.
  let rest = subject.slice(0, 500).replace(/\s+/g, ' ').trim();
  for (;;) {
    const next = rest.replace(forwardMark, '').replace(forwarded, '$1').replace(prefix, '').replace(listName, '');
    if (next === rest) return rest;
    rest = next;
  }
}

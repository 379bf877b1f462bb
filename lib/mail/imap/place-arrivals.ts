import { baseSubjectOf } from '../../text/base-subject.ts';
import { parseHeaders } from '../mime/headers.ts';
import type { Facts } from './facts.ts';
import { fetchRows, peekFields } from './fetch.ts';
import { learnFacts } from './read-window.ts';
import { algorithmOf, type Groups } from './thread-uids.ts';
import { type Arrival, indexOfThread } from './threads.ts';
import { formatUidSets } from './uid-set.ts';
import { atom } from './wire.ts';
import type { Selected } from './with-imap.ts';

/**
 * Beside which known message each new one belongs, by what it answers and what this session has seen; null where that does
 * not tell, as for an answer to something old.
 */
export async function placeArrivals(
  selected: Selected,
  groups: Groups,
  fresh: readonly number[],
): Promise<Arrival[] | null> {
  const { account, mailbox, uidValidity } = selected;
  const references = await referencesOf(selected, fresh);
  await learnFacts(selected, fresh);
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const byId = new Map<string, number>();
  const subjects = new Set<string>();
  const isFresh = new Set(fresh);
  // The conversation of a known message by its place, one that begins here by its first UID below zero.
  const homes = new Map<number, number>();
  const homeOf = (uid: number) => homes.get(uid) ?? indexOfThread(groups, uid);
  for (const [uid, facts] of known) {
    if (isFresh.has(uid)) continue;
    if (facts.messageId !== null) byId.set(facts.messageId, uid);
    subjects.add(subjectKey(facts));
  }
  const bySubject = algorithmOf(selected.client) !== 'REFS';
  const arrivals: Arrival[] = [];
  for (const uid of fresh) {
    const facts = known.get(uid);
    const beside =
      facts && besideOf(facts, references.get(uid) ?? [], { byId, subjects: bySubject ? subjects : null, homeOf });
    if (facts === undefined || beside === undefined) return null;
    arrivals.push({ uid, beside });
    homes.set(uid, beside === null ? -uid : homeOf(beside));
    if (facts.messageId !== null) {
      const earlier = byId.get(facts.messageId);
      // What was moved away and back is remembered under its old UID too.
      if (earlier === undefined || homeOf(earlier) === gone) byId.set(facts.messageId, uid);
    }
    subjects.add(subjectKey(facts));
  }
  return arrivals;
}

/** The place of a message that this session has seen, and that is not there any more. */
const gone = -1;

/** Undefined: not to be told from here. */
function besideOf(
  facts: Facts,
  references: readonly string[],
  { byId, subjects, homeOf }: { byId: Map<string, number>; subjects: Set<string> | null; homeOf(uid: number): number },
): number | null | undefined {
  const answered = references.length > 0 ? references : facts.inReplyTo.slice(0, 1);
  if (answered.length === 0) {
    if (subjects === null) return null;
    // Messages of one subject stand together (RFC 5256 §3 step 5); how, the server knows.
    const isOfItsOwn = !subjects.has(subjectKey(facts)) && facts.subject.trim() === baseSubjectOf(facts.subject);
    return isOfItsOwn || subjectKey(facts) === '' ? null : undefined;
  }
  const found = answered.flatMap((id) => byId.get(id) ?? []).filter((uid) => homeOf(uid) !== gone);
  const threads = new Set(found.map(homeOf));
  return threads.size === 1 ? found.at(-1) : undefined;
}

const subjectKey = ({ subject }: Facts): string => baseSubjectOf(subject).toLowerCase();

/** What each of these names in its References, oldest first. */
export async function referencesOf(selected: Selected, uids: readonly number[]): Promise<Map<number, string[]>> {
  const items = [atom('UID'), peekFields(['REFERENCES'])];
  const found = new Map<number, string[]>();
  for (const range of formatUidSets(uids))
    for (const row of await fetchRows(selected.client, { range, isUid: true, items })) {
      const head = row.sections.get('HEADER.FIELDS');
      if (row.uid !== null && head) found.set(row.uid, parseHeaders(head).references);
    }
  return found;
}

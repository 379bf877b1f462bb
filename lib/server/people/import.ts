import { contactLimits, type ImportReport } from '../../contract/contacts.ts';
import { decodeText } from '../../mail/mime/charset.ts';
import { createTurns } from '../../mail/mime/turns.ts';
import { insertContacts, type StoredContact } from '../../store/contact.ts';
import { knownContacts, samenessOf } from '../../store/contact-list.ts';
import { countContactsAnew } from '../../store/contact-statistics.ts';
import { foldWords } from '../../store/words.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import type { NotRead, ReadCard } from './card.ts';
import { createContactId, storedOf } from './contacts.ts';
import { readCsv } from './csv-read.ts';
import { changeGroup, createGroup, listGroups } from './groups.ts';
import { readVcards } from './vcard-read.ts';

const toldProblems = 200;
/** So many at once: others who write get their turn between. */
const batchSize = 200;

/**
 * Adds the contacts of a file, vCard or CSV, in whatever charset. One that is here already (the same name, no address
 * that is new) is left as it is; what was not taken is told by its number.
 */
export async function importContacts(signedIn: SignedIn, bytes: Buffer): Promise<ImportReport> {
  const report: ImportReport = { added: 0, known: 0, groups: 0, pictures: 0, problems: [], problemCount: 0 };
  const problem = (told: NotRead) => {
    report.problemCount += 1;
    if (report.problems.length < toldProblems) report.problems.push({ ...told, name: told.name.slice(0, 100) });
  };
  const accountId = firstAccountId(signedIn);
  const { total, ids } = await knownContacts(await store(), accountId);
  const groups = createMembership();
  let waiting: StoredContact[] = [];
  const write = async () => {
    await insertContacts(await store(), accountId, waiting, contactLimits.contacts);
    report.added += waiting.length;
    waiting = [];
  };
  const turn = createTurns();
  for await (const read of cardsIn(bytes)) {
    await turn();
    if ('reason' in read) {
      problem(read);
      continue;
    }
    if (read.hasBadAddress) problem({ number: read.number, name: read.name, reason: 'addressLeftOut' });
    if (read.hasPicture) report.pictures += 1;
    if (read.members !== null) {
      groups.list(read.name, read.members);
      continue;
    }
    const keys = samenessOf(read);
    const [first] = keys;
    const isKnown = keys.every((key) => ids.has(key));
    const id = isKnown && first !== undefined ? (ids.get(first) ?? '') : createContactId();
    if (!isKnown && total + report.added + waiting.length >= contactLimits.contacts) {
      problem({ number: read.number, name: read.name, reason: 'tooMany' });
      continue;
    }
    groups.add(id, read);
    if (isKnown) report.known += 1;
    else {
      for (const key of keys) ids.set(key, id);
      waiting.push({ ...storedOf({ ...read, groupIds: [] }, read.others), id });
      if (waiting.length >= batchSize) await write();
    }
  }
  await write();
  if (report.added >= batchSize) await countContactsAnew(await store());
  report.groups = await fillGroups(signedIn, groups.members());
  return report;
}

/** The file's own beginning says what it is. */
async function* cardsIn(bytes: Buffer): AsyncGenerator<ReadCard | NotRead> {
  const text = decodeText(bytes, null);
  if (/^\s*BEGIN:VCARD/i.test(text)) yield* readVcards(text);
  else yield* readCsv(text);
}

/** Who is in which group: by the categories of a card, or by cards that list the uids of others. */
function createMembership() {
  const byName = new Map<string, { name: string; ids: Set<string> }>();
  const byUid = new Map<string, string>();
  const lists: { name: string; uids: string[] }[] = [];
  const put = (name: string, id: string) => {
    const key = foldWords(name);
    const group = byName.get(key) ?? { name, ids: new Set() };
    byName.set(key, group);
    group.ids.add(id);
  };
  return {
    add(id: string, { groups, uid }: ReadCard) {
      for (const name of groups) put(name, id);
      if (uid !== null) byUid.set(uid, id);
    },
    list: (name: string, uids: string[]) => void lists.push({ name, uids }),
    members() {
      for (const { name, uids } of lists)
        for (const uid of uids) {
          const id = byUid.get(uid);
          if (id !== undefined) put(name, id);
        }
      return [...byName.values()];
    },
  };
}

/** Makes the groups that are not there, within the bound, and fills all of them. Gives how many were made. */
async function fillGroups(signedIn: SignedIn, wanted: { name: string; ids: Set<string> }[]): Promise<number> {
  const there = new Map((await listGroups(signedIn)).map(({ id, name }) => [foldWords(name), id]));
  let made = 0;
  for (const { name, ids } of wanted) {
    const known = there.get(foldWords(name));
    if (known === undefined && there.size + made >= contactLimits.groups) continue;
    const id = known ?? (await createGroup(signedIn, name)).id;
    if (known === undefined) made += 1;
    await changeGroup(signedIn, id, { add: [...ids], remove: [] });
  }
  return made;
}

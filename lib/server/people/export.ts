import { contactsAfter } from '../../store/contact-list.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import { csvHead, writeCsv } from './csv-write.ts';
import { listGroups } from './groups.ts';
import { writeVcard } from './vcard-write.ts';

/** So many are held at once. */
const pageSize = 100;

/** The person's contacts, all or those of a group, as a file, made while it is sent. */
export async function* exportContacts(
  signedIn: SignedIn,
  { format, groupId }: { format: 'vcard' | 'csv'; groupId: string | null },
): AsyncGenerator<Buffer> {
  const names = new Map((await listGroups(signedIn)).map(({ id, name }) => [id, name]));
  const write = format === 'csv' ? writeCsv : writeVcard;
  // Excel takes a file without the mark for one in the charset of its country.
  yield Buffer.from(format === 'csv' ? `\ufeff${csvHead()}` : '');
  let after = '';
  for (;;) {
    const page = await contactsAfter(await store(), firstAccountId(signedIn), { after, groupId, limit: pageSize });
    const texts = page.map((contact) =>
      write(
        contact,
        contact.groupIds.flatMap((id) => names.get(id) ?? []),
      ),
    );
    yield Buffer.from(texts.join(''));
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? '';
  }
}

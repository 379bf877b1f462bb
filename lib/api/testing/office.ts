import { afterAll, beforeAll, expect } from 'vitest';
import { type Dovecot, startDovecot } from '../../mail/testing/dovecot.ts';
import { type Conformity, createConformity } from './conformity.ts';
import { deliver, letterWithParts, plainLetter } from './letters.ts';
import { createPerson, type Person } from './person.ts';
import { type Product, startProduct } from './product.ts';

export const password = 'correct horse “battery”';
export const metricsToken = 'token-of-the-metrics-reader';
const specialUse = { Sent: '\\Sent', Drafts: '\\Drafts', Trash: '\\Trash', Junk: '\\Junk' };

/** For all tests of a file: a mail server with the letters of Ada and Ben, the product over it, and Ada signed in. */
export function useProduct() {
  const mailboxIds = new Map<string, string>();
  const office = {
    mail: undefined as unknown as Dovecot,
    product: undefined as unknown as Product,
    conformity: undefined as unknown as Conformity,
    ada: undefined as unknown as Person,
    accountId: '',
    /** Ada's mailbox by role, or by name where it has none. */
    boxId: (name: string) => mailboxIds.get(name) ?? '',
    /** Path parameters in Ada's account. */
    at: (more: Record<string, string> = {}) => ({ accountId: office.accountId, ...more }),
    person: () => createPerson(office.product.url, office.conformity),
    async list(mailbox: string, query: Record<string, string> = {}) {
      const params = office.at({ mailboxId: office.boxId(mailbox) });
      return (await office.ada.call('listMessages', { params, query })).json;
    },
    async idOf(mailbox: string, subject: string): Promise<string> {
      const { items } = await office.list(mailbox, { limit: '200' });
      return items.find((item: { subject: string }) => item.subject === subject)?.id;
    },
    /** Every mailbox with its count: what must not change by accident. */
    async counts(): Promise<[string, number][]> {
      const { json } = await office.ada.call('listMailboxes', { params: office.at(), query: { counts: 'true' } });
      return json.mailboxes.map((mailbox: { path: string; totalMessages: number }) => [
        mailbox.path,
        mailbox.totalMessages,
      ]);
    },
  };

  beforeAll(async () => {
    office.mail = await mailOfTwo();
    office.product = await startProduct(office.mail, { METRICS_TOKEN: metricsToken });
    const document = await (await fetch(`${office.product.url}/api/openapi.json`)).json();
    office.conformity = createConformity(document as object);
    office.ada = office.person();
    expect(await office.ada.signIn({ username: 'ada@example.org', password })).toBeNull();
    office.accountId = (await office.ada.call('getSession')).json.accounts[0].id;
    const { json } = await office.ada.call('listMailboxes', { params: office.at() });
    for (const mailbox of json.mailboxes) mailboxIds.set(mailbox.role ?? mailbox.name, mailbox.id);
  }, 240_000);

  afterAll(async () => {
    await office.product?.stop();
    await office.mail?.stop();
  });

  return office;
}

async function mailOfTwo(): Promise<Dovecot> {
  const users = ['ada', 'ben'].map((name) => ({ username: `${name}@example.org`, password }));
  const mail = await startDovecot({ users, specialUse });
  const letters = Array.from({ length: 30 }, (_, n) => plainLetter(`letter ${n}`, `the body of ${n}, herring`));
  deliver(mail, 'ada@example.org', '', [...letters, letterWithParts('parts')]);
  deliver(mail, 'ada@example.org', 'Projects', [plainLetter('harbour', 'a herring'), plainLetter('bridge')]);
  deliver(mail, 'ben@example.org', '', [plainLetter('first'), letterWithParts('second')]);
  return mail;
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContactRequest, contactLimits } from '../../contract/contacts.ts';
import { accountIdOf } from '../../store/account.ts';
import { databases } from '../../store/testing/databases.ts';
import { forget as forgetOf } from '../live.ts';
import type { SignedIn } from '../session.ts';
import { updateSettings } from '../settings.ts';
import { store } from '../store.ts';
import { install } from '../testing/installation.ts';
import { signedInTo } from '../testing/signed-in.ts';
import * as contacts from './contacts.ts';
import { exportContacts } from './export.ts';
import * as groups from './groups.ts';
import * as identities from './identities.ts';
import { importContacts } from './import.ts';
import { forget, learnAddresses, learnedOf } from './learned.ts';
import * as templates from './templates.ts';

const standard = { replyTo: null, bccsSelf: false, textSignature: '', htmlSignature: null, isDefault: false };
const named = (name: string, ...emails: string[]): ContactRequest => ({
  name,
  organization: '',
  emails: emails.map((email) => ({ kind: 'other', email })),
  phones: [],
  note: '',
  groupIds: [],
});

describe.each(databases)('people on $name', (database) => {
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    installation = await install(database, { SEND_FROM: 'login' });
  });
  afterAll(() => installation.remove());

  async function person(username: string): Promise<SignedIn> {
    const id = await accountIdOf(await store(), { protocol: 'imap', host: 'mail.example.org', port: 1, username });
    return signedInTo(id, username);
  }
  const idOf = (signedIn: SignedIn) => signedIn.accounts[0]?.id ?? '';
  const found = async (signedIn: SignedIn, q: string) =>
    (await contacts.completionsOf(signedIn, q, 8)).addresses.map(({ email }) => email);
  const all = async (signedIn: SignedIn, q: string | null = null, groupId: string | null = null) =>
    await contacts.contactsOf(signedIn, { position: 0, limit: 200, q, groupId });
  async function exported(signedIn: SignedIn, format: 'vcard' | 'csv'): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of exportContacts(signedIn, { format, groupId: null })) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }

  test('a login has an identity of its own until one is made, by the name that it sent under last', async () => {
    const anna = await person('anna.b@example.org');
    const standing = { id: null, email: 'anna.b@example.org', name: 'Anna B', isDefault: true };
    expect(await identities.listIdentities(anna)).toMatchObject([standing]);
    await learnAddresses(idOf(anna), [{ name: 'Anna Berg', email: 'Anna.B@example.org' }]);
    expect(await identities.listIdentities(anna)).toMatchObject([{ ...standing, name: 'Anna Berg' }]);
    const local = await person('bare');
    expect(await identities.listIdentities(local)).toMatchObject([{ email: 'bare@example.org', name: 'Bare' }]);
    const made = await identities.createIdentity(anna, {
      ...standard,
      accountId: idOf(anna),
      name: 'A',
      email: 'anna.b@example.org',
    });
    expect(made.isDefault).toBe(true);
    expect(await identities.listIdentities(anna)).toEqual([made]);
  });

  test('a login without a domain has that of MAIL_DOMAIN, and without one no address that it may send from', async () => {
    const gerd = await person('gerd');
    const make = (email: string) =>
      identities.createIdentity(gerd, { ...standard, accountId: idOf(gerd), name: 'Gerd', email });
    await expect(make('gerd@example.org')).rejects.toMatchObject({ code: 'forbidden' });
    process.env.MAIL_DOMAIN = 'Post.Example.org';
    forgetOf('config');
    try {
      expect(await identities.listIdentities(gerd)).toMatchObject([{ email: 'gerd@post.example.org' }]);
      await expect(make('gerd@example.org')).rejects.toMatchObject({ code: 'forbidden' });
      expect(await make('gerd+lists@post.example.org')).toMatchObject({ isDefault: true });
    } finally {
      delete process.env.MAIL_DOMAIN;
      forgetOf('config');
    }
  });

  test('identities have one default and an order, and their addresses are those that may be sent from', async () => {
    const carl = await person('carl@example.org');
    const make = (email: string, more = {}) =>
      identities.createIdentity(carl, { ...standard, accountId: idOf(carl), name: email, email, ...more });
    const first = await make('carl@example.org');
    const list = await make('Carl+List@example.org', {
      isDefault: true,
      htmlSignature: '<b>C</b>',
      textSignature: 'C',
    });
    for (const email of ['other@example.org', 'carl@elsewhere.org', 'carl+x@elsewhere.org', 'xcarl+y@example.org'])
      await expect(make(email), email).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identities.updateIdentity(carl, first.id ?? '', { email: 'eve@example.org' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const told = async () => (await identities.listIdentities(carl)).map(({ id, isDefault }) => [id, isDefault]);
    expect(await told()).toEqual([
      [first.id, false],
      [list.id, true],
    ]);
    expect(await identities.updateIdentity(carl, list.id ?? '', { position: 0, bccsSelf: true })).toMatchObject({
      bccsSelf: true,
      htmlSignature: '<b>C</b>',
    });
    expect((await told()).map(([id]) => id)).toEqual([list.id, first.id]);
    await identities.deleteIdentity(carl, list.id ?? '');
    expect(await told()).toEqual([[first.id, true]]);
  });

  test('of two identities that become the default at once, one is', async () => {
    const cora = await person('cora@example.org');
    const make = (tag: string) =>
      identities.createIdentity(cora, {
        ...standard,
        accountId: idOf(cora),
        name: tag,
        email: `cora+${tag}@example.org`,
      });
    const made = await Promise.all(['a', 'b', 'c'].map(make));
    await Promise.all(made.map(({ id }) => identities.updateIdentity(cora, id ?? '', { isDefault: true })));
    expect((await identities.listIdentities(cora)).filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  test('nothing of one person is there for another', async () => {
    const [dora, eve] = [await person('dora@example.org'), await person('eve@example.org')];
    const identity = await identities.createIdentity(dora, {
      ...standard,
      accountId: idOf(dora),
      name: '',
      email: 'dora@example.org',
    });
    const template = await templates.createTemplate(dora, { name: 'T', subject: '', text: 'x', html: null });
    const group = await groups.createGroup(dora, 'Friends');
    const contact = await contacts.createContact(dora, { ...named('Zoe', 'zoe@x.org'), groupIds: [group.id] });
    await learnAddresses(idOf(dora), [{ name: null, email: 'learned@x.org' }]);
    const own = await contacts.createContact(eve, { ...named('Own', 'own@x.org'), groupIds: [group.id] });
    expect(own.groupIds).toEqual([]);
    const notFound = { code: 'notFound' };
    await expect(
      identities.createIdentity(eve, { ...standard, accountId: idOf(dora), name: '', email: 'eve@example.org' }),
    ).rejects.toMatchObject(notFound);
    for (const attempt of [
      () => identities.updateIdentity(eve, identity.id ?? '', { name: 'Eve' }),
      () => identities.updateIdentity(eve, identity.id ?? '', { email: 'eve@example.org' }),
      () => identities.deleteIdentity(eve, identity.id ?? ''),
      () => templates.updateTemplate(eve, template.id, { name: 'E', subject: '', text: '', html: null }),
      () => templates.deleteTemplate(eve, template.id),
      () => contacts.contactOf(eve, contact.id),
      () => contacts.updateContact(eve, contact.id, named('Eve')),
      () => groups.expandGroup(eve, group.id),
      () => groups.changeGroup(eve, group.id, { name: 'Eve', add: [own.id], remove: [contact.id] }),
      () => groups.deleteGroup(eve, group.id),
    ])
      await expect(attempt()).rejects.toMatchObject(notFound);
    expect(await contacts.destroyContacts(eve, [contact.id])).toBe(0);
    expect(await contacts.destroyContacts(dora, [contact.id])).toBe(1);
    expect(await contacts.restoreContacts(eve, [contact.id])).toBe(0);
    expect(await contacts.restoreContacts(dora, [contact.id])).toBe(1);
    await forget(eve, null);
    const mine = await groups.createGroup(eve, 'Friends');
    expect(await groups.changeGroup(eve, mine.id, { add: [contact.id, own.id], remove: [] })).toMatchObject({
      count: 1,
    });
    expect([await found(eve, 'zoe'), await found(eve, 'learned'), await all(eve, 'zoe')]).toMatchObject([
      [],
      [],
      { total: 0 },
    ]);
    expect((await all(eve, null, group.id)).items).toEqual([]);
    expect(await exported(eve, 'vcard')).not.toContain('zoe');
    // Dora has all of it as it was.
    expect([await found(dora, 'zoe'), await found(dora, 'learned')]).toEqual([['zoe@x.org'], ['learned@x.org']]);
    expect(await groups.expandGroup(dora, group.id)).toMatchObject({
      name: 'Friends',
      addresses: [{ email: 'zoe@x.org' }],
    });
    expect(await templates.listTemplates(dora)).toEqual([template]);
    expect(await identities.listIdentities(dora)).toEqual([identity]);
  });

  test('contacts are listed by name in windows, found by the beginning of any word, and their edits are found at once', async () => {
    const fay = await person('fay@example.org');
    const zoe = await contacts.createContact(fay, named('Zoé Ångström', 'zoe@work.example'));
    await contacts.createContact(fay, named('ábel', 'abel@x.org'));
    await contacts.createContact(fay, { ...named('', 'info@firm.org'), organization: 'Bakery' });
    expect((await all(fay)).items.map(({ name, organization }) => name || organization)).toEqual([
      'ábel',
      'Bakery',
      'Zoé Ångström',
    ]);
    const window = await contacts.contactsOf(fay, { position: 1, limit: 1, q: null, groupId: null });
    expect(window).toMatchObject({
      position: 1,
      total: 3,
      items: [{ organization: 'Bakery', email: 'info@firm.org' }],
    });
    expect((await all(fay, 'ang zo')).items).toMatchObject([{ id: zoe.id }]);
    expect((await all(fay, 'ngst')).items).toEqual([]);
    expect((await all(fay, '山')).items).toEqual([]);
    const changed = { ...named('Zoé Ångström-Li', 'zoe@home.example'), note: 'n' };
    expect(await contacts.updateContact(fay, zoe.id, changed)).toMatchObject({ note: 'n', emails: changed.emails });
    expect([await found(fay, 'zoe@work'), await found(fay, 'li')]).toEqual([[], ['zoe@home.example']]);
  });

  test('deleted contacts come back whole, into their groups, until the sweep has come', async () => {
    const gus = await person('gus@example.org');
    const group = await groups.createGroup(gus, 'Crew');
    await expect(groups.createGroup(gus, ' crew')).rejects.toMatchObject({ code: 'conflict' });
    const made = await contacts.createContact(gus, { ...named('Hal', 'hal@x.org'), groupIds: [group.id] });
    await contacts.destroyContacts(gus, [made.id]);
    expect([await found(gus, 'hal'), (await all(gus)).total]).toEqual([[], 0]);
    await expect(contacts.contactOf(gus, made.id)).rejects.toMatchObject({ code: 'notFound' });
    expect((await groups.listGroups(gus))[0]).toMatchObject({ count: 0 });
    expect(await contacts.restoreContacts(gus, [made.id])).toBe(1);
    expect(await contacts.contactOf(gus, made.id)).toEqual(made);
    expect(await found(gus, 'hal')).toEqual(['hal@x.org']);
    await contacts.destroyContacts(gus, [made.id]);
    await contacts.sweepContacts(Date.now() + 3_599_000);
    expect(await contacts.restoreContacts(gus, [made.id])).toBe(1);
    await contacts.destroyContacts(gus, [made.id]);
    await contacts.sweepContacts(Date.now() + 3_601_000);
    expect(await contacts.restoreContacts(gus, [made.id])).toBe(0);
  });

  test('whom one wrote to completes by use and recency, is forgotten one by one or whole, and not learned when that is off', async () => {
    const ida = await person('ida@example.org');
    await contacts.createContact(ida, named('Max Contact', 'max@contact.org'));
    await learnAddresses(idOf(ida), [{ name: 'Max Once', email: 'once@x.org' }]);
    for (let use = 0; use < 3; use++) await learnAddresses(idOf(ida), [{ name: 'Max Often', email: 'Often@x.org' }]);
    expect(await found(ida, 'max')).toEqual(['Often@x.org', 'once@x.org', 'max@contact.org']);
    for (let use = 0; use < 5; use++) await learnAddresses(idOf(ida), [{ name: null, email: 'MAX@contact.org' }]);
    expect(await found(ida, 'max')).toEqual(['max@contact.org', 'Often@x.org', 'once@x.org']);
    const asked = { position: 0, limit: 50, q: null };
    expect((await learnedOf(ida, asked)).items.map(({ email, uses }) => [email, uses])).toEqual([
      ['Often@x.org', 3],
      ['once@x.org', 1],
    ]);
    expect((await learnedOf(ida, { ...asked, q: 'once' })).total).toBe(1);
    // What was used often long ago comes behind what was used now.
    const { db } = await store();
    await db
      .updateTable('address_use')
      .set({ last_used_at_ms: Date.now() - 365 * 86_400_000 })
      .where('email_key', '=', 'often@x.org')
      .execute();
    expect((await found(ida, 'max')).slice(0, 2)).toEqual(['max@contact.org', 'once@x.org']);
    await forget(ida, 'OFTEN@x.org');
    expect(await found(ida, 'often')).toEqual([]);
    await updateSettings(ida, { learnsAddresses: false });
    await learnAddresses(idOf(ida), [{ name: null, email: 'unlearned@x.org' }]);
    expect(await found(ida, 'unlearned')).toEqual([]);
    await forget(ida, null);
    expect([(await learnedOf(ida, asked)).total, await found(ida, 'max')]).toEqual([0, ['max@contact.org']]);
  });

  test('no more addresses are learned than are kept: the one that was not used for the longest time goes', async () => {
    const jan = await person('jan@example.org');
    const many = (count: number, name: string) =>
      Array.from({ length: count }, (_, at) => ({ name: null, email: `${name}${at}@x.org` }));
    await learnAddresses(idOf(jan), many(1, 'first'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await learnAddresses(idOf(jan), many(contactLimits.learned, 'next'));
    expect((await learnedOf(jan, { position: 0, limit: 1, q: null })).total).toBe(contactLimits.learned);
    expect(await found(jan, 'first')).toEqual([]);
  });

  test('what was exported is imported whole by another, as vCard and as CSV, and by oneself changes nothing', async () => {
    const [kim, lou, mia] = [
      await person('kim@example.org'),
      await person('lou@example.org'),
      await person('mia@example.org'),
    ];
    const group = await groups.createGroup(kim, 'Choir, old');
    const written: ContactRequest = {
      name: 'Ada King; Lovelace, "é"',
      organization: 'Analytical\\Engines',
      emails: [
        { kind: 'work', email: 'ada@engines.example' },
        { kind: 'home', email: 'ada@home.example' },
      ],
      phones: [
        { kind: 'mobile', number: '+44 20 1' },
        { kind: 'work', number: '=1+2' },
      ],
      note: 'Line one\nLine two, with; marks',
      groupIds: [group.id],
    };
    const first = await contacts.createContact(kim, written);
    await contacts.createContact(kim, named('=HYPERLINK("http://x")', 'formula@x.org'));
    for (const [signedIn, format] of [
      [lou, 'vcard'],
      [mia, 'csv'],
    ] as const) {
      const file = await exported(kim, format);
      if (format === 'csv') expect(file).toMatch(/^\ufeffName,/);
      if (format === 'csv') expect(file.split('\r\n').filter((row) => /(?:^|,)"?[=+@-]/.test(row))).toEqual([]);
      expect(await importContacts(signedIn, Buffer.from(file)), format).toEqual({
        added: 2,
        known: 0,
        groups: 1,
        pictures: 0,
        problems: [],
        problemCount: 0,
      });
      const { items } = await all(signedIn);
      expect(items.map(({ name }) => name).sort()).toEqual(['=HYPERLINK("http://x")', written.name].sort());
      const id = items.find(({ name }) => name === written.name)?.id ?? '';
      const { groupIds, ...got } = await contacts.contactOf(signedIn, id);
      const { groupIds: _, updatedAt: __, id: ___, ...wanted } = first;
      expect(got).toMatchObject(wanted);
      expect((await groups.listGroups(signedIn)).map(({ id: of, name, count }) => [of, name, count])).toEqual([
        [groupIds[0], 'Choir, old', 1],
      ]);
      expect(await importContacts(signedIn, Buffer.from(file))).toMatchObject({
        added: 0,
        known: 2,
        groups: 0,
        problemCount: 0,
      });
    }
  });

  test('an import beyond the bound takes what fits and tells the rest by number', async () => {
    const noa = await person('noa@example.org');
    const rows = Array.from({ length: contactLimits.contacts + 3 }, (_, at) => `Person ${at},p${at}@x.org`);
    const report = await importContacts(noa, Buffer.from(['Name,E-mail', ...rows].join('\n')));
    expect(report).toMatchObject({ added: contactLimits.contacts, problemCount: 3 });
    expect(report.problems).toEqual(
      [0, 1, 2].map((at) => ({
        number: contactLimits.contacts + 2 + at,
        name: `Person ${contactLimits.contacts + at}`,
        reason: 'tooMany',
      })),
    );
    await expect(contacts.createContact(noa, named('One more'))).rejects.toMatchObject({ code: 'tooLarge' });
  }, 60_000);
});

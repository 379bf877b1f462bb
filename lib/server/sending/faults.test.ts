import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../mail/testing/submission-server.ts';
import { databases } from '../../store/testing/databases.ts';
import { decideSubmission, takeBack } from './answer.ts';
import { type Desk, openDesk, type Writer } from './testing/desk.ts';

const usernames = ['ann@example.org', 'bob@example.org', 'eve@example.org'] as const;
const [ann, bob, eve] = usernames;
const database = databases[0] as (typeof databases)[number];
const addressed = (...emails: string[]) => emails.map((email) => ({ name: null, email }));
const people = { gone: 'gone@example.org', lost: 'lost@example.org' };
let desk: Desk;
let writer: Writer;
let readers: Writer[];
let afterData: () => Reply | null = () => null;
let isLost = false;

beforeAll(async () => {
  const refuse = (email: string) =>
    Object.values(people).includes(email) || email.startsWith('eve@xn--')
      ? { code: 550, text: `5.1.1 nobody called ${email}` }
      : null;
  const onStep = async (step: string) => {
    if (isLost && step === 'taken') desk.smtp.lose();
  };
  // Typed without it: smtp-server's own types do not know the option.
  const options = { hideSMTPUTF8: true } as object;
  desk = await openDesk({ database, usernames, smtp: { refuse, afterData: () => afterData(), onStep, options } });
  writer = await desk.signIn(ann);
  readers = [await desk.signIn(bob), await desk.signIn(eve)];
});
afterEach(() => {
  afterData = () => null;
  isLost = false;
});
afterAll(async () => desk?.close());

const named = (list: { subject: string }[], wanted: string) => list.filter(({ subject }) => subject === wanted).length;
/** How often Bob, Eve and Ann's Sent have it. */
async function whereIs(subject: string): Promise<number[]> {
  const lists = [...readers.map((reader) => reader.list('inbox')), writer.list('sent')];
  return (await Promise.all(lists)).map((list) => named(list, subject));
}

const decide = (id: string, decision: 'again' | 'sent') =>
  decideSubmission(writer.signedIn, { accountId: writer.accountId, id, decision });

describe('a submission server', () => {
  // First, while nobody has asked it for anything.
  test('without SMTPUTF8 is asked once; then an address that needs it is named before the message is kept', async () => {
    const to = addressed(bob, '用户@example.org');
    const { id } = await writer.send({ to, subject: 'in another script' });
    const refused = [{ email: '用户@example.org', serverText: '' }];
    expect(await writer.reached(id, ['refused'])).toMatchObject({ problem: 'unsupported', refused });
    await expect(writer.send({ to })).rejects.toMatchObject({ code: 'unsupported', detail: '用户@example.org' });
    const domain = await writer.send({ to: addressed(bob, 'eve@bücher.example'), subject: 'a domain alone' });
    expect(await writer.reached(domain.id, ['filed', 'refused'])).toMatchObject({ state: 'filed' });
    expect(await whereIs('in another script')).toEqual([0, 0, 0]);
  });

  test('that refuses one of three has the message for the others, told by name', async () => {
    const { id } = await writer.send({ to: addressed(bob, people.gone), cc: addressed(eve), subject: 'two of three' });
    const refused = [{ email: people.gone, serverText: `nobody called ${people.gone}` }];
    expect(await writer.reached(id, ['filed'])).toMatchObject({ refused, problem: null });
    expect(await whereIs('two of three')).toEqual([1, 1, 1]);
  });

  test('that refuses all of them leaves the message with its writer, told by name', async () => {
    const { id } = await writer.send({ to: addressed(people.gone, people.lost), subject: 'none of two' });
    const refused = Object.values(people).map((email) => ({ email, serverText: `nobody called ${email}` }));
    expect(await writer.reached(id, ['refused'])).toMatchObject({ problem: 'notFound', refused });
    expect(await whereIs('none of two')).toEqual([0, 0, 0]);
    await takeBack(writer.accountId, id, writer.mail);
  });

  test('that goes down in the middle has nothing; the next try brings it, once', async () => {
    afterData = () => ({ code: 421, text: '4.3.2 going down' });
    const { id, createdAt } = await writer.send({ to: addressed(bob), subject: 'second try' });
    await expect.poll(async () => (await writer.submission(id)).attempts, { timeout: 10_000 }).toBe(1);
    const told = await writer.submission(id);
    expect(told).toMatchObject({ state: 'held', problem: 'busy', serverText: 'going down' });
    expect(Date.parse(told.dueAt) - Date.parse(createdAt)).toBeGreaterThan(50_000);
    afterData = () => null;
    await decide(id, 'again');
    expect(await writer.reached(id, ['filed'])).toMatchObject({ problem: null });
    expect(await whereIs('second try')).toEqual([1, 0, 1]);
  });

  test('for which it is too large leaves it with its writer, with the server’s words', async () => {
    afterData = () => ({ code: 552, text: '5.3.4 too big for us' });
    const { id } = await writer.send({ to: addressed(bob), subject: 'too big' });
    expect(await writer.reached(id, ['refused'])).toMatchObject({ problem: 'tooLarge', serverText: 'too big for us' });
    expect(await whereIs('too big')).toEqual([0, 0, 0]);
  });

  test('that is lost before it answered is asked about: never again by itself, by the person’s word only', async () => {
    isLost = true;
    const { id } = await writer.send({ to: addressed(bob), subject: 'who knows' });
    expect(await writer.reached(id, ['unknown'])).toMatchObject({ problem: 'unreachable' });
    isLost = false;
    const control = await writer.send({ to: addressed(eve), subject: 'the control' });
    await writer.reached(control.id, ['filed']);
    expect(await whereIs('who knows')).toEqual([1, 0, 0]);
    await decide(id, 'sent');
    await writer.reached(id, ['filed']);
    expect(await whereIs('who knows')).toEqual([1, 0, 1]);

    isLost = true;
    const other = await writer.send({ to: addressed(bob), subject: 'once more' });
    await writer.reached(other.id, ['unknown']);
    isLost = false;
    await decide(other.id, 'again');
    await writer.reached(other.id, ['filed']);
    // Whoever says "again" may bring it twice, as they were told.
    expect(await whereIs('once more')).toEqual([2, 0, 1]);
  });
});

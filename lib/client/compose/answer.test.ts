import { describe, expect, test } from 'vitest';
import type { Message } from '../../mail/model.ts';
import { answerTo, forwardOf } from './answer.ts';

const person = (email: string, name: string | null = null) => ({ name, email });
const own = ['me@example.org'];
const letter = (change: Partial<Message> = {}): Message =>
  ({
    id: 'i1',
    subject: 'Nets',
    from: [person('ann@example.org', 'Ann')],
    to: [person('Me@example.org')],
    cc: [],
    replyTo: [],
    messageId: 'one@example.org',
    inReplyTo: [],
    references: [],
    ...change,
  }) as Message;

describe('an answer goes', () => {
  test('to whoever wrote, or where they want answers', () => {
    expect(answerTo(letter(), 'reply', own).to).toEqual([person('ann@example.org', 'Ann')]);
    const list = person('list@example.org');
    expect(answerTo(letter({ replyTo: [list] }), 'reply', own).to).toEqual([list]);
  });

  test('to a list by its address alone, whoever else is named', () => {
    const message = letter({ list: { postTo: 'nets@club.example' }, cc: [person('cid@example.org')] });
    expect(answerTo(message, 'replyList', own)).toMatchObject({ to: [person('nets@club.example')], cc: [] });
  });

  test('to everybody once, and never to oneself, whatever the case of an address', () => {
    const message = letter({
      to: [person('ME@example.org'), person('ben@example.org'), person('ANN@example.org')],
      cc: [person('cid@example.org'), person('Ben@example.org'), person('me@example.org')],
    });
    const { to, cc } = answerTo(message, 'replyAll', own);
    expect(to.map(({ email }) => email)).toEqual(['ann@example.org', 'ben@example.org']);
    expect(cc.map(({ email }) => email)).toEqual(['cid@example.org']);
    expect(answerTo(message, 'reply', own)).toMatchObject({ to: [{ email: 'ann@example.org' }], cc: [] });
  });

  test('never to an address of oneself with a detail behind a plus, but to those of others', () => {
    const message = letter({ to: [person('me+shop@example.org')], cc: [person('ann+nets@example.org')] });
    const { to, cc } = answerTo(message, 'replyAll', own);
    expect([...to, ...cc].map(({ email }) => email)).toEqual(['ann@example.org', 'ann+nets@example.org']);
  });

  test('on to those whom one wrote to oneself, with their copies', () => {
    const sent = letter({
      from: [person('me@example.org')],
      to: [person('ben@example.org')],
      cc: [person('cid@example.org')],
    });
    expect(answerTo(sent, 'reply', own)).toMatchObject({ to: [{ email: 'ben@example.org' }], cc: [] });
    expect(answerTo(sent, 'replyAll', own)).toMatchObject({
      to: [{ email: 'ben@example.org' }],
      cc: [{ email: 'cid@example.org' }],
    });
  });

  test('to oneself where nobody else is there', () => {
    const note = letter({ from: [person('me@example.org')], to: [person('me@example.org')] });
    expect(answerTo(note, 'replyAll', own).to).toEqual([person('me@example.org')]);
  });

  test('never to oneself where the mail names somebody else', () => {
    const loop = letter({ replyTo: [person('ME@example.org')] });
    expect(answerTo(loop, 'reply', own).to).toEqual([person('ann@example.org', 'Ann')]);
    const form = letter({
      from: [person('me@example.org')],
      to: [person('me@example.org')],
      replyTo: [person('guest@example.org')],
    });
    expect(answerTo(form, 'reply', own).to).toEqual([person('guest@example.org')]);
    // The control: where one has written to others, it is them.
    expect(answerTo({ ...form, to: [person('ben@example.org')] }, 'reply', own).to).toEqual([
      person('ben@example.org'),
    ]);
  });

  test('past entries that name nobody', () => {
    const message = letter({ to: [person('', 'undisclosed-recipients')] });
    expect(answerTo(message, 'replyAll', own).to.map(({ email }) => email)).toEqual(['ann@example.org']);
  });
});

describe('the subject', () => {
  test.each([
    ['Nets', 'Re: Nets'],
    ['Re: Nets', 'Re: Nets'],
    ['RE : Nets', 'RE : Nets'],
    ['AW: Netze', 'AW: Netze'],
    ['Re[2]: Nets', 'Re[2]: Nets'],
    ['Fwd: Nets', 'Re: Fwd: Nets'],
    ['Report: Nets', 'Re: Report: Nets'],
    ['', 'Re: '],
  ])('%j is answered as %j', (subject, answered) =>
    expect(answerTo(letter({ subject }), 'reply', own).subject).toBe(answered),
  );

  test.each([
    ['Nets', 'Fwd: Nets'],
    ['Fwd: Nets', 'Fwd: Nets'],
    ['WG: Netze', 'WG: Netze'],
    ['Re: Nets', 'Fwd: Re: Nets'],
  ])('%j is passed on as %j', (subject, passed) => expect(forwardOf(letter({ subject })).subject).toBe(passed));
});

describe('the conversation', () => {
  test('goes on with what the message refers to, and itself', () => {
    const message = letter({ references: ['a@x', 'b@x'], inReplyTo: ['b@x'] });
    expect(answerTo(message, 'reply', own)).toMatchObject({
      inReplyTo: ['one@example.org'],
      references: ['a@x', 'b@x', 'one@example.org'],
      answers: [{ messageId: 'i1', keyword: '$answered' }],
    });
    expect(answerTo(letter({ inReplyTo: ['b@x'] }), 'reply', own).references).toEqual(['b@x', 'one@example.org']);
    expect(forwardOf(message)).toMatchObject({ inReplyTo: [], answers: [{ keyword: '$forwarded' }] });
  });

  test('is cut in its middle where it is long, and holds no id that the contract refuses', () => {
    const references = ['first@x', 'not an id', ...Array.from({ length: 150 }, (_, at) => `${at}@x`)];
    const answer = answerTo(letter({ references }), 'reply', own);
    expect(answer.references).toHaveLength(100);
    expect([answer.references[0], answer.references.at(-1)]).toEqual(['first@x', 'one@example.org']);
    expect(answer.references).not.toContain('not an id');
    expect(answerTo(letter({ messageId: null }), 'reply', own)).toMatchObject({ inReplyTo: [], references: [] });
  });
});

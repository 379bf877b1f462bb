import { describe, expect, test } from 'vitest';
import { promisesFile, questionsOf } from './questions.ts';
import type { Written } from './written.ts';

describe('a file is promised', () => {
  test.each([
    'I attach the plan.',
    'The photos are attached',
    'Find enclosed our offer.',
    'Anbei die Rechnung',
    'Die Pläne sind angehängt.',
    'Im Anhang findest du alles.',
    'Vous trouverez ci-joint le plan',
    'Voir la pièce jointe',
    'Te envío el archivo adjunto',
    'In allegato il contratto',
    'Vedlagt følger avtalen',
    'Se vedlegget',
    'Zie bijlage',
    'Het plan is bijgevoegd',
    'Jag bifogar planen',
    'W załączniku umowa',
  ])('by “%s”', (text) => expect(promisesFile(text)).toBe(true));

  test.each(['See you at the dock.', 'The detached house', '> The plan is attached\nThank you!', 'Hängt ihr noch?'])(
    'and not by “%s”',
    (text) => expect(promisesFile(text)).toBe(false),
  );
});

const person = (at: number) => ({ name: null, email: `p${at}@example.org` });
const letter = (change: Partial<Written>) =>
  ({ subject: 'Plan', to: [person(1)], cc: [], bcc: [], files: [], ...change }) as Written;

test('what looks forgotten is asked, and nothing of a whole letter', () => {
  expect(questionsOf(letter({}), 'See you.')).toEqual([]);
  expect(questionsOf(letter({ subject: ' ' }), 'The plan is attached')).toEqual(['attachment', 'subject']);
  const many = Array.from({ length: 20 }, (_, at) => person(at));
  expect(questionsOf(letter({ to: many }), '')).toEqual(['recipients']);
  expect(questionsOf(letter({ to: [], bcc: many }), '')).toEqual([]);
});

test('a picture in the text is no file, a file is', () => {
  const file = {
    key: 'a',
    name: 'a.png',
    type: 'image/png',
    sizeBytes: 1,
    source: { kind: 'waiting' },
    part: null,
  } as const;
  expect(questionsOf(letter({ files: [{ ...file, cid: 'a@x' }] }), 'It is attached')).toEqual(['attachment']);
  expect(questionsOf(letter({ files: [{ ...file, cid: null }] }), 'It is attached')).toEqual([]);
});

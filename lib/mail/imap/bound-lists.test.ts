import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { boundLists } from './bound-lists.ts';

const bound = (text: string, literals: string[] = []) => {
  const answer = boundLists({
    payload: Buffer.from(text, 'latin1'),
    literals: literals.map((one) => Buffer.from(one)),
  });
  return { text: answer.payload.toString('latin1'), literals: answer.literals.map(String) };
};
const leaf = '("text" "plain" ("name" "a)(\\")(.txt") NIL NIL "7bit" 1 1)';
const fetched = (structure: string) => `* 1 FETCH (UID 7 FLAGS (\\Seen) BODYSTRUCTURE ${structure} INTERNALDATE "x")`;

describe('lists beyond what is shown', () => {
  it('are left out where they follow others, and what stands after them stays', () => {
    const { text } = bound(fetched(`(${leaf.repeat(10_000)} "mixed" ("boundary" "b"))`));
    expect(text).toBe(fetched(`(${leaf.repeat(1_200)} "mixed" ("boundary" "b"))`));
  });

  it('are left out in all of an item, however they are nested, and counted anew for the next', () => {
    const inner = `(${leaf.repeat(1_000)} "mixed")`;
    const { text } = bound(
      `* 1 FETCH (BODYSTRUCTURE (${inner.repeat(1_000)} "mixed") ENVELOPE (${'((NIL NIL "a" "b"))'}))`,
    );
    expect(text.split('"text"').length - 1).toBeLessThan(12_000);
    expect(text.endsWith(' "mixed") ENVELOPE (((NIL NIL "a" "b"))))')).toBe(true);
    expect(text.split('(').length).toBe(text.split(')').length);
  });

  it('take their literals with them, and no others', () => {
    const named = '("text" "plain" ("name" {3}\r\n) NIL NIL "7bit" 1 1)';
    const names = Array.from({ length: 1_202 }, (_, at) => String(at).padStart(3, '0'));
    const { text, literals } = bound(`* 1 FETCH (BODYSTRUCTURE (${named.repeat(1_202)} "mixed") BODY[1] {4}\r\n)`, [
      ...names,
      'text',
    ]);
    expect(literals).toEqual([...names.slice(0, 1_200), 'text']);
    expect(text.endsWith(' "mixed") BODY[1] {4}\r\n)')).toBe(true);
  });

  it.each([
    ['few of them', fetched(`(${leaf.repeat(1_200)} "mixed")`)],
    ['one that never closes', `* 1 FETCH (BODYSTRUCTURE (${leaf.repeat(1_300)}${'('.repeat(9)}`],
    ['a string that never closes', `* 1 FETCH (ENVELOPE (NIL "${leaf.repeat(2_000)}`],
    ['lists with spaces between', `* 1 FETCH (${'FLAGS () '.repeat(2_000)})`],
    ['more closed than opened', `* 1 FETCH ${')('.repeat(1_000)}))`],
  ])('are not looked for in %s', (_, text) => {
    expect(bound(text).text).toBe(text);
  });

  it('cost one look at each byte', () => {
    const started = process.cpuUsage();
    bound(`* 1 FETCH (ENVELOPE (NIL "x" (${'(NIL NIL "somebody" "example.org")'.repeat(400_000)})))`);
    bound(`* 1 FETCH (BODYSTRUCTURE ${'('.repeat(2_000_000)}${')'.repeat(2_000_000)})`);
    expect(processorMs(started)).toBeLessThan(1_000);
  });
});

import { describe, expect, it } from 'vitest';
import { commands } from './commands.ts';
import { matchKeys, writeKey } from './match.ts';

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  writeKey({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('keys', () => {
  it.each([
    ['j', {}, 'next'],
    ['#', { shiftKey: true }, 'delete'],
    ['!', { shiftKey: true }, 'junk'],
    ['?', { shiftKey: true }, 'shortcuts'],
    ['I', { shiftKey: true }, 'markRead'],
    ['U', { shiftKey: true }, 'markUnread'],
    ['G', { shiftKey: true }, 'last'],
    ['k', { metaKey: true }, 'palette'],
    ['k', { ctrlKey: true }, 'palette'],
    ['#', { altKey: true, ctrlKey: false }, 'delete'],
  ] as const)('%s with %o means %s', (key, held, command) => {
    const written = press(key, held);
    expect(matchKeys([written ?? ''])).toEqual({ command });
  });

  it('waits for the second key of a sequence', () => {
    expect(matchKeys(['g'])).toBe('partial');
    expect(matchKeys(['g', 'i'])).toEqual({ command: 'goInbox' });
    expect(matchKeys(['*', 'a'])).toEqual({ command: 'selectAll' });
    expect(matchKeys(['g', 'q'])).toBeNull();
  });

  it('leaves the browser its own', () => {
    expect(matchKeys([press('r', { ctrlKey: true }) ?? ''])).toBeNull();
    expect(press('d', { altKey: true })).toBeNull();
    expect(press('Shift', { shiftKey: true })).toBeNull();
  });

  it('gives no key to two commands, nor a key that begins the sequence of another', () => {
    const keys = commands.flatMap((command) => [...command.keys] as string[]);
    expect(new Set(keys).size).toBe(keys.length);
    const shadowed = keys.filter((key) => keys.some((other) => other.startsWith(`${key} `)));
    expect(shadowed).toEqual([]);
  });
});

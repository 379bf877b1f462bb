import { type CommandId, commands } from './commands.ts';

/** A key press as the table writes it: `j`, `Shift+i`, `Mod+k`, `#`. Null for a modifier alone or one that we do not use. */
export function writeKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string | null {
  if (['Shift', 'Control', 'Meta', 'Alt', 'Dead', 'Unidentified'].includes(event.key)) return null;
  const isLetter = /^\p{L}$/u.test(event.key);
  const key = isLetter ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `Mod+${key}`;
  // AltGr makes `#` and `[` on many keyboards; Alt with a letter belongs to the browser.
  if (event.altKey && isLetter) return null;
  // Shift is how `#` and `?` are typed: only with a letter, or a key that has a name, is it a key of its own.
  return event.shiftKey && (isLetter || key.length > 1) ? `Shift+${key}` : key;
}

/** What a sequence of presses means: a command, the beginning of one, or nothing. */
export function matchKeys(pressed: readonly string[]): { command: CommandId } | 'partial' | null {
  const text = pressed.join(' ');
  let isPartial = false;
  for (const { id, keys } of commands) {
    for (const key of keys) {
      if (key === text) return { command: id };
      if (key.startsWith(`${text} `)) isPartial = true;
    }
  }
  return isPartial ? 'partial' : null;
}

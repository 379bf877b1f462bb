import type { CommandId } from './commands.ts';
import { matchKeys, writeKey } from './match.ts';

const sequenceMs = 1_200;

/**
 * Hears key presses of the page until the returned function is called. `run` gives false where the command is not
 * available now: the key then keeps its own meaning. Silent while someone types or a dialog or menu is open.
 */
export function listenKeys(run: (command: CommandId) => boolean): () => void {
  let pressed: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = () => {
    clearTimeout(timer);
    pressed = [];
  };
  const hear = (event: KeyboardEvent) => {
    const key = writeKey(event);
    if (key === null || event.defaultPrevented || event.isComposing) return;
    if (isElsewhere(event) && key !== 'Mod+k') return;
    clearTimeout(timer);
    const sequence = [...pressed, key];
    const match = matchKeys(sequence) ?? matchKeys([key]);
    if (match === null) return forget();
    if (match === 'partial') {
      pressed = matchKeys(sequence) === 'partial' ? sequence : [key];
      timer = setTimeout(forget, sequenceMs);
      event.preventDefault();
      return;
    }
    forget();
    if (!event.repeat || repeatable.has(match.command)) {
      if (run(match.command)) event.preventDefault();
    }
  };
  window.addEventListener('keydown', hear);
  return () => {
    forget();
    window.removeEventListener('keydown', hear);
  };
}

const repeatable: ReadonlySet<CommandId> = new Set(['next', 'previous']);

/** Whether the press belongs to a field, a menu, a dialog, or (Enter) to the control that has the focus. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('input, textarea, select, [role=menu], [role=dialog]') !== null)
    return true;
  return event.key === 'Enter' && target.closest('button, a, [role=button], summary') !== null;
}

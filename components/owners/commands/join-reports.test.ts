import { describe, expect, test } from 'vitest';
import type { Deed } from '@/lib/client/actions/deed';
import type { ActionReport, Undo } from '@/lib/client/actions/environment';
import type { Mailbox } from '@/lib/mail/model';
import { joinReports } from './join-reports';

const mailbox = { id: 'm', name: 'Archive' } as Mailbox;
const error = { code: 'unreachable', detail: undefined, serverText: undefined } as const;
const deed: Deed = { accountId: '', type: 'destroyed', ids: ['1'] };

/** What the person is told, and which of the Undos were pressed. */
function telling() {
  const told: ActionReport[] = [];
  const undone: string[] = [];
  const undo = (name: string): Undo => ({
    takeBack: () => void undone.push(name),
    deeds: async () => [{ ...deed, accountId: name }],
  });
  const report = joinReports((one) => void told.push(one));
  return { told, undone, undo, report };
}

describe('what is done in several accounts', () => {
  test('is told as one thing, and one Undo takes back all of it', async () => {
    const { told, undone, undo, report } = telling();
    report({ type: 'moved', count: 2, mailbox, undo: undo('home') });
    report({ type: 'moved', count: 3, mailbox, undo: undo('work') });
    const last = told.at(-1);
    if (last?.type !== 'moved') throw new Error('not told');
    expect(last.count).toBe(5);
    expect(await last.undo?.deeds()).toEqual([
      { ...deed, accountId: 'home' },
      { ...deed, accountId: 'work' },
    ]);
    last.undo?.takeBack();
    expect(undone).toEqual(['home', 'work']);
  });

  test('and refused in one of them is told as a part, with an Undo for the rest', () => {
    const { told, undone, undo, report } = telling();
    report({ type: 'moved', count: 2, mailbox, undo: undo('home') });
    report({ type: 'moved', count: 1, mailbox, undo: undo('work') });
    report({ type: 'refused', count: 1, total: 1, error, undo: undo('work') });
    const last = told.at(-1);
    if (last?.type !== 'refused') throw new Error('not told');
    expect([last.count, last.total]).toEqual([1, 3]);
    last.undo?.takeBack();
    expect(undone).toEqual(['home', 'work']);
  });
});

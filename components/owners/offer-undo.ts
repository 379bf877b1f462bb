import { type Toast, toast } from '@/components/ui/toast';
import { type Deed, sizeOf } from '@/lib/client/actions/deed';
import type { Undo } from '@/lib/client/actions/environment';
import type { MailApp } from '@/lib/client/app/mail-app';
import type { Words } from './commands/words';

/** One sentence at a time says what was done last. */
export const doneKey = 'done';
const durationMs = 8_000;
/** A browser keeps a few MB for all of a site: what is about more can be taken back in its own page alone. */
const mostKept = 2_000;

/** Says what was done, with Undo on it and under its key; taken back by either, it is not said any more. */
export function offerUndo(app: MailApp, words: Words, message: Toast | string, undo: Undo | null): void {
  const said: Toast = { durationMs, ...(typeof message === 'string' ? { text: message } : message), key: doneKey };
  if (undo === null) {
    app.keptDeeds.set(null);
    app.lastUndo.set(null);
    toast(said);
    return;
  }
  const takeBack = offerOnce(app, words('undo'), said, () => {
    app.keptDeeds.set(null);
    undo.takeBack();
  });
  void undo.deeds().then((deeds) => {
    if (deeds.length > 0 && app.lastUndo.get() === takeBack) keepDeeds(app, deeds);
  });
}

/** Offers to take back what was just done; what was done before it is not offered any more, here or elsewhere. */
export function offerOnce(app: MailApp, label: string, said: Toast, work: () => void): () => void {
  app.keptDeeds.set(null);
  return putUnderKey(app, label, said, work);
}

/** Puts `work` on a toast and under the key of Undo; gives what both call. */
export function putUnderKey(app: MailApp, label: string, said: Toast, work: () => void): () => void {
  const takeBack = () => {
    dismiss();
    app.lastUndo.set((last) => (last === takeBack ? null : last));
    work();
  };
  const dismiss = toast({ ...said, action: { label, onPress: takeBack } });
  app.lastUndo.set(() => takeBack);
  return takeBack;
}

function keepDeeds(app: MailApp, deeds: readonly Deed[]): void {
  if (sizeOf(deeds) <= mostKept) app.keptDeeds.set({ deeds, doneAt: Date.now() });
}

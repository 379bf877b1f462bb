import type { EmailAddress, Message, MessageSummary } from '../../mail/model.ts';
import { createValue, type Value } from '../app/value.ts';
import type { Written } from './written.ts';

/** What a composer begins with. `draft`: goes on with a draft, and replaces it; `more` is what the draft does not tell. `written`: as it was left, e.g. by Undo. */
export type ComposeStart =
  | { kind: 'new'; accountId: string; fields?: Partial<ComposeFields> }
  | { kind: 'reply' | 'replyAll' | 'replyList' | 'forward' | 'editAsNew'; accountId: string; message: Message }
  | { kind: 'draft'; accountId: string; message: Message; more?: Partial<Written> }
  | { kind: 'forwardAttached'; accountId: string; messages: Pick<MessageSummary, 'id' | 'subject' | 'sizeBytes'>[] }
  | { kind: 'mailto'; accountId: string; url: string }
  | { kind: 'written'; written: Written };

/** What a new message may be begun with; `text` becomes its first lines. */
export interface ComposeFields {
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  text: string;
}

export type PanelView = 'open' | 'minimised' | 'full';

/** One composer on the screen. */
export interface ComposePanel {
  id: number;
  start: ComposeStart;
  view: PanelView;
  /** Of what is written in it, by which its draft is known in each version; null until it is begun. */
  messageId: string | null;
}

/** The composers that are open, the latest last. Part of `MailApp`. */
export type Composers = Value<readonly ComposePanel[]>;

export const createComposers = (): Composers => createValue<readonly ComposePanel[]>([]);

let lastId = 0;

/** Opens a composer and gives the id of its panel; a draft that is open already comes to the front. */
export function openComposer({ composers }: { composers: Composers }, start: ComposeStart): number {
  const known = composers.get().find((panel) => isSameDraft(panel, start));
  if (known !== undefined) {
    setPanelView({ composers }, known.id, 'open');
    return known.id;
  }
  lastId += 1;
  const id = lastId;
  // Of several only one has the room to be written in.
  composers.set((panels) => [...panels.map(lowered), { id, start, view: 'open', messageId: null }]);
  return id;
}

/** Takes a panel from the screen; what was written in it is the composer's to keep. */
export function closeComposer({ composers }: { composers: Composers }, id: number): void {
  composers.set((panels) => panels.filter((panel) => panel.id !== id));
}

/** Tells what is written in a panel. */
export function nameComposer({ composers }: { composers: Composers }, id: number, messageId: string): void {
  composers.set((panels) => panels.map((panel) => (panel.id === id ? { ...panel, messageId } : panel)));
}

export function setPanelView({ composers }: { composers: Composers }, id: number, view: PanelView): void {
  composers.set((panels) =>
    panels.map((panel) => (panel.id === id ? { ...panel, view } : view === 'minimised' ? panel : lowered(panel))),
  );
}

const lowered = (panel: ComposePanel): ComposePanel => (panel.view === 'full' ? { ...panel, view: 'open' } : panel);

/** Each save makes another message of a draft: its Message-ID stays. */
function isSameDraft({ start: begun, messageId }: ComposePanel, start: ComposeStart): boolean {
  if (start.kind !== 'draft') return false;
  const accountId = begun.kind === 'written' ? begun.written.accountId : begun.accountId;
  if (accountId !== start.accountId) return false;
  if (messageId !== null && messageId === start.message.messageId) return true;
  return begun.kind === 'draft' && begun.message.id === start.message.id;
}

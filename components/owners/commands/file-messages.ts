import { ask } from '@/components/ui/question';
import { copyMessages } from '@/lib/client/actions/copy';
import { destroyMessages } from '@/lib/client/actions/destroy';
import type { ActionEnvironment, Subject } from '@/lib/client/actions/environment';
import { moveMessages } from '@/lib/client/actions/move';
import type { MailApp, Overlay } from '@/lib/client/app/mail-app';
import { queryKeys } from '@/lib/client/query-keys';
import { unitedId } from '@/lib/client/united/united-id';
import type { Capabilities, Mailbox, MailboxRole, MakeableRole } from '@/lib/mail/model';
import { advancePast } from './advance';
import type { Words } from './words';

/** What filing needs to know of the place it happens in. */
export interface FilingPlace {
  app: MailApp;
  env: ActionEnvironment;
  can: Capabilities;
  words: Words;
}

const mailboxesOf = ({ app, env }: FilingPlace): Mailbox[] =>
  app.queries.getQueryData<Mailbox[]>(queryKeys.mailboxes(env.accountId)) ?? [];

const withRole = (place: FilingPlace, role: MailboxRole) => mailboxesOf(place).find((mailbox) => mailbox.role === role);

/** Moves to the mailbox of a role; where there is none, offers to make one. Never does anything else instead. */
function fileTo(place: FilingPlace, subject: Subject, role: MakeableRole | 'inbox'): void {
  const target = withRole(place, role);
  if (target !== undefined) file(place, subject, target);
  else
    askNext(place, {
      type: 'makeRole',
      accountId: place.env.accountId,
      role,
      onMade: (made) => file(place, subject, made),
    });
}

/** Of several accounts more than one may lack a folder: each is asked about when the one before has been answered. */
function askNext({ app: { overlay } }: FilingPlace, question: Overlay): void {
  if (overlay.get() === null) {
    overlay.set(question);
    return;
  }
  const stop = overlay.subscribe(() => {
    if (overlay.get() !== null) return;
    stop();
    overlay.set(question);
  });
}

/** Moves to a mailbox; those that are there already stay. */
export function file(place: FilingPlace, subject: Subject, to: Mailbox): void {
  const ids = subject.ids.filter((id) => (subject.rows.get(id)?.mailboxId ?? subject.mailboxId) !== to.id);
  leaveList(place, ids);
  void moveMessages(place.env, { ...subject, ids }, to);
}

const leaveList = ({ app, env }: FilingPlace, ids: readonly string[]): void =>
  advancePast(
    app,
    ids.map((id) => unitedId(env.accountId, id)),
  );

/** Moves to a folder of another account. */
export async function transferTo(
  place: FilingPlace,
  subject: Subject,
  toAccountId: string,
  to: Mailbox,
): Promise<void> {
  const { transferMessages } = await import('@/lib/client/actions/transfer');
  leaveList(place, subject.ids);
  void transferMessages(place.env, place.app.actionsOf(toAccountId), subject, to);
}

export const copyTo = (place: FilingPlace, subject: Subject, to: Mailbox): void =>
  void copyMessages(place.env, subject, to);

export const archive = (place: FilingPlace, subject: Subject): void => fileTo(place, subject, 'archive');

/** Junk, or from Junk back to the inbox. */
export function toggleJunk(place: FilingPlace, subject: Subject): void {
  const junk = withRole(place, 'junk');
  const isJunk = junk !== undefined && subject.mailboxId === junk.id;
  fileTo(place, subject, isJunk ? 'inbox' : 'junk');
}

/** To Trash, with Undo. From Trash for good, after one question. */
export async function deleteMessages(place: FilingPlace, subject: Subject): Promise<void> {
  const trash = withRole(place, 'trash');
  const isInTrash = (id: string) =>
    trash !== undefined && (subject.rows.get(id)?.mailboxId ?? subject.mailboxId) === trash.id;
  const gone = subject.ids.filter(isInTrash);
  const leaving = new Set(gone);
  const moved = subject.ids.filter((id) => !leaving.has(id));
  if (moved.length > 0) fileTo(place, { ...subject, ids: moved }, 'trash');
  if (gone.length === 0 || !(await askToDestroy(place, gone.length))) return;
  leaveList(place, gone);
  await destroyMessages(place.env, { ...subject, ids: gone }, { canRestore: keepsDestroyed(place) });
}

/** Over POP3 Posthorn keeps for an hour what was deleted for good. */
export const keepsDestroyed = ({ can }: FilingPlace): boolean => can.keywords === 'local';

function askToDestroy(place: FilingPlace, count: number): Promise<boolean> {
  const { words } = place;
  return ask({
    title: words('destroyTitle', { count }),
    text: words(keepsDestroyed(place) ? 'destroyTextLocal' : 'destroyTextTrash', { count }),
    confirm: words('destroyConfirm'),
    isDestructive: true,
  });
}

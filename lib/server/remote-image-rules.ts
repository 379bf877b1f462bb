import type { RemoteImageRule } from '../contract/remote-images.ts';
import {
  emptyRemoteImageRules,
  listRemoteImageRules,
  removeRemoteImageRule,
  writeRemoteImageRule,
} from '../store/remote-image-rule.ts';
import { firstAccountId, type SignedIn } from './session.ts';
import { store } from './store.ts';

/** More than anybody chooses by hand. The oldest goes: its pictures are held back again. */
const keptPerPerson = 1_000;

type RuleName = Pick<RemoteImageRule, 'kind' | 'name'>;

/** What the person chose about remote images, the newest first. */
export async function listRules(signedIn: SignedIn): Promise<RemoteImageRule[]> {
  const rows = await listRemoteImageRules(await store(), firstAccountId(signedIn));
  return rows.map(({ kind, name, choice, created_at_ms }) => ({
    kind,
    name,
    choice,
    createdAt: new Date(created_at_ms).toISOString(),
  }));
}

/** Remembers a choice, in the place of an older one for the same sender or domain. */
export async function setRule(signedIn: SignedIn, rule: Omit<RemoteImageRule, 'createdAt'>): Promise<void> {
  const row = { ...rule, account_id: firstAccountId(signedIn), created_at_ms: Date.now() };
  await writeRemoteImageRule(await store(), row, keptPerPerson);
}

/** Forgets a choice; one that is not there is forgotten already. */
export async function removeRule(signedIn: SignedIn, rule: RuleName): Promise<void> {
  await removeRemoteImageRule(await store(), { ...rule, account_id: firstAccountId(signedIn) });
}

export async function emptyRules(signedIn: SignedIn): Promise<void> {
  await emptyRemoteImageRules(await store(), firstAccountId(signedIn));
}

import { contactLimits, type LearnedAddress } from '../../contract/contacts.ts';
import type { EmailAddress } from '../../mail/model.ts';
import { forgetUses, listLearned, recordUses } from '../../store/address-use.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { learnsAddresses } from '../settings.ts';
import { store } from '../store.ts';

/**
 * Remembers whom a message was sent to, and the name that it went out under, unless its person has learning switched off.
 * Nobody is remembered for having written: an answer is what makes an address one's own.
 */
export async function learnAddresses(personId: string, addresses: EmailAddress[]): Promise<void> {
  if (!(await learnsAddresses(personId))) return;
  const most = contactLimits.learned;
  await recordUses(await store(), personId, addresses.slice(0, most), { now: Date.now(), most });
}

/** Addresses that were written to and are no contacts, the last used first. */
export async function learnedOf(
  signedIn: SignedIn,
  asked: { position: number; limit: number; q: string | null },
): Promise<{ position: number; total: number; items: LearnedAddress[] }> {
  const { total, rows } = await listLearned(await store(), firstAccountId(signedIn), asked);
  const items = rows.map(({ name, email, uses, last_used_at_ms }) => ({
    name: name || null,
    email,
    uses,
    lastUsedAt: new Date(last_used_at_ms).toISOString(),
  }));
  return { position: asked.position, total, items };
}

/** Forgets one address, or all where it is null. */
export const forget = async (signedIn: SignedIn, email: string | null): Promise<void> =>
  forgetUses(await store(), firstAccountId(signedIn), email);

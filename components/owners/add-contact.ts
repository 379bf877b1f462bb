'use client';

import { useMail } from '@/lib/client/app/context';
import type { EmailAddress } from '@/lib/mail/model';

/** Opens the contacts with a person of a message in hand: to be added, or as they stand there already. */
export function useAddContact(): (person: EmailAddress) => void {
  const app = useMail();
  return ({ name, email }) => app.overlay.set({ type: 'contacts', added: { name: name ?? '', email } });
}

import type { EmailAddress } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

/** Name and address side by side: the name is only what the sender says, the address is where an answer goes. */
export function Address({ address }: { address: EmailAddress }) {
  const name = displayText(address.name ?? '');
  const email = displayText(address.email);
  return (
    <span className="[overflow-wrap:anywhere]">
      {name !== '' && name !== email && <bdi className="font-medium text-ink">{name} </bdi>}
      <bdi className="text-ink-muted">{email}</bdi>
    </span>
  );
}

/** What a person is called in a sentence: the name, else the address. */
export function shortName({ name, email }: EmailAddress): string {
  return displayText(name !== null && name !== '' ? name : email);
}

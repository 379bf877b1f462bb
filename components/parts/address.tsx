import type { EmailAddress } from '@/lib/mail/model';

/** Name and address side by side: the name is only what the sender says, the address is where an answer goes. */
export function Address({ address }: { address: EmailAddress }) {
  const { name, email } = address;
  return (
    <span className="[overflow-wrap:anywhere]">
      {name !== null && name !== '' && name !== email && <bdi className="font-medium text-ink">{name} </bdi>}
      <bdi className="text-ink-muted">{email}</bdi>
    </span>
  );
}

/** What a person is called in a sentence: the name, else the address. */
export function shortName({ name, email }: EmailAddress): string {
  return name !== null && name !== '' ? name : email;
}

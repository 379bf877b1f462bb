import type { EmailAddress } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

/** The name is only what the sender says; the address is always beside it, whole. */
export function Sender({ from, none }: { from: EmailAddress | undefined; none: string }) {
  if (from === undefined) return <span className="col-start-2 text-ink-muted">{none}</span>;
  const name = displayText(from.name ?? '');
  const isNamed = name !== '' && name !== from.email;
  return (
    <>
      {isNamed && (
        <bdi className="col-start-2 min-w-0 max-w-full justify-self-start truncate font-semibold">{name}</bdi>
      )}
      <bdi
        className={`col-start-2 min-w-0 max-w-full justify-self-start [overflow-wrap:anywhere] ${isNamed ? 'col-span-2 text-ink-muted' : 'font-semibold'}`}
      >
        {displayText(from.email)}
      </bdi>
    </>
  );
}

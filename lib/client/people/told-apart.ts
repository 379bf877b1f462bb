import type { Identity } from '../../contract/identities.ts';
import { isSameAddress, withoutDetail } from '../compose/plus-address.ts';
import { formatRecipient } from '../compose/recipients.ts';
import type { Written } from '../compose/written.ts';

/** Which of the identities of an account writes. Those of one address are told apart by name, answers and signature; null: none of them. */
export function identityOf(
  own: readonly Identity[],
  written: Pick<Written, 'from' | 'replyTo' | 'text'>,
): Identity | null {
  const { from, replyTo, text } = written;
  const likeness = ({ name, email, replyTo: answersTo, textSignature }: Identity): number[] => {
    const signature = textSignature.trim();
    return [
      Number(isSameAddress(email, from.email)),
      Number((name || null) === from.name),
      Number(answersTo === (replyTo[0]?.email ?? null)),
      // The longer says more.
      signature !== '' && text.includes(signature) ? signature.length : 0,
    ];
  };
  const possible = own.filter(({ email }) =>
    [from.email, withoutDetail(from.email)].some((one) => isSameAddress(one, email)),
  );
  const [first, ...others] = possible;
  if (first === undefined) return null;
  return others.reduce((best, one) => (isMore(likeness(one), likeness(best)) ? one : best), first);
}

function isMore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

/** What each is called where one is chosen: name and address, and where several share both what else they have of their own. */
export function labelsOf(identities: readonly Identity[]): string[] {
  const plain = identities.map(({ name, email }) => formatRecipient({ name: name || null, email }));
  const telling = identities.map(({ textSignature, replyTo }, at) => {
    const label = plain[at] ?? '';
    if (plain.indexOf(label) === plain.lastIndexOf(label)) return label;
    const signature = textSignature.trim().split('\n', 1)[0]?.slice(0, 60) ?? '';
    return [label, signature, replyTo ?? ''].filter((part) => part !== '').join(' · ');
  });
  return telling.map((label, at) => {
    const before = telling.slice(0, at).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}

import type { EmailAddress } from '../../mail/model.ts';
import { displayText } from '../../text/bidi.ts';

/** How someone is called in a list: the name, else the address; safe to stand in a line. */
export function nameOf(address: EmailAddress | undefined): string {
  if (address === undefined) return '';
  const name = displayText(address.name ?? '');
  return name === '' ? displayText(address.email) : name;
}

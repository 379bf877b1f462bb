import type { ImapFlow } from 'imapflow';
import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import { checkMailboxName } from '../mailbox-name.ts';
import { isSafeText } from './safe-text.ts';

/** The server's path of a mailbox to be: below its parent, else at the personal root. Throws `invalid`. */
export function pathOf(client: ImapFlow, { name, parentId }: { name: string; parentId: string | null }): string {
  const personal = client.namespaces?.personal[0];
  const delimiter = client.namespace?.delimiter ?? '';
  checkMailboxName(name);
  if (delimiter && name.includes(delimiter)) {
    throw new MailError('invalid', 'not a name for a folder', { detail: 'name' });
  }
  if (parentId === null) return `${personal?.prefix ?? ''}${name}`;
  const parent = parseMailboxId(parentId);
  if (parent === '' || !isSafeText(parent)) throw new MailError('invalid', 'not a parent', { detail: 'parentId' });
  if (!delimiter) throw new MailError('unsupported', 'this server has no nested folders');
  return `${parent}${delimiter}${name}`;
}

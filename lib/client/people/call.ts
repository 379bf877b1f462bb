import type { Operations, ResponseOf } from '../../contract/operations.ts';
import { type CallInputOf, openRoute } from '../api.ts';
import { fillPath } from '../routes.ts';

type PeopleOperation = keyof typeof peopleRoutes;

/** Identities, templates and contacts: a table of its own, which is loaded with the first dialog that needs it. */
const peopleRoutes = {
  listIdentities: { method: 'get', path: '/api/identities' },
  createIdentity: { method: 'post', path: '/api/identities' },
  updateIdentity: { method: 'patch', path: '/api/identities/{identityId}' },
  deleteIdentity: { method: 'delete', path: '/api/identities/{identityId}' },
  listTemplates: { method: 'get', path: '/api/templates' },
  createTemplate: { method: 'post', path: '/api/templates' },
  updateTemplate: { method: 'put', path: '/api/templates/{templateId}' },
  deleteTemplate: { method: 'delete', path: '/api/templates/{templateId}' },
  listContacts: { method: 'get', path: '/api/contacts' },
  createContact: { method: 'post', path: '/api/contacts' },
  getContact: { method: 'get', path: '/api/contacts/{contactId}' },
  updateContact: { method: 'put', path: '/api/contacts/{contactId}' },
  destroyContacts: { method: 'post', path: '/api/contacts/destroy' },
  restoreContacts: { method: 'post', path: '/api/contacts/restore' },
  searchContacts: { method: 'get', path: '/api/contacts/search' },
  exportContacts: { method: 'get', path: '/api/contacts/export' },
  listContactGroups: { method: 'get', path: '/api/contact-groups' },
  createContactGroup: { method: 'post', path: '/api/contact-groups' },
  getContactGroup: { method: 'get', path: '/api/contact-groups/{groupId}' },
  updateContactGroup: { method: 'patch', path: '/api/contact-groups/{groupId}' },
  deleteContactGroup: { method: 'delete', path: '/api/contact-groups/{groupId}' },
  listLearnedAddresses: { method: 'get', path: '/api/learned-addresses' },
  forgetLearnedAddress: { method: 'delete', path: '/api/learned-addresses/{email}' },
  emptyLearnedAddresses: { method: 'delete', path: '/api/learned-addresses' },
} as const satisfies { [N in keyof Operations]?: Pick<Operations[N], 'method' | 'path'> };

/** Calls one of them, as `call` does the others. */
export async function callPeople<N extends PeopleOperation>(name: N, input: CallInputOf<N>): Promise<ResponseOf<N>> {
  const response = await openRoute(peopleRoutes[name], input);
  return (response.status === 204 ? undefined : await response.json()) as ResponseOf<N>;
}

/** Sends a file of contacts as it is, and gives what became of it. */
export async function importContacts(file: Blob): Promise<ResponseOf<'importContacts'>> {
  const response = await openRoute({ method: 'post', path: '/api/contacts/import' }, { body: file });
  return (await response.json()) as ResponseOf<'importContacts'>;
}

/** Where the contacts, or those of a group, are as a file. */
export const exportHref = (format: 'vcard' | 'csv', groupId: string | null): string =>
  fillPath(peopleRoutes.exportContacts.path, {}, { format, groupId });

/** The contact that has this address; null where none has. */
export async function findContact(email: string, signal: AbortSignal): Promise<string | null> {
  const { addresses } = await callPeople('searchContacts', { query: { q: email, limit: 50 }, signal });
  return addresses.find((one) => one.email.toLowerCase() === email.toLowerCase())?.contactId ?? null;
}

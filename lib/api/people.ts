import { contactLimits } from '../contract/contacts.ts';
import { contentDisposition } from '../mail/mime/disposition.ts';
import * as contacts from '../server/people/contacts.ts';
import { exportContacts } from '../server/people/export.ts';
import * as groups from '../server/people/groups.ts';
import * as identities from '../server/people/identities.ts';
import { importContacts } from '../server/people/import.ts';
import { forget, learnedOf } from '../server/people/learned.ts';
import * as templates from '../server/people/templates.ts';
import type { Call } from './call.ts';
import { streamHeaders } from './headers.ts';
import { broken } from './part.ts';
import { streamOf } from './part-bytes.ts';
import { readBytes } from './read-json.ts';

export const listIdentities = async ({ signedIn }: Call<'listIdentities'>) => ({
  identities: await identities.listIdentities(signedIn),
});

export const createIdentity = ({ signedIn, body }: Call<'createIdentity'>) => identities.createIdentity(signedIn, body);

export const updateIdentity = ({ signedIn, params, body }: Call<'updateIdentity'>) =>
  identities.updateIdentity(signedIn, params.identityId, body);

export const deleteIdentity = ({ signedIn, params }: Call<'deleteIdentity'>) =>
  identities.deleteIdentity(signedIn, params.identityId);

export const listTemplates = async ({ signedIn }: Call<'listTemplates'>) => ({
  templates: await templates.listTemplates(signedIn),
});

export const createTemplate = ({ signedIn, body }: Call<'createTemplate'>) => templates.createTemplate(signedIn, body);

export const updateTemplate = ({ signedIn, params, body }: Call<'updateTemplate'>) =>
  templates.updateTemplate(signedIn, params.templateId, body);

export const deleteTemplate = ({ signedIn, params }: Call<'deleteTemplate'>) =>
  templates.deleteTemplate(signedIn, params.templateId);

export const listContacts = ({ signedIn, query }: Call<'listContacts'>) =>
  contacts.contactsOf(signedIn, { ...query, q: query.q ?? null, groupId: query.groupId ?? null });

export const createContact = ({ signedIn, body }: Call<'createContact'>) => contacts.createContact(signedIn, body);

export const getContact = ({ signedIn, params }: Call<'getContact'>) => contacts.contactOf(signedIn, params.contactId);

export const updateContact = ({ signedIn, params, body }: Call<'updateContact'>) =>
  contacts.updateContact(signedIn, params.contactId, body);

export const destroyContacts = async ({ signedIn, body }: Call<'destroyContacts'>) => ({
  destroyed: await contacts.destroyContacts(signedIn, body.ids),
});

export const restoreContacts = async ({ signedIn, body }: Call<'restoreContacts'>) => ({
  restored: await contacts.restoreContacts(signedIn, body.ids),
});

export const searchContacts = ({ signedIn, query }: Call<'searchContacts'>) =>
  contacts.completionsOf(signedIn, query.q, query.limit);

/** Throws `tooLarge` beyond 5 MiB. */
export const importFile = async ({ signedIn, request }: Call<'importContacts'>) =>
  importContacts(signedIn, await readBytes(request, contactLimits.importBytes));

/** A file of contacts, made while it is sent. */
export async function exportFile({ signedIn, query, requestId, signal }: Call<'exportContacts'>): Promise<Response> {
  const { format } = query;
  const bytes = exportContacts(signedIn, { format, groupId: query.groupId ?? null });
  // What fails before the first byte is a problem document.
  const first = await bytes.next();
  const headers = streamHeaders(requestId);
  headers.set('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'text/vcard; charset=utf-8');
  headers.set('Content-Disposition', contentDisposition(format === 'csv' ? 'contacts.csv' : 'contacts.vcf'));
  headers.set('Content-Security-Policy', "sandbox; default-src 'none'; frame-ancestors 'none'");
  headers.set('X-Content-Type-Options', 'nosniff');
  const onBroken = broken('exportContacts', requestId, signal);
  async function* whole() {
    if (!first.done) yield first.value;
    yield* bytes;
  }
  return new Response(streamOf(whole(), { release: () => void bytes.return(undefined), onBroken }), { headers });
}

export const listGroups = async ({ signedIn }: Call<'listContactGroups'>) => ({
  groups: await groups.listGroups(signedIn),
});

export const createGroup = ({ signedIn, body }: Call<'createContactGroup'>) => groups.createGroup(signedIn, body.name);

export const expandGroup = ({ signedIn, params }: Call<'getContactGroup'>) =>
  groups.expandGroup(signedIn, params.groupId);

export const changeGroup = ({ signedIn, params, body }: Call<'updateContactGroup'>) =>
  groups.changeGroup(signedIn, params.groupId, body);

export const deleteGroup = ({ signedIn, params }: Call<'deleteContactGroup'>) =>
  groups.deleteGroup(signedIn, params.groupId);

export const listLearned = ({ signedIn, query }: Call<'listLearnedAddresses'>) =>
  learnedOf(signedIn, { ...query, q: query.q ?? null });

export const forgetLearned = ({ signedIn, params }: Call<'forgetLearnedAddress'>) => forget(signedIn, params.email);

export const emptyLearned = ({ signedIn }: Call<'emptyLearnedAddresses'>) => forget(signedIn, null);

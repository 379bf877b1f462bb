import { z } from 'zod';
import {
  completions,
  contact,
  contactGroup,
  contactRequest,
  contactSummary,
  groupAddresses,
  groupName,
  importReport,
  learnedAddress,
} from './contacts.ts';
import { identity, identityChange, newIdentity, template, templateRequest } from './identities.ts';
import { id, limits, line, operation, window } from './operation.ts';
import { email } from './writing.ts';

const ids = z.array(id).min(1).max(limits.ids);
const q = line(limits.queryLength);
const page = { position: z.int().nonnegative(), total: z.int().nonnegative() };
const identityPath = z.object({ identityId: id });
const templatePath = z.object({ templateId: id });
const contactPath = z.object({ contactId: id });
const groupPath = z.object({ groupId: id });

/** Identities, templates and contacts: all of it belongs to the person who signed in. */
export const peopleOperations = {
  listIdentities: operation({
    method: 'get',
    path: '/api/identities',
    summary: 'Who the person writes as, in each of their accounts; one of the login where there is none',
    response: z.object({ identities: z.array(identity) }),
  }),
  createIdentity: operation({
    method: 'post',
    path: '/api/identities',
    summary: 'Add an identity; its address must be one that may be sent from',
    body: newIdentity,
    response: identity,
  }),
  updateIdentity: operation({
    method: 'patch',
    path: '/api/identities/{identityId}',
    summary: 'Change an identity, make it the default of its account, or move it',
    params: identityPath,
    body: identityChange,
    response: identity,
  }),
  deleteIdentity: operation({
    method: 'delete',
    path: '/api/identities/{identityId}',
    summary: 'Delete an identity',
    params: identityPath,
  }),
  listTemplates: operation({
    method: 'get',
    path: '/api/templates',
    summary: 'Texts that the person writes again and again, by name',
    response: z.object({ templates: z.array(template) }),
  }),
  createTemplate: operation({
    method: 'post',
    path: '/api/templates',
    summary: 'Keep a text; {{fields}} in it are filled in when it is used',
    body: templateRequest,
    response: template,
  }),
  updateTemplate: operation({
    method: 'put',
    path: '/api/templates/{templateId}',
    summary: 'Change a template',
    params: templatePath,
    body: templateRequest,
    response: template,
  }),
  deleteTemplate: operation({
    method: 'delete',
    path: '/api/templates/{templateId}',
    summary: 'Delete a template',
    params: templatePath,
  }),
  listContacts: operation({
    method: 'get',
    path: '/api/contacts',
    summary: 'A window of the contacts by name: all, those of a group, those whose words begin as `q` says',
    query: z.object({ ...window, q: q.optional(), groupId: id.optional() }),
    response: z.object({ ...page, items: z.array(contactSummary) }),
  }),
  createContact: operation({
    method: 'post',
    path: '/api/contacts',
    summary: 'Add a contact',
    body: contactRequest,
    response: contact,
  }),
  getContact: operation({
    method: 'get',
    path: '/api/contacts/{contactId}',
    summary: 'One contact, whole',
    params: contactPath,
    response: contact,
  }),
  updateContact: operation({
    method: 'put',
    path: '/api/contacts/{contactId}',
    summary: 'Change a contact; what its card says besides stays',
    params: contactPath,
    body: contactRequest,
    response: contact,
  }),
  destroyContacts: operation({
    method: 'post',
    path: '/api/contacts/destroy',
    summary: 'Delete contacts; for an hour they can be taken back',
    body: z.object({ ids }).strict(),
    response: z.object({ destroyed: z.int().nonnegative() }),
  }),
  restoreContacts: operation({
    method: 'post',
    path: '/api/contacts/restore',
    summary: 'Take deleted contacts back, into their groups too',
    body: z.object({ ids }).strict(),
    response: z.object({ restored: z.int().nonnegative() }),
  }),
  searchContacts: operation({
    method: 'get',
    path: '/api/contacts/search',
    summary: 'Recipients whose words begin as `q` says, contacts and learned addresses, the likeliest first',
    query: z.object({ q, limit: z.coerce.number().int().min(1).max(50).default(8) }),
    response: completions,
  }),
  importContacts: operation({
    method: 'post',
    path: '/api/contacts/import',
    summary: 'Add the contacts of a vCard or CSV file, which is the body of the request: at most 5 MiB',
    response: importReport,
  }),
  exportContacts: operation({
    method: 'get',
    path: '/api/contacts/export',
    summary: 'All contacts, or those of a group, as vCard 4.0 or CSV',
    query: z.object({ format: z.enum(['vcard', 'csv']), groupId: id.optional() }),
    produces: 'text/vcard',
  }),
  listContactGroups: operation({
    method: 'get',
    path: '/api/contact-groups',
    summary: 'The groups of contacts, by name',
    response: z.object({ groups: z.array(contactGroup) }),
  }),
  createContactGroup: operation({
    method: 'post',
    path: '/api/contact-groups',
    summary: 'Make a group',
    body: z.object({ name: groupName }).strict(),
    response: contactGroup,
  }),
  getContactGroup: operation({
    method: 'get',
    path: '/api/contact-groups/{groupId}',
    summary: 'Whom a group stands for as a recipient',
    params: groupPath,
    response: groupAddresses,
  }),
  updateContactGroup: operation({
    method: 'patch',
    path: '/api/contact-groups/{groupId}',
    summary: 'Rename a group, put contacts into it or take them out',
    params: groupPath,
    body: z
      .object({
        name: groupName.optional(),
        add: z.array(id).max(limits.ids).default([]),
        remove: z.array(id).max(limits.ids).default([]),
      })
      .strict(),
    response: contactGroup,
  }),
  deleteContactGroup: operation({
    method: 'delete',
    path: '/api/contact-groups/{groupId}',
    summary: 'Delete a group; its contacts stay',
    params: groupPath,
  }),
  listLearnedAddresses: operation({
    method: 'get',
    path: '/api/learned-addresses',
    summary: 'Addresses that were written to and are no contacts, the last used first',
    query: z.object({ ...window, q: q.optional() }),
    response: z.object({ ...page, items: z.array(learnedAddress) }),
  }),
  forgetLearnedAddress: operation({
    method: 'delete',
    path: '/api/learned-addresses/{email}',
    summary: 'Forget that an address was written to',
    params: z.object({ email }),
  }),
  emptyLearnedAddresses: operation({
    method: 'delete',
    path: '/api/learned-addresses',
    summary: 'Forget all of them',
  }),
};

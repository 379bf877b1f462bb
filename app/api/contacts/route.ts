import { createContact, listContacts } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('listContacts', listContacts);

export const POST = route('createContact', createContact);

import { getContact, updateContact } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('getContact', getContact);

export const PUT = route('updateContact', updateContact);

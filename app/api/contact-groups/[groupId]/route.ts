import { changeGroup, deleteGroup, expandGroup } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('getContactGroup', expandGroup);

export const PATCH = route('updateContactGroup', changeGroup);

export const DELETE = route('deleteContactGroup', deleteGroup);

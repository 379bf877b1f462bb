import { deleteIdentity, updateIdentity } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const PATCH = route('updateIdentity', updateIdentity);

export const DELETE = route('deleteIdentity', deleteIdentity);

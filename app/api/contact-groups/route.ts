import { createGroup, listGroups } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('listContactGroups', listGroups);

export const POST = route('createContactGroup', createGroup);

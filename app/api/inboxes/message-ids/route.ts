import { listInboxesIds } from '@/lib/api/inboxes';
import { route } from '@/lib/api/route';

export const GET = route('listInboxesIds', listInboxesIds);

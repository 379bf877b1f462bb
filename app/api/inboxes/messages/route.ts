import { listInboxes } from '@/lib/api/inboxes';
import { route } from '@/lib/api/route';

export const GET = route('listInboxes', listInboxes);

import { listIds } from '@/lib/api/list-ids';
import { route } from '@/lib/api/route';

export const GET = route('listMessageIds', async (call) => ({ ids: await listIds(call) }));

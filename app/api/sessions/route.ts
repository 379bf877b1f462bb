import { route } from '@/lib/api/route';
import { listSessions } from '@/lib/api/session';

export const GET = route('listSessions', async ({ signedIn }) => ({ sessions: await listSessions(signedIn) }));

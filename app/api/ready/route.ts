import { isReady } from '@/lib/api/ready';
import { route } from '@/lib/api/route';

export const GET = route('getReady', async () =>
  (await isReady()) ? { status: 'ready' as const } : Response.json({ status: 'unready' }, { status: 503 }),
);

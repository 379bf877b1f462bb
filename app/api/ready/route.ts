import { isReady } from '@/lib/api/ready';
import { route } from '@/lib/api/route';

const unready = { status: 503, headers: { 'Cache-Control': 'private, no-store' } };

export const GET = route('getReady', async () =>
  (await isReady()) ? { status: 'ready' as const } : Response.json({ status: 'unready' }, unready),
);

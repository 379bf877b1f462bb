import { route } from '@/lib/api/route';

export const GET = route('getHealth', async () => ({ status: 'ok' as const }));

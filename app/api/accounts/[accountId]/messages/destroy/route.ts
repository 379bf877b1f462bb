import { route } from '@/lib/api/route';

export const POST = route('destroyMessages', async ({ mail, body }) => ({ results: await mail.destroyMessages(body) }));

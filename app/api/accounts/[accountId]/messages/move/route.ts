import { route } from '@/lib/api/route';

export const POST = route('moveMessages', async ({ mail, body }) => ({ results: await mail.moveMessages(body) }));

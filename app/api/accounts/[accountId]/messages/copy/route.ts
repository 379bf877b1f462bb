import { route } from '@/lib/api/route';

export const POST = route('copyMessages', async ({ mail, body }) => ({ results: await mail.copyMessages(body) }));

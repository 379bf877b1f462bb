import { route } from '@/lib/api/route';

export const POST = route('setKeywords', async ({ mail, body }) => ({ results: await mail.setKeywords(body) }));

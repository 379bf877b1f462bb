import { route } from '@/lib/api/route';

export const GET = route('getThread', async ({ mail, params, signal }) => ({
  items: await mail.getThread({ id: params.messageId }, { signal }),
}));

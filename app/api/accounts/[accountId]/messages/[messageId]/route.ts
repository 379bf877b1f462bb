import { route } from '@/lib/api/route';

export const GET = route('getMessage', ({ mail, params, signal }) =>
  mail.getMessage({ id: params.messageId }, { signal }),
);

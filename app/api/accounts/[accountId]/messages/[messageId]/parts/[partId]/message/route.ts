import { route } from '@/lib/api/route';

export const GET = route('getAttachedMessage', ({ mail, params, signal }) =>
  mail.openMessage({ id: params.messageId, partId: params.partId }, { signal }),
);

import { listRequest } from '@/lib/api/list-request';
import { route } from '@/lib/api/route';

export const GET = route('listMessages', ({ mail, params, query, signal }) =>
  mail.listMessages(listRequest(params.mailboxId, query), { signal }),
);

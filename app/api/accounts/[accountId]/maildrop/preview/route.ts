import { maildropOf, retentionOf } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const GET = route('previewRetention', ({ mail, query }) =>
  maildropOf(mail).previewRetention(retentionOf(query)),
);

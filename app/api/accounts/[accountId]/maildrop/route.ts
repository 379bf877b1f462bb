import { maildropOf } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const GET = route('getMaildrop', ({ mail }) => maildropOf(mail).report());

export const PATCH = route('updateMaildrop', async ({ mail, body }) => {
  const maildrop = maildropOf(mail);
  await maildrop.setRetention(body.retention);
  return await maildrop.report();
});

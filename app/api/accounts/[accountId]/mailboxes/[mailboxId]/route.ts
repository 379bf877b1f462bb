import { route } from '@/lib/api/route';
import { updateMailbox } from '@/lib/api/update-mailbox';

export const PATCH = route('updateMailbox', ({ mail, params, body }) => updateMailbox(mail, params.mailboxId, body));

export const DELETE = route('deleteMailbox', async ({ mail, params }) => {
  await mail.deleteMailbox({ mailboxId: params.mailboxId });
});

import { route } from '@/lib/api/route';

export const POST = route('emptyMailbox', ({ mail, params }) => mail.emptyMailbox({ mailboxId: params.mailboxId }));

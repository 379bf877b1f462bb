import { maildropOf } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const POST = route('startCollection', async ({ mail }) => maildropOf(mail).startCollection());

export const DELETE = route('stopCollection', async ({ mail }) => maildropOf(mail).stopCollection());

import { restoreMessages } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const POST = route('restoreMessages', restoreMessages);

import { route } from '@/lib/api/route';
import { watchMail } from '@/lib/api/watch-mail';

export const GET = route('getEvents', watchMail);

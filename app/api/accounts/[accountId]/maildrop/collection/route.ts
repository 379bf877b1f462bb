import { startCollection, stopCollection } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const POST = route('startCollection', startCollection);

export const DELETE = route('stopCollection', stopCollection);

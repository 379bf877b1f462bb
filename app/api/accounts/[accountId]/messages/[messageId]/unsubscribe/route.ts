import { route } from '@/lib/api/route';
import { unsubscribe } from '@/lib/api/unsubscribe';

export const POST = route('unsubscribe', unsubscribe);

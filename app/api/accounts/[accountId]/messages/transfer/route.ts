import { transferMessages } from '@/lib/api/inboxes';
import { route } from '@/lib/api/route';

export const POST = route('transferMessages', transferMessages);

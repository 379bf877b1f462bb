import { destroyContacts } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const POST = route('destroyContacts', destroyContacts);

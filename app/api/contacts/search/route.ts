import { searchContacts } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('searchContacts', searchContacts);

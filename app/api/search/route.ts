import { route } from '@/lib/api/route';
import { searchAll } from '@/lib/api/search-accounts';

export const GET = route('searchAccounts', searchAll);

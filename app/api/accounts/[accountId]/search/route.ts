import { route } from '@/lib/api/route';
import { searchMail } from '@/lib/api/search-mail';

export const GET = route('search', searchMail);

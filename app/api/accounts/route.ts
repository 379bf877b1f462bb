import { addAccount } from '@/lib/api/accounts';
import { route } from '@/lib/api/route';

export const POST = route('addAccount', addAccount);

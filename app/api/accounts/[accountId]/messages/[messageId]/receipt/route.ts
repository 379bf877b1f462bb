import { route } from '@/lib/api/route';
import { createReceipt } from '@/lib/api/writing';

export const POST = route('sendReceipt', createReceipt);

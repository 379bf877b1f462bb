import { describeMaildrop, updateMaildrop } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const GET = route('getMaildrop', describeMaildrop);

export const PATCH = route('updateMaildrop', updateMaildrop);

import { answerRaw } from '@/lib/api/part';
import { route } from '@/lib/api/route';

export const GET = route('getRaw', answerRaw);

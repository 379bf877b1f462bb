import { route } from '@/lib/api/route';
import { decide } from '@/lib/api/writing';

export const POST = route('decideSubmission', decide);

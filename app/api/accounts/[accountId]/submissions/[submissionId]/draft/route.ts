import { route } from '@/lib/api/route';
import { redraftSubmission } from '@/lib/api/writing';

export const POST = route('redraftSubmission', redraftSubmission);

import { route } from '@/lib/api/route';
import { cancelSubmission, getSubmission } from '@/lib/api/writing';

export const GET = route('getSubmission', getSubmission);

export const DELETE = route('cancelSubmission', cancelSubmission);

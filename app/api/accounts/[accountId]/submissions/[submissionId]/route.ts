import { route } from '@/lib/api/route';
import { cancelSubmission, getSubmission, rescheduleSubmission } from '@/lib/api/writing';

export const GET = route('getSubmission', getSubmission);

export const PATCH = route('rescheduleSubmission', rescheduleSubmission);

export const DELETE = route('cancelSubmission', cancelSubmission);

import { forgetLearned } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const DELETE = route('forgetLearnedAddress', forgetLearned);

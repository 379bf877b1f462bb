import { emptyLearned, listLearned } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('listLearnedAddresses', listLearned);

export const DELETE = route('emptyLearnedAddresses', emptyLearned);

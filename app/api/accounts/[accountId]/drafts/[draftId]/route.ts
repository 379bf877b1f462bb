import { route } from '@/lib/api/route';
import { deleteDraft, replaceDraft } from '@/lib/api/writing';

export const PUT = route('replaceDraft', replaceDraft);

export const DELETE = route('deleteDraft', deleteDraft);

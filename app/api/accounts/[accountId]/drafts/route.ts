import { route } from '@/lib/api/route';
import { createDraft } from '@/lib/api/writing';

export const POST = route('createDraft', createDraft);

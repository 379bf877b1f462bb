import { answerAttachments } from '@/lib/api/attachments-zip';
import { route } from '@/lib/api/route';

export const GET = route('getAttachments', answerAttachments);

import { answerFrame } from '@/lib/api/frame';
import { plainRoute } from '@/lib/api/plain-route';

/** The empty document in which a mail is shown; the page fills it. */
export const GET = plainRoute('frame', answerFrame);

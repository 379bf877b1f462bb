import { answerAuth } from '@/lib/api/auth';
import { plainRoute } from '@/lib/api/plain-route';

export const GET = plainRoute('auth', answerAuth);
export const POST = GET;

import { plainRoute } from '@/lib/api/plain-route';
import { answerUnknown } from '@/lib/api/unknown';

/** What is no operation, whatever the method. */
export const GET = plainRoute('unknown', answerUnknown);
export const POST = GET;
export const PUT = GET;
export const PATCH = GET;
export const DELETE = GET;

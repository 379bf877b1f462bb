import { answerOpenApi } from '@/lib/api/openapi';
import { plainRoute } from '@/lib/api/plain-route';

export const GET = plainRoute('openapi', answerOpenApi);

import { answerMetrics } from '@/lib/api/metrics';
import { plainRoute } from '@/lib/api/plain-route';

export const GET = plainRoute('metrics', answerMetrics);

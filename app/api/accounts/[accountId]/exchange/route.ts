import { route } from '@/lib/api/route';
import { watchExchange } from '@/lib/api/watch-exchange';

export const GET = route('getExchange', watchExchange);

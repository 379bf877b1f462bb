import { readSource } from '@/lib/api/part-text';
import { route } from '@/lib/api/route';

export const GET = route('getSource', readSource);

import { createTemplate, listTemplates } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('listTemplates', listTemplates);

export const POST = route('createTemplate', createTemplate);

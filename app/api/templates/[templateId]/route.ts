import { deleteTemplate, updateTemplate } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const PUT = route('updateTemplate', updateTemplate);

export const DELETE = route('deleteTemplate', deleteTemplate);

import { route } from '@/lib/api/route';
import { deleteUpload } from '@/lib/api/writing';

export const DELETE = route('deleteUpload', deleteUpload);

import { route } from '@/lib/api/route';
import { createUpload } from '@/lib/api/writing';

export const POST = route('createUpload', createUpload);

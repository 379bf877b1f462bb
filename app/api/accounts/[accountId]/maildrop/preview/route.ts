import { previewRetention } from '@/lib/api/maildrop';
import { route } from '@/lib/api/route';

export const GET = route('previewRetention', previewRetention);

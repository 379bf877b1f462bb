import { exportFile } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('exportContacts', exportFile);

import { route } from '@/lib/api/route';
import { describeSession } from '@/lib/api/session';

export const GET = route('getSession', ({ signedIn }) => describeSession(signedIn));

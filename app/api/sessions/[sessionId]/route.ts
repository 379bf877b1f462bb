import { route } from '@/lib/api/route';
import { endSession } from '@/lib/api/session';

export const DELETE = route('endSession', async ({ signedIn, params }) => {
  await endSession(signedIn, params.sessionId);
});

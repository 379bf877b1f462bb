import { route } from '@/lib/api/route';
import { readSettings, updateSettings } from '@/lib/api/session';

export const GET = route('getSettings', ({ signedIn }) => readSettings(signedIn));

export const PATCH = route('updateSettings', ({ signedIn, body }) => updateSettings(signedIn, body));

import { emptyRemoteImageRules, listRemoteImageRules } from '@/lib/api/remote-images';
import { route } from '@/lib/api/route';

export const GET = route('listRemoteImageRules', listRemoteImageRules);

export const DELETE = route('emptyRemoteImageRules', emptyRemoteImageRules);

import { removeRemoteImageRule, setRemoteImageRule } from '@/lib/api/remote-images';
import { route } from '@/lib/api/route';

export const PUT = route('setRemoteImageRule', setRemoteImageRule);

export const DELETE = route('removeRemoteImageRule', removeRemoteImageRule);

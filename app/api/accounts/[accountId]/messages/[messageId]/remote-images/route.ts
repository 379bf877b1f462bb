import { signRemoteImages } from '@/lib/api/remote-images';
import { route } from '@/lib/api/route';

export const POST = route('signRemoteImages', signRemoteImages);

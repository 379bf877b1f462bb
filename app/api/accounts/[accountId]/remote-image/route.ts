import { answerRemoteImage } from '@/lib/api/remote-images';
import { route } from '@/lib/api/route';

export const GET = route('getRemoteImage', answerRemoteImage);

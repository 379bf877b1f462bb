import { findServers } from '@/lib/api/mail-servers';
import { route } from '@/lib/api/route';

export const POST = route('findServers', findServers);

import { createIdentity, listIdentities } from '@/lib/api/people';
import { route } from '@/lib/api/route';

export const GET = route('listIdentities', listIdentities);

export const POST = route('createIdentity', createIdentity);

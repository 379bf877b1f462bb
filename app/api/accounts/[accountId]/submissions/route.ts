import { route } from '@/lib/api/route';
import { createSubmission, listSubmissions } from '@/lib/api/writing';

export const GET = route('listSubmissions', listSubmissions);

export const POST = route('createSubmission', createSubmission);

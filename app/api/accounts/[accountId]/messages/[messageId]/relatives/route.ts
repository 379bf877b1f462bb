import { route } from '@/lib/api/route';

export const GET = route('findRelatives', ({ mail, params, query, signal }) =>
  mail.findRelatives({ id: params.messageId, isPatient: query.patient === true }, { signal }),
);

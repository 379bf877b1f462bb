import type { Submission } from '../../contract/writing.ts';
import type { Composition } from '../../mail/model.ts';
import type { SubmissionTable } from '../../store/submission-tables.ts';

/** What is kept of a message beside its bytes. */
export type About = Pick<Submission, 'subject' | 'to' | 'cc' | 'bcc' | 'isWritten'> &
  Pick<Composition, 'priority' | 'wantsReadReceipt'>;

/** What is told of a message without reading it. Rows of before they had a word for it were written, and plain. */
export function aboutOf({ about }: SubmissionTable): About {
  return {
    isWritten: true,
    priority: 'normal',
    wantsReadReceipt: false,
    ...(JSON.parse(about) as Partial<About>),
  } as About;
}

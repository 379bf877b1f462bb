import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, the longest first: one that began last would run while the other workers have nothing to do.
 * A new checkout remembers no times, and Vitest then goes by size, which a file of ten lines over a long suite belies.
 */
const longest = [
  'lib/api/http-killed-sending.test.ts',
  'lib/mail/pop3/contract.test.ts',
  'lib/api/http-writing.test.ts',
  'lib/mail/imap/driver.test.ts',
  'lib/mail/pop3/killed.test.ts',
  'lib/mail/imap/random-changes.test.ts',
  'lib/server/accounts/chosen.test.ts',
  'lib/server/accounts/accounts.test.ts',
  'lib/api/http-day.test.ts',
  'lib/mail/imap/courier.test.ts',
  'lib/server/session.test.ts',
  'lib/api/http-every-route.test.ts',
  'lib/api/http-access.test.ts',
  'lib/api/http-remote-image.test.ts',
  'lib/server/sending/arrival.test.ts',
  'lib/api/http-soak.test.ts',
  'lib/server/start.test.ts',
  'lib/server/sending/redraft.test.ts',
  'lib/server/sending/replicas.test.ts',
  'lib/server/sending/clock.test.ts',
];

/** Puts the files of `longest` before all others, which Vitest orders. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = longest.indexOf(relative(this.ctx.config.root, moduleId));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
  }
}

import { describe, expect, it } from 'vitest';
import type { Suite } from '../contract.ts';
import { letter, ownAuthservId } from '../letters.ts';
import { newest } from './reading.ts';

const own = (results: string) => `Authentication-Results: ${ownAuthservId}; ${results}`;
const received = 'Received: from sender.example.net by mx.example.org; Mon, 05 Jan 2026 10:00:01 +0000';

export function describeTrusting({ person }: Suite): void {
  describe('what the server found about the sender', () => {
    it('is told as the server tells it, and of a message without it nothing is claimed', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(
        letter({
          subject: 'Checked',
          headers: [own('spf=fail smtp.mailfrom=a@example.net;\r\n dkim=pass header.d=example.net; dmarc=fail')],
        }),
      );
      const { authentication } = await someone.driver.getMessage({ id: await newest(someone) });
      expect(authentication).toEqual({
        spf: { result: 'fail', domain: 'example.net' },
        dkim: [{ result: 'pass', domain: 'example.net' }],
        dmarc: { result: 'fail', domain: null },
      });
      await someone.elsewhere.deliver(letter({ subject: 'Unchecked' }));
      const other = await someone.driver.getMessage({ id: await newest(someone) });
      expect([other.subject, other.authentication]).toEqual(['Unchecked', null]);
    });

    it('is not what others say, nor what the message brought with it', async () => {
      const someone = await person();
      const pass = 'spf=pass smtp.mailfrom=bank.example; dmarc=pass header.from=bank.example';
      await someone.elsewhere.deliver(
        letter({ subject: 'Forged', headers: [`Authentication-Results: mx.bank.example; ${pass}`] }),
      );
      expect((await someone.driver.getMessage({ id: await newest(someone) })).authentication).toBeNull();
      await someone.elsewhere.deliver(
        letter({ subject: 'Below', headers: [own('dmarc=fail header.from=bank.example'), received, own(pass)] }),
      );
      expect((await someone.driver.getMessage({ id: await newest(someone) })).authentication).toEqual({
        spf: null,
        dkim: [],
        dmarc: { result: 'fail', domain: 'bank.example' },
      });
    });

    it('decides on one click to leave a list, and a wish for a receipt is told', async () => {
      const someone = await person();
      const asks = [
        'List-Unsubscribe: <https://example.net/leave>',
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'Disposition-Notification-To: Ann <ann@example.net>',
        'DKIM-Signature: v=1; d=Example.net; s=a; h=From:List-Unsubscribe:\r\n List-Unsubscribe-Post; b=AA==',
      ];
      const offered = async (results: string[]) => {
        await someone.elsewhere.deliver(letter({ headers: [...results, ...asks] }));
        const { unsubscribe, receiptTo } = await someone.driver.getMessage({ id: await newest(someone) });
        expect(receiptTo).toEqual({ name: 'Ann', email: 'ann@example.net' });
        return unsubscribe?.isOneClick;
      };
      expect(await offered([])).toBe(true);
      expect(await offered([own('dkim=pass header.d=example.net')])).toBe(true);
      expect(await offered([own('dkim=fail header.d=example.net')])).toBe(false);
      expect(await offered([own('dkim=pass header.d=other.example')])).toBe(false);
    });
  });
}

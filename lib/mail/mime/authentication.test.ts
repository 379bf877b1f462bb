import { describe, expect, it } from 'vitest';
import { trustOf } from './authentication.ts';
import { parseHeaders } from './headers.ts';

const ids = ['mx.example.org'];
const trust = (lines: string[], authservIds: string[] | undefined = ids) =>
  trustOf(parseHeaders(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)), authservIds);
const results = (text: string, id = 'mx.example.org') => `Authentication-Results: ${id}; ${text}`;
const received = 'Received: from a by b; Mon, 05 Jan 2026 10:00:01 +0000';

describe('the findings of the server', () => {
  it('are believed under its own name alone, in any case', () => {
    const lines = [received, results('dmarc=pass header.from=a.example', 'MX.example.ORG')];
    expect(trust(lines).authentication?.dmarc).toEqual({ result: 'pass', domain: 'a.example' });
    expect(trust(lines, ['example.org']).authentication).toBeNull();
    expect(trust(lines, []).authentication).toBeNull();
    expect(trustOf(parseHeaders(Buffer.from(lines.join('\r\n'))), undefined).authentication).toBeNull();
  });

  it('are those above the Received field of the arrival; a method is as the upper field says', () => {
    const { authentication } = trust([
      received,
      results('spf=softfail smtp.mailfrom=a@b.example'),
      results('spf=pass smtp.mailfrom=a@b.example; dkim=fail header.d=b.example; dkim=pass header.i=@list.example'),
      results('dkim=pass header.d=bank.example', 'elsewhere.example'),
      received,
      results('dmarc=pass header.from=bank.example'),
    ]);
    expect(authentication).toEqual({
      spf: { result: 'softfail', domain: 'b.example' },
      dkim: [
        { result: 'fail', domain: 'b.example' },
        { result: 'pass', domain: 'list.example' },
      ],
      dmarc: null,
    });
  });

  it('count only where the result is one of the registered', () => {
    const { authentication } = trust([
      results('spf=splendid; dkim=hardfail header.d=<A.Example.>; dmarc=bestguesspass'),
    ]);
    expect(authentication).toEqual({ spf: null, dkim: [{ result: 'fail', domain: 'a.example' }], dmarc: null });
  });
});

describe('one click to leave a list', () => {
  const asks = ['List-Unsubscribe: <https://example.net/leave>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'];
  const signed = (names: string) => `DKIM-Signature: v=1; d=example.net; h=${names}; b=AA==`;
  const both = signed('from:list-unsubscribe : List-Unsubscribe-Post');

  it('needs a valid signature over both fields where signatures were checked', () => {
    const pass = results('dkim=pass header.d=example.net');
    const isOneClick = (...lines: string[]) => trust([...lines, ...asks]).unsubscribe?.isOneClick;
    expect(isOneClick(pass, both)).toBe(true);
    expect(isOneClick(pass, signed('from:list-unsubscribe'))).toBe(false);
    expect(isOneClick(results('dkim=none'), both)).toBe(false);
    expect(isOneClick(pass)).toBe(false);
    // Nobody has looked.
    expect(isOneClick(results('spf=pass'))).toBe(true);
    expect(isOneClick()).toBe(true);
  });

  it('is never made up', () => {
    const lines = [results('dkim=pass header.d=example.net'), both, ...asks.slice(0, 1)];
    expect(trust(lines).unsubscribe).toEqual({ urls: ['https://example.net/leave'], isOneClick: false });
    expect(trust([]).unsubscribe).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { parseAuthenticationResults } from './authentication-results.ts';

/** Each result as `method=result`, then its properties in order. */
const read = (value: string) => {
  const parsed = parseAuthenticationResults(value);
  if (parsed === null) return null;
  const results = parsed.results.map(({ method, result, properties }) =>
    [`${method}=${result}`, ...[...properties].map(([name, text]) => `${name}=${text}`)].join(' '),
  );
  return [parsed.authservId, ...results];
};

describe('the examples of RFC 8601, appendix B', () => {
  it.each([
    ['B.2: no method was tried', 'example.org 1; none', ['example.org']],
    [
      'B.3: one method',
      'example.com;\t\t  spf=pass smtp.mailfrom=example.net',
      ['example.com', 'spf=pass smtp.mailfrom=example.net'],
    ],
    [
      'B.4: several methods in one field',
      'example.com;\t\t  auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net',
      ['example.com', 'auth=pass smtp.auth=sender@example.net', 'spf=pass smtp.mailfrom=example.net'],
    ],
    [
      'B.6: reasons, and one method twice',
      'example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail reason="bad signature" header.i=@newyork.example.com',
      [
        'example.com',
        'dkim=pass reason=good signature header.i=@mail-router.example.net',
        'dkim=fail reason=bad signature header.i=@newyork.example.com',
      ],
    ],
    [
      'B.7: comments at every place',
      'foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I was not expecting it) 1362471462',
      ['foo.example.net', 'dkim=fail policy.expired=1362471462'],
    ],
  ])('%s', (_, value, expected) => expect(read(value)).toEqual(expected));
});

describe('what real and hostile fields look like', () => {
  it('reads names in any case, and an authserv-id in quotes', () => {
    expect(read('MX.Example.ORG; SPF=Pass SMTP.MailFrom=A@Example.net')).toEqual([
      'mx.example.org',
      'spf=pass smtp.mailfrom=A@Example.net',
    ]);
    expect(read('"mx.example.org"; dkim=pass')).toEqual(['mx.example.org', 'dkim=pass']);
  });

  it('is no field of ours without an authserv-id, or of another version', () => {
    expect(read('spf=pass smtp.mailfrom=example.net; dkim=none')).toBeNull();
    expect(read('')).toBeNull();
    expect(read('; dkim=pass')).toBeNull();
    expect(read('mx.example.org 2; dkim=pass')).toBeNull();
    expect(read('mx.example.org evil.example; dkim=pass')).toBeNull();
  });

  it('takes nothing out of quotations and comments', () => {
    expect(read('mx; spf=fail smtp.mailfrom="x; dkim=pass header.d=bank.example"@evil.example; dkim=none')).toEqual([
      'mx',
      'spf=fail smtp.mailfrom=x; dkim=pass header.d=bank.example@evil.example',
      'dkim=none',
    ]);
    expect(read('mx; spf=fail (helo=a\\) ; dkim=pass (b) ; dmarc=pass) smtp.helo=c')).toEqual([
      'mx',
      'spf=fail smtp.helo=c',
    ]);
    expect(read('mx; spf=fail reason="a \\" ; dkim=pass"')).toEqual(['mx', 'spf=fail reason=a " ; dkim=pass']);
  });

  it('has nothing behind a comment or quotation without an end', () => {
    expect(read('mx; spf=fail; (dkim=pass')).toEqual(['mx', 'spf=fail']);
    expect(read('mx; spf=fail; "dkim=pass')).toEqual(['mx', 'spf=fail']);
    expect(read('mx; spf=fail ) ; dkim=pass')).toEqual(['mx', 'spf=fail']);
  });

  it('leaves out what is no result, and keeps the first of a property', () => {
    expect(read('mx; ; = ; spf ; spf= ; dkim==pass; dkim=pass header.d=a header.d=b lonely')).toEqual([
      'mx',
      'dkim=pass header.d=a',
    ]);
    expect(read('mx; dkim=pass reason=looks very good header.d=a')).toEqual([
      'mx',
      'dkim=pass reason=looks header.d=a',
    ]);
  });

  it('keeps its bounds, and its time', () => {
    const started = process.cpuUsage();
    const hostile = [
      '('.repeat(1e6),
      '"'.repeat(1e6),
      '\\'.repeat(1e6),
      ' '.repeat(1e6),
      '=;'.repeat(1e6),
      'a.'.repeat(1e6),
    ];
    for (const run of hostile) expect(read(`mx; spf=fail; ${run}`)?.slice(0, 2)).toEqual(['mx', 'spf=fail']);
    expect(read(`mx${'; dkim=pass header.d=a'.repeat(1e5)}`)).toHaveLength(51);
    expect(processorMs(started)).toBeLessThan(2_000);
  });
});

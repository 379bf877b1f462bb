import { describe, expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

describe('safeFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Bericht für März.pdf', 'Bericht für März.pdf'],
    ['東京.txt', '東京.txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ann\\plan.doc', 'plan.doc'],
    ['a\r\nSet-Cookie: x', 'a Set-Cookie_ x'],
    ['a\u0000b.txt', 'a b.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['con.txt', '_con.txt'],
    ['.htaccess', 'htaccess'],
    ['x. . ', 'x'],
    ['a<b>:"|?*.txt', 'a_b______.txt'],
    ['\ud800.txt', '\ufffd.txt'],
    ['...', 'attachment'],
    ['/', '_'],
    ['', 'attachment'],
  ])('makes %j into %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('keeps the extension of a long name and cuts no character in two', () => {
    const name = safeFileName(`${'👩'.repeat(500)}.tar.gz`);
    expect(name).toMatch(/^👩+\.gz$/u);
    expect([...name].length).toBe(120);
  });

  it('uses the fallback for no name', () => {
    expect(safeFileName(null, 'message.eml')).toBe('message.eml');
  });
});

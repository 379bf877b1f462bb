import { describe, expect, it } from 'vitest';
import { nameBySubject, safeFileName, tailStart, uniqueFileNames } from './file-name.ts';

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
    ['con .txt', '_con .txt'],
    ['LPT¹', '_LPT¹'],
    ['console.log', 'console.log'],
    ['invoice\u061c.pdf', 'invoice.pdf'],
    ['invoice.pdf      .exe', 'invoice.pdf .exe'],
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
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
    expect([...safeFileName(`${'a'.repeat(500)}.tar.gz`)].length).toBe(120);
  });

  it('uses the fallback for no name', () => {
    expect(safeFileName(null, 'message.eml')).toBe('message.eml');
  });
});

describe('nameBySubject', () => {
  it.each([
    ['Lunch, then?', 'Lunch, then_.eml'],
    ['Budget 2026/27', 'Budget 2026-27.eml'],
    ['..\\..\\evil', '-..-evil.eml'],
    ['', 'message.eml'],
    ['Wait...', 'Wait.eml'],
    ['nul', '_nul.eml'],
  ])('makes %j into %j', (subject, name) => {
    expect(nameBySubject(subject, 'eml')).toBe(name);
  });
});

describe('uniqueFileNames', () => {
  it('numbers what would be the same file, whatever its case or accents', () => {
    expect(uniqueFileNames(['a.pdf', 'A.PDF', 'a (2).pdf', 'á.pdf', 'x/../a.pdf', null, null, 'n', 'n'])).toEqual([
      'a.pdf',
      'A (2).PDF',
      'a (2) (2).pdf',
      'á (3).pdf',
      'a (4).pdf',
      'attachment',
      'attachment (2)',
      'n',
      'n (2)',
    ]);
  });

  it('stays fast for a thousand of one name', () => {
    const names = uniqueFileNames(new Array<string>(1_000).fill('same.txt'));
    expect(new Set(names).size).toBe(1_000);
  });
});

it('keeps the ending of a name in sight, and no more than that of one that was pushed out', () => {
  const tail = (name: string) => name.slice(tailStart(name));
  expect(tail('harbour plan.pdf')).toBe('an.pdf');
  expect(tail('invoice.pdf.exe')).toBe('ce.pdf.exe');
  expect(tail(`invoice.pdf${'_'.repeat(200)}.exe`)).toHaveLength(10);
  expect(tail('README')).toBe('ME');
});

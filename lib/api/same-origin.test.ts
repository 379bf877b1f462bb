import { expect, test } from 'vitest';
import { requireSameOrigin } from './same-origin.ts';

const home = new URL('https://mail.example.org');
const write = (headers: Record<string, string>) => () =>
  requireSameOrigin(new Request('http://inside:3000/api/x', { method: 'POST', headers }), home);

test.each([
  ['a page of ours, in a browser of today', { 'sec-fetch-site': 'same-origin', origin: 'https://mail.example.org' }],
  ['a browser that sends no Origin with same-origin writes', { 'sec-fetch-site': 'same-origin' }],
  ['an old browser or a program that names our origin', { origin: 'https://mail.example.org' }],
  [
    'a page opened by another name of this host',
    { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
  ],
])('a write passes from %s', (_, headers) => {
  expect(write(headers as Record<string, string>)).not.toThrow();
});

test.each([
  ['nobody in particular', {}],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a neighbour on our domain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.example.org' }],
  ['another origin, in an old browser', { origin: 'https://evil.example' }],
  ['our host over plain http', { origin: 'http://mail.example.org' }],
  ['our host on another port', { origin: 'https://mail.example.org:8443' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['a name that begins with ours', { origin: 'https://mail.example.org.evil.example' }],
  ['another origin whose host is the Host of the request', { origin: 'http://10.0.0.9', host: '10.0.0.9' }],
  ['a browser that contradicts itself', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example', host: 'x' }],
])('a write is refused from %s', (_, headers) => {
  expect(write(headers as Record<string, string>)).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

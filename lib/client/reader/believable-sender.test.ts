import { describe, expect, test } from 'vitest';
import type { Message } from '../../mail/model.ts';
import { warmSites } from '../trust/site.ts';
import { believableSender } from './believable-sender.ts';

const message = (given: Partial<Message>): Message =>
  ({ from: [{ name: 'Ann', email: 'Ann@Seeds.Example' }], warnings: [], authentication: null, ...given }) as Message;
const siteOf = await warmSites();
const silent = { spf: null, dkim: [], dmarc: null };
const passed = (domain: string | null) => ({ result: 'pass', domain }) as const;

describe('a sender is believed', () => {
  test('whom a well-formed message names alone, in lower case', () => {
    expect(believableSender(message({}), siteOf)).toEqual({ email: 'ann@seeds.example', domain: 'seeds.example' });
  });

  test.each([
    ['DMARC passes', { ...silent, dmarc: passed('seeds.example') }],
    ['DMARC passes without a domain named', { ...silent, dmarc: passed(null) }],
    ['a signature of the domain is good', { ...silent, dkim: [passed('other.example'), passed('seeds.example')] }],
    ['the envelope is of the domain', { ...silent, spf: passed('seeds.example') }],
  ])('where %s', (_, authentication) => expect(believableSender(message({ authentication }), siteOf)).not.toBeNull());

  test('by a signature of the same site, and of no other', () => {
    const isBelieved = (email: string, signer: string) => {
      const given = { from: [{ name: null, email }], authentication: { ...silent, dkim: [passed(signer)] } };
      return believableSender(message(given), siteOf) !== null;
    };
    expect(isBelieved('a@news.seeds.example', 'seeds.example')).toBe(true);
    expect(isBelieved('a@seeds.example', 'mail.seeds.example')).toBe(true);
    expect(isBelieved('a@seeds.co.uk', 'weeds.co.uk')).toBe(false);
    expect(isBelieved('a@seeds.github.io', 'weeds.github.io')).toBe(false);
  });
});

describe('a sender is not believed', () => {
  test.each([
    [
      'where there are two',
      {
        from: [
          { name: null, email: 'a@x.example' },
          { name: null, email: 'b@x.example' },
        ],
      },
    ],
    ['where there is none', { from: [] }],
    ['where it is no address', { from: [{ name: 'ann@seeds.example', email: '' }] }],
    ['where it is two addresses in one', { from: [{ name: null, email: 'a@x.example@y.example' }] }],
    ['where the message is malformed', { warnings: ['malformed' as const] }],
    ['where the server vouches for nothing', { authentication: silent }],
    [
      'where DMARC fails, whatever else passes',
      {
        authentication: {
          spf: passed('seeds.example'),
          dkim: [passed('seeds.example')],
          dmarc: { result: 'fail', domain: 'seeds.example' } as const,
        },
      },
    ],
    [
      'where DMARC could not be looked up',
      { authentication: { ...silent, dmarc: { result: 'temperror', domain: null } as const } },
    ],
    [
      'where only somebody else’s signature is good',
      { authentication: { ...silent, dkim: [passed('evil.example'), passed('notseeds.example')] } },
    ],
    [
      'where its signature is bad',
      { authentication: { ...silent, dkim: [{ result: 'fail', domain: 'seeds.example' } as const] } },
    ],
  ])('%s', (_, given) => expect(believableSender(message(given), siteOf)).toBeNull());
});

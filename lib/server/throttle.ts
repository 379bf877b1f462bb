import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { MailError } from '../mail/errors.ts';
import { networkOf } from './client-address.ts';
import { config } from './config.ts';
import { isKnownOrigin } from './known-address.ts';
import { live } from './live.ts';

/** Whose attempts are counted: the login that is tried, and the address it is tried from. */
export interface Attempt {
  login: string;
  address: string;
}

/** An attempt that may be made, and what it was counted under. */
export interface Counted extends Attempt {
  isKnown: boolean;
}

/** Enough for a slip of the hand in each field, and too few to look around in networks. */
const outsideAttempts = 30;

/** Counters of this process: with N processes an attacker has N times the attempts, and none more. */
const limiters = () =>
  live('throttle', () => {
    const { perLogin, perAddress, byStrangers, windowMs } = config().attempts;
    const duration = windowMs / 1_000;
    return {
      /** One login from one network. */
      login: new RateLimiterMemory({ points: perLogin, duration }),
      /** One network, whatever the login. */
      address: new RateLimiterMemory({ points: perAddress, duration }),
      /** One login from everywhere that it has not signed in from lately. */
      strangers: new RateLimiterMemory({ points: byStrangers, duration }),
      /** One person, who has servers asked that the admin has not listed. */
      outside: new RateLimiterMemory({ points: outsideAttempts, duration }),
    };
  });

/**
 * Counts that a person has servers asked that the admin has not listed: for where mail is, or to sign in. Throws `throttled`.
 */
export async function countOutside(ownerId: string): Promise<void> {
  await take(limiters().outside, ownerId);
}

/**
 * Counts one attempt before the mail server is asked. Throws `throttled` with the time to wait when the network, the login
 * from there, or all strangers together on this login have used up theirs. Strangers cannot lock the owner out: where the
 * login has signed in from lately only its own attempts count. Counting first means that attempts made at once cannot
 * slip past together.
 */
export async function countAttempt(attempt: Attempt): Promise<Counted> {
  const { login, address, strangers } = limiters();
  await take(address, networkOf(attempt.address));
  await take(login, pairOf(attempt));
  try {
    const isKnown = await isKnownOrigin(attempt);
    if (!isKnown) await take(strangers, loginOf(attempt));
    return { ...attempt, isKnown };
  } catch (error) {
    // No password is tried: an owner at a new place must not use up the rest of their attempts, nor their neighbours'.
    await address.reward(networkOf(attempt.address));
    await login.reward(pairOf(attempt));
    throw error;
  }
}

/** Gives an attempt back that guessed nothing: the mail server was not reached, say. */
export async function returnAttempt(counted: Counted): Promise<void> {
  const { login, address, strangers } = limiters();
  await address.reward(networkOf(counted.address));
  await login.reward(pairOf(counted));
  if (!counted.isKnown) await strangers.reward(loginOf(counted));
}

/** Forgets the failures before a sign-in from the same network; what strangers have tried stays counted. */
export async function clearAttempts(counted: Counted): Promise<void> {
  await returnAttempt(counted);
  await limiters().login.delete(pairOf(counted));
}

const loginOf = ({ login }: Attempt) => login.toLowerCase();
const pairOf = (attempt: Attempt) => `${networkOf(attempt.address)} ${loginOf(attempt)}`;

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new MailError('throttled', 'too many attempts', { retryAfterMs: refusal.msBeforeNext });
  }
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { MailError } from '../mail/errors.ts';
import { networkOf } from './client-address.ts';
import { config } from './config.ts';
import { live } from './live.ts';

/** Whose attempts are counted: the login that is tried, and the address it is tried from. */
export interface Attempt {
  login: string;
  address: string;
}

/** Counters of this process: with N processes an attacker has N times the attempts, and none more. */
const limiters = () =>
  live('throttle', () => {
    const { perAccount, perAddress, windowMs } = config().attempts;
    const duration = windowMs / 1_000;
    return {
      login: new RateLimiterMemory({ points: perAccount, duration }),
      address: new RateLimiterMemory({ points: perAddress, duration }),
    };
  });

/**
 * Counts one attempt before the mail server is asked. Throws `throttled` with the time to wait when the login or the
 * address has used up its attempts. Counting first means that attempts made at once cannot slip past together.
 */
export async function countAttempt(attempt: Attempt): Promise<void> {
  const { login, address } = limiters();
  await take(address, networkOf(attempt.address));
  await take(login, loginKey(attempt));
}

/** Gives an attempt back that guessed nothing: the mail server was not reached, say. */
export async function returnAttempt(attempt: Attempt): Promise<void> {
  const { login, address } = limiters();
  await Promise.all([login.reward(loginKey(attempt)), address.reward(networkOf(attempt.address))]);
}

/** Forgets the failed attempts on a login that has now signed in. */
export async function clearAttempts(attempt: Attempt): Promise<void> {
  const { login, address } = limiters();
  await Promise.all([login.delete(loginKey(attempt)), address.reward(networkOf(attempt.address))]);
}

const loginKey = (attempt: Attempt) => attempt.login.toLowerCase();

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new MailError('throttled', 'too many attempts to sign in', { retryAfterMs: refusal.msBeforeNext });
  }
}

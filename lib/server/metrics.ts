import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { observeAcquire, poolStatus } from '../mail/open.ts';
import { live } from './live.ts';

/** What the process tells of itself. Labels are routes, protocols and outcomes: never a name of a person, host or message. */
export const metrics = live('metrics', () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  measurePool(registers);
  return {
    registry,
    /** Seconds an HTTP request took, by route pattern (`/api/accounts/{accountId}/…`). */
    httpDuration: new Histogram({
      name: 'posthorn_http_request_duration_seconds',
      help: 'Time to answer an HTTP request, by method, route pattern and status.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    /** Sign-ins by protocol and outcome: `ok` or the MailErrorCode. */
    signIns: new Counter({
      name: 'posthorn_sign_ins_total',
      help: 'Attempts to sign in, by protocol and outcome.',
      labelNames: ['protocol', 'outcome'] as const,
      registers,
    }),
    /** Tries to hand a message to its submission server. */
    submissions: new Counter({
      name: 'posthorn_submissions_total',
      help: 'Tries to hand a message over, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
  };
});

/** Everything, in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ contentType: string; body: string }> {
  return { contentType: metrics.registry.contentType, body: await metrics.registry.metrics() };
}

/** The pool of IMAP connections as it is when Prometheus asks. */
function measurePool(registers: Registry[]): void {
  new Gauge({
    name: 'posthorn_pool_connections',
    help: 'IMAP connections by state: busy, idle; and requests that wait for one.',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const { open, idle, waiting } = poolStatus();
      this.set({ state: 'busy' }, open - idle);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  new Counter({
    name: 'posthorn_pool_connections_total',
    help: 'IMAP connections so far: opened, closed, failed to open.',
    labelNames: ['event'] as const,
    registers,
    collect() {
      const { opened, closed, failed } = poolStatus();
      this.reset();
      for (const [event, count] of Object.entries({ opened, closed, failed })) this.inc({ event }, count);
    },
  });
  const acquired = new Histogram({
    name: 'posthorn_pool_acquire_seconds',
    help: 'Time a request waited for an IMAP connection.',
    buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15],
    registers,
  });
  observeAcquire((waitedMs) => acquired.observe(waitedMs / 1_000));
}

import { pop3MessageIdOf } from '../../ids.ts';
import { type CollectorTask, openCollector } from './collector.ts';

/** A process that collects, to be killed at any moment. */
const task = JSON.parse(process.env.COLLECTOR ?? '') as CollectorTask;
const { driver } = await openCollector(task);
await driver.maildrop?.collect();
if (task.destroys !== undefined) await driver.destroyMessages({ ids: [pop3MessageIdOf(task.destroys)] });
process.stdout.write('done\n');
process.exit(0);

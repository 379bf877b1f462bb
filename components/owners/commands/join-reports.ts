import type { ActionReport, Undo } from '@/lib/client/actions/environment';

type Report = (report: ActionReport) => void;

/** One report of what is done in several accounts at once: their messages are counted together, and Undo takes back all. */
export function joinReports(report: Report): Report {
  const undos: Undo[] = [];
  let count = 0;
  let pending = 0;
  return (one) => {
    if (one.type === 'refused') {
      report({ ...one, total: Math.max(one.total, count), undo: undos.length === 0 ? one.undo : undoAll(undos) });
      return;
    }
    if (one.type !== 'moved' && one.type !== 'keywords' && one.type !== 'destroyed') {
      report(one);
      return;
    }
    count += one.count;
    if (one.undo !== null) undos.push(one.undo);
    const undo = undos.length === 0 ? null : undoAll(undos);
    if (one.type !== 'destroyed') {
      report({ ...one, count, undo });
      return;
    }
    pending += one.pending;
    report({ ...one, count, pending, undo });
  };
}

const undoAll = (undos: readonly Undo[]): Undo => ({
  takeBack() {
    for (const undo of undos) undo.takeBack();
  },
  async deeds() {
    return (await Promise.all(undos.map((undo) => undo.deeds()))).flat();
  },
});

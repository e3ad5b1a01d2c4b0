import type { ImportJob } from '@/api/imports';

/** What all that belong together came to: rows that were sent again do not count as refused before. */
export function totalOf(jobs: readonly ImportJob[]) {
  const sum = (of: (job: ImportJob) => number | null | undefined, some = jobs) => some.reduce((all, job) => all + (of(job) ?? 0), 0);
  const [changed, rows] = [sum((job) => job.changed), jobs[0]?.done ?? 0];
  const failed = Math.max(0, sum((job) => job.failed) - sum((job) => job.done, jobs.slice(1)));
  return { changed, failed, stayed: Math.max(0, rows - changed - failed) };
}

import { describe, expect, it } from 'vitest';
import { dayAgo, isPeriod, periodOf, stepped } from './periods';

describe('periods', () => {
  it('are the month or quarter of a day, in the year of the company', () => {
    const day = new Date(2026, 10, 27);
    expect(periodOf(day, 'month')).toBe('2026-11');
    expect(periodOf(day, 'quarter')).toBe('2026-Q4');
    expect(periodOf(day, 'quarter', 4)).toBe('2026-Q3');
    expect(periodOf(new Date(2027, 1, 1), 'quarter', 4)).toBe('2026-Q4');
  });

  it('follow each other over the end of the year', () => {
    expect(stepped('2026-Q4', 1)).toBe('2027-Q1');
    expect(stepped('2026-Q1', -1)).toBe('2025-Q4');
    expect(stepped('2026-12', 1)).toBe('2027-01');
    expect(stepped('2026-01', -1)).toBe('2025-12');
  });

  it('are known by how they are written', () => {
    expect(['2026-Q1', '2026-07', '2026-Q5', '2026-13', '26-Q1', null].filter(isPeriod)).toEqual(['2026-Q1', '2026-07']);
  });

  it('are compared with a day', () => {
    expect(dayAgo(7, new Date(2026, 2, 3))).toBe('2026-02-24');
  });
});

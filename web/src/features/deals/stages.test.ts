import { describe, expect, it } from 'vitest';
import { sliceOf } from './move/send';
import { agingOf, daysSince, type Stage } from './stages';

const now = Date.parse('2026-11-27T12:00:00Z');
const stage = (type: Stage['type'], maxAgeDays: number | null = null) => ({ type, maxAgeDays }) as Stage;

describe('how long a deal is in its stage', () => {
  it('is counted in whole days', () => {
    expect(daysSince('2026-11-27T11:00:00Z', now)).toBe(0);
    expect(daysSince('2026-11-20T12:00:00Z', now)).toBe(7);
    expect(daysSince(null, now)).toBe(0);
  });

  it('is nothing to worry about until three quarters of what the stage allows', () => {
    expect(agingOf(14, stage('open', 20))).toBe('fresh');
    expect(agingOf(15, stage('open', 20))).toBe('soon');
    expect(agingOf(20, stage('open', 20))).toBe('late');
  });

  it('does not matter where the stage says nothing, or the deal has ended', () => {
    expect(agingOf(500, stage('open'))).toBe('fresh');
    expect(agingOf(500, stage('won', 20))).toBe('fresh');
    expect(agingOf(500, undefined)).toBe('fresh');
  });
});

describe('a move', () => {
  it('is the slice that it means', () => {
    expect(sliceOf({ from: stage('open'), to: stage('open') })).toBe('moveDeal');
    expect(sliceOf({ from: stage('open'), to: stage('won') })).toBe('winDeal');
    expect(sliceOf({ from: stage('won'), to: stage('lost') })).toBe('loseDeal');
    expect(sliceOf({ from: stage('lost'), to: stage('open') })).toBe('reopenDeal');
  });
});

import { describe, expect, it } from 'vitest';
import type { Stage } from '../stages';
import { type Allowed, cellsOf, movesOf } from './moves';

const stage = (id: string, type: Stage['type'] = 'open', archived = false) => ({ id, type, archived, name: id }) as Stage;
const stages = [stage('new'), stage('offer'), stage('won', 'won'), stage('lost', 'lost')];
const said = (moves: readonly Allowed[], of = stages) => Object.fromEntries(cellsOf(moves, of));

describe('The moves of a pipeline', () => {
  it('lead from every open stage everywhere where none is said', () =>
    expect(said([])).toEqual({ 'new offer': [], 'new won': [], 'new lost': [], 'offer new': [], 'offer won': [], 'offer lost': [] }));

  it('are for whoever one of them is for', () => {
    const moves = [
      { from: null, to: 'lost', roles: [] },
      { from: 'new', to: 'lost', roles: ['manager'] },
      { from: 'new', to: 'offer', roles: ['sales'] },
      { from: 'new', to: 'offer', roles: ['manager'] },
    ];
    expect(said(moves)).toEqual({ 'new lost': [], 'offer lost': [], 'new offer': ['sales', 'manager'] });
  });

  it('come out as they went in', () => {
    const moves = [
      { from: 'new', to: 'offer', roles: [] },
      { from: 'offer', to: null, roles: ['manager'] },
      { from: 'won', to: 'offer', roles: [] },
    ];
    expect(movesOf(cellsOf(moves, stages), moves, stages)).toEqual(moves);
  });

  it('are none where every open stage leads everywhere', () => expect(movesOf(cellsOf([], stages), [], stages)).toEqual([]));

  it('keep what is said of a stage that is out of use', () => {
    const old = [...stages, stage('old', 'open', true)];
    const moves = [
      { from: 'new', to: 'offer', roles: [] },
      { from: 'old', to: 'new', roles: [] },
    ];
    expect(movesOf(cellsOf(moves, old), moves, old)).toEqual(moves);
  });
});

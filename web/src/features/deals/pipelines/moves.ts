import type { Pipeline, Stage } from '../stages';

/** A move that a pipeline allows: from a stage, or any open one; to a stage, or any; for some roles, or everybody. */
export type Allowed = NonNullable<Pipeline['moves']>[number];

/** Which stage leads to which, and for whom: by both ids, the names of roles; none is everybody. */
export type Cells = ReadonlyMap<string, readonly string[]>;

export const cellOf = (from: Stage, to: Stage): string => `${from.id} ${to.id}`;

/** The stages deals are moved from, as rows: the open ones, and others of which the pipeline says something. */
export const rowsOf = (moves: readonly Allowed[], stages: readonly Stage[]): readonly Stage[] =>
  stages.filter((stage) => !stage.archived && (stage.type === 'open' || moves.some((move) => move.from === stage.id)));

export const columnsOf = (stages: readonly Stage[]): readonly Stage[] => stages.filter((stage) => !stage.archived);

/** What the moves of a pipeline come to, stage by stage. Where it says none, every open stage leads everywhere. */
export function cellsOf(moves: readonly Allowed[], stages: readonly Stage[]): Cells {
  const cells = new Map<string, readonly string[]>();
  for (const move of moves.length ? moves : [{ from: null, to: null, roles: [] }])
    for (const from of rowsOf(moves, stages))
      for (const to of columnsOf(stages)) {
        if (from.id === to.id || !leads(move, from, to)) continue;
        const known = cells.get(cellOf(from, to));
        // Whoever one of the moves is for may make it.
        const isForAll = move.roles.length === 0 || known?.length === 0;
        cells.set(cellOf(from, to), isForAll ? [] : [...new Set([...(known ?? []), ...move.roles])]);
      }
  return cells;
}

const leads = (move: Allowed, from: Stage, to: Stage) =>
  (move.from === null ? from.type === 'open' : move.from === from.id) && (move.to === null || move.to === to.id);

/** The moves that say what the cells say. A stage that leads everywhere leads to stages to come, too; what is said of archived ones stays said. */
export function movesOf(cells: Cells, before: readonly Allowed[], stages: readonly Stage[]): readonly Allowed[] {
  const columns = columnsOf(stages);
  const moves = rowsOf(before, stages).flatMap((from): Allowed[] => {
    const to = columns.filter((stage) => stage.id !== from.id);
    const roles = to.map((stage) => cells.get(cellOf(from, stage)));
    const [first] = roles;
    if (first && roles.every((one) => one && one.join('\n') === first.join('\n'))) return [{ from: from.id, to: null, roles: first }];
    return to.flatMap((stage, i) => (roles[i] ? [{ from: from.id, to: stage.id, roles: roles[i] }] : []));
  });
  const isFree = columns.filter((stage) => stage.type === 'open').every((from) => isAny(moves, from)) && moves.every(isForAll);
  if (isFree && moves.every((move) => stages.find((stage) => stage.id === move.from)?.type === 'open')) return [];
  const archived = new Set(stages.filter((stage) => stage.archived).map((stage) => stage.id));
  return [...moves, ...before.filter((move) => archived.has(move.from ?? '') || archived.has(move.to ?? ''))];
}

const isForAll = (move: Allowed) => move.roles.length === 0;
const isAny = (moves: readonly Allowed[], from: Stage) => moves.some((move) => move.from === from.id && move.to === null && isForAll(move));

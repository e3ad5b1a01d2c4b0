import { useMemo } from 'react';
import { useQuery } from 'urql';
import { selectionOf } from '@/api/documents';
import { type Model, useModel } from '@/api/model';
import type { Row } from '@/api/values';

/** A step of a pipeline, with what a deal needs to be there. */
export type Stage = Row & {
  readonly pipelineId: string;
  readonly name: string;
  readonly position: number;
  readonly type: 'open' | 'won' | 'lost';
  readonly probability: number;
  readonly category: string;
  readonly color: string | null;
  readonly requiredFields: readonly string[];
  readonly checklist: readonly string[];
  readonly maxAgeDays: number | null;
  readonly archived: boolean;
};

export type Pipeline = Row & {
  readonly name: string;
  readonly isDefault: boolean;
  readonly archived: boolean;
  readonly position: number;
  /** The moves it allows; none said is all from open stages. */
  readonly moves?: readonly { readonly from: string | null; readonly to: string | null; readonly roles: readonly string[] }[];
};

/** What is said of a stage when it is set up. */
export const ofStage = [
  'name',
  'type',
  'probability',
  'category',
  'color',
  'requiredFields',
  'checklist',
  'maxAgeDays',
  'roles',
  'archived',
] as const;

/** What is asked of a stage, as far as this person sees it. */
export function stageSelection(model: Model): string {
  const type = model.byPlural('stages');
  const names = type ? ['pipelineId', 'position', ...ofStage].filter((name) => type.field(name)) : [];
  // The pipeline is known by its id here.
  return `__typename id version ${names.filter((name) => type?.field(name)?.graph.name).join(' ')}`;
}

/** All pipelines, the default one first, each with its stages in their order. */
export function usePipelines() {
  const model = useModel();
  const query = useMemo(() => {
    const pipeline = model.byPlural('pipelines');
    const own = pipeline ? selectionOf(model, pipeline, ['name', 'isDefault', 'archived', 'position', 'moves']) : 'id';
    return `query Pipelines {
  pipelines(first: 100, sort: "position,name") { nodes { __typename ${own} } }
  stages(first: 200, sort: "position") { nodes { ${stageSelection(model)} } }
}`;
  }, [model]);
  const [{ data, fetching, error }, again] = useQuery<{ pipelines: { nodes: Pipeline[] }; stages: { nodes: Stage[] } }>({
    query,
    requestPolicy: 'cache-and-network',
  });
  return useMemo(() => {
    const pipelines = [...(data?.pipelines.nodes ?? [])].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
    const stages = data?.stages.nodes ?? [];
    return {
      pipelines,
      stagesOf: (pipeline: string | null | undefined) =>
        stages.filter((stage) => stage.pipelineId === pipeline).sort((a, b) => a.position - b.position),
      fetching,
      error,
      again: () => again({ requestPolicy: 'network-only' }),
    };
  }, [data, fetching, error, again]);
}

const dayMs = 86_400_000;

/** How many days something has lasted by now. */
export const daysSince = (since: unknown, now = Date.now()): number =>
  typeof since === 'string' ? Math.max(0, Math.floor((now - Date.parse(since)) / dayMs)) : 0;

/** How a deal is aging in its stage: as usual, soon too long, too long. */
export function agingOf(days: number, stage: Pick<Stage, 'maxAgeDays' | 'type'> | undefined): 'fresh' | 'soon' | 'late' {
  if (!stage?.maxAgeDays || stage.type !== 'open') return 'fresh';
  return days >= stage.maxAgeDays ? 'late' : days >= stage.maxAgeDays * 0.75 ? 'soon' : 'fresh';
}

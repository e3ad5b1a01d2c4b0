import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { useParams } from 'wouter';
import { editRecord } from '@/api/changes';
import { useModel } from '@/api/model';
import { refusalOfError } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { NoPage } from '@/features/settings/frame/NoPage';
import { NotRead, Page, Section, Sketch } from '@/features/settings/frame/Page';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { type Stage, usePipelines } from '../stages';
import { Moves } from './Moves';
import { PipelinePanel } from './PipelinePanel';
import { StageList } from './StageList';
import { StagePanel } from './StagePanel';

/** `/settings/pipelines/…`: the stages of one, in their order. */
export function PipelineScreen() {
  const model = useModel();
  const { id = '' } = useParams<{ id: string }>();
  const { pipelines, stagesOf, fetching, error, again } = usePipelines();
  const [edited, edit] = useState<'pipeline' | 'new' | Stage | undefined>();
  const pipeline = pipelines.find((one) => one.id === id);
  const type = model.byPlural('pipelines');
  const stageType = model.byPlural('stages');
  const up = { href: '/settings/pipelines', label: t('pipe.title') };
  if (!type || !stageType) return <NoPage />;
  if (!pipeline)
    return fetching ? (
      <Page title={t('pipe.pipeline')} up={up}>
        <Sketch />
      </Page>
    ) : error ? (
      <NotRead refusal={refusalOfError(error)} again={again} />
    ) : (
      <NoPage />
    );

  const stages = stagesOf(id);
  // Each stage keeps its own place: those are told that have another one now.
  const order = async (wanted: readonly Stage[]): Promise<boolean> => {
    for (const [position, stage] of wanted.entries()) {
      const known = stages.find((one) => one.id === stage.id);
      if (!known || known.position === position) continue;
      const outcome = await editRecord(model, stageType, { row: known, values: { position } });
      if (outcome.ok) continue;
      toast({ text: t('pipe.notReordered'), detail: sentenceOf(outcome.refusal), bad: true });
      again();
      return false;
    }
    again();
    return true;
  };
  const reorder = async (wanted: readonly Stage[]) => {
    const before = stages;
    if (!(await order(wanted))) return;
    toast({ text: t('pipe.reordered'), action: { label: t('undo'), run: () => void backTo(before) } });
  };
  const backTo = async (before: readonly Stage[]) => {
    for (const { id: stage, position, __typename, version } of before)
      await editRecord(model, stageType, { row: { id: stage, __typename, version }, values: { position } });
    again();
    toast({ text: t('undone') });
  };

  return (
    <Page
      title={pipeline.name}
      text={
        pipeline.isDefault ? <Badge tone="accent">{t('pipe.default')}</Badge> : pipeline.archived && <Badge>{t('pipe.archived')}</Badge>
      }
      up={up}
      wide
      actions={
        type.graph.update && (
          <Button icon={Pencil} onClick={() => edit('pipeline')}>
            {t('pipe.edit')}
          </Button>
        )
      }
    >
      <Section
        title={t('pipe.stages')}
        text={t('pipe.stagesText')}
        actions={
          stageType.graph.create && (
            <Button look="primary" icon={Plus} onClick={() => edit('new')}>
              {t('pipe.addStage')}
            </Button>
          )
        }
      >
        <StageList stages={stages} canEdit={Boolean(stageType.graph.update)} open={edit} reorder={reorder} />
      </Section>
      {stages.length > 1 && type.field('moves') && <Moves type={type} pipeline={pipeline} stages={stages} changed={again} />}
      {edited === 'pipeline' && <PipelinePanel type={type} pipeline={pipeline} close={() => edit(undefined)} changed={again} />}
      {edited && edited !== 'pipeline' && (
        <StagePanel
          key={edited === 'new' ? 'new' : edited.id}
          type={stageType}
          pipeline={id}
          stage={edited === 'new' ? undefined : edited}
          stages={stages}
          close={() => edit(undefined)}
          changed={again}
        />
      )}
    </Page>
  );
}

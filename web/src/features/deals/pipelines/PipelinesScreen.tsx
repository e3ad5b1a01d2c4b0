import Plus from 'lucide-react/icons/plus';
import Waypoints from 'lucide-react/icons/waypoints';
import { useState } from 'react';
import { Route, Switch } from 'wouter';
import { useModel } from '@/api/model';
import { refusalOfError } from '@/api/problems';
import { NotRead, Page, Section, Sketch } from '@/features/settings/frame/Page';
import { Table } from '@/features/settings/frame/Table';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { type Pipeline, usePipelines } from '../stages';
import { Agreed } from './Agreed';
import { PipelinePanel } from './PipelinePanel';
import { PipelineScreen } from './PipelineScreen';

/** `/settings/pipelines`: the ways deals go. */
export const PipelinesScreen = () => (
  <Switch>
    <Route path="/settings/pipelines">
      <Pipelines />
    </Route>
    <Route path="/settings/pipelines/:id">
      <PipelineScreen />
    </Route>
  </Switch>
);

function Pipelines() {
  const model = useModel();
  const { pipelines, stagesOf, fetching, error, again } = usePipelines();
  const [creating, setCreating] = useState(false);
  const type = model.byPlural('pipelines');
  return (
    <Page
      title={t('pipe.title')}
      text={t('pipe.text')}
      actions={
        type?.graph.create && (
          <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>
            {t('pipe.new')}
          </Button>
        )
      }
    >
      <Section>
        {error && !pipelines.length ? (
          <NotRead refusal={refusalOfError(error)} again={again} />
        ) : fetching && !pipelines.length ? (
          <Sketch />
        ) : (
          <Table
            label={t('pipe.pipelines')}
            first={t('pipe.pipeline')}
            columns={[{ label: t('pipe.stages'), numeric: true }, { label: t('set.status') }]}
            rows={pipelines.map((pipeline) => ({
              key: pipeline.id,
              title: pipeline.name,
              detail: stagesOf(pipeline.id)
                .map((stage) => stage.name)
                .join(' · '),
              icon: <Waypoints size={16} aria-hidden />,
              href: `/settings/pipelines/${pipeline.id}`,
              faint: pipeline.archived,
              cells: [stagesOf(pipeline.id).length, <State key="state" of={pipeline} />],
            }))}
          />
        )}
      </Section>
      <Agreed />
      {creating && type && <PipelinePanel type={type} close={() => setCreating(false)} changed={again} />}
    </Page>
  );
}

const State = ({ of: { isDefault, archived } }: { readonly of: Pipeline }) =>
  isDefault ? <Badge tone="accent">{t('pipe.default')}</Badge> : archived ? <Badge>{t('pipe.archived')}</Badge> : null;
